import { documents, type Push } from '@quarterdeck/contract';
import type { Timestamp } from 'firebase-admin/firestore';
import type { FoundPush, PushStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { ALREADY_EXISTS, grpcCode, isOutpaced } from './firestore-errors.js';
import type { StoreContext } from './store-context.js';

export class FirestorePushStore implements PushStore {
  constructor(private readonly context: StoreContext) {}

  async create(account: string, pushId: string, push: Push): Promise<unknown> {
    try {
      return (await this.ref(account, pushId).create(stored('push', push))).writeTime;
    } catch (error) {
      if (grpcCode(error) === ALREADY_EXISTS) return undefined;
      throw error;
    }
  }

  async find(account: string, pushId: string): Promise<FoundPush | undefined> {
    const snapshot = await this.ref(account, pushId).get();
    const push = read<Push>('push', snapshot);
    return push && { push, version: snapshot.updateTime };
  }

  async save(account: string, pushId: string, push: Push, version: unknown): Promise<unknown> {
    try {
      const ref = this.ref(account, pushId);
      return (await ref.update({ ...stored('push', push) }, { lastUpdateTime: version as Timestamp })).writeTime;
    } catch (error) {
      if (isOutpaced(error)) return undefined;
      throw error;
    }
  }

  private ref(account: string, pushId: string) {
    return this.context.db.doc(documents.push(account, pushId));
  }
}
