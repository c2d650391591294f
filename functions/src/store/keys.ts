import { type ApiKey, collections, type DomainEvent, documents, type Principal } from '@quarterdeck/contract';
import { FieldPath, Timestamp, type Transaction } from 'firebase-admin/firestore';
import { validUntil } from '../domain/api-key.js';
import { uidOfKey } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { newProgram } from '../domain/program.js';
import { changedFields } from '../domain/same.js';
import type { KeyStore, Page, PrincipalStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { writeEvents } from './events.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import type { StoreContext } from './store-context.js';
import { memoryKeys } from './trusted-memory.js';

const DAY_MS = 86_400_000;

export class FirestoreKeyStore implements KeyStore {
  constructor(private readonly context: StoreContext) {}

  async recall(keyHash: string, now: Date): Promise<ApiKey | undefined> {
    const key = await this.context.memory.recall(memoryKeys.apiKey(keyHash), () => this.find(keyHash));
    const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
    if (key === undefined || (key.lastUsedAt !== null && key.lastUsedAt >= today)) return key;
    const used = { ...key, lastUsedAt: today };
    this.context.memory.replace(memoryKeys.apiKey(keyHash), used);
    await this.ref(keyHash).update({ lastUsedAt: today });
    return used;
  }

  async find(keyHash: string): Promise<ApiKey | undefined> {
    return read<ApiKey>('apiKey', await this.ref(keyHash).get());
  }

  async create(key: ApiKey, event: DomainEvent, actor: string): Promise<void> {
    const { db } = this.context;
    const programRef = db.doc(documents.program(key.account, key.programId));
    await this.context.transaction(async (tx) => {
      const [program, existing] = await tx.getAll(programRef, this.ref(key.keyHash));
      // A repetition of the call that made it; it may have been revoked since.
      if (program === undefined || existing?.exists) return;
      const isRetired = program.exists && Boolean(program.get('retiredAt'));
      this.writeKey(tx, key);
      const events = [event];
      // A key puts a retired program back into service.
      if (isRetired) tx.update(programRef, { retiredAt: null });
      if (isRetired) this.context.memory.invalidate(tx, memoryKeys.program(key.account, key.programId));
      if (!program.exists) {
        tx.create(programRef, stored('program', newProgram(key.programId, key.createdAt)));
        // The fleet shows a program from its first key on.
        tx.set(db.doc(documents.fleet(key.account)), { newPrograms: { [key.programId]: true } }, { merge: true });
        const data = { programId: key.programId };
        events.unshift({ type: 'program.created', subject: `program/${key.programId}`, actor, data });
      }
      writeEvents(db, tx, key.account, events, key.createdAt);
    }, programRef.path);
  }

  async list(
    account: string,
    query: { programId?: string | undefined; limit: number; pageToken?: string | undefined },
  ): Promise<Page<ApiKey>> {
    const ofAccount = this.context.db.collection(collections.apiKeys()).where('account', '==', account);
    const filtered = query.programId === undefined ? ofAccount : ofAccount.where('programId', '==', query.programId);
    const ordered = filtered.orderBy('createdAt', 'desc').orderBy(FieldPath.documentId(), 'desc');
    const place =
      query.pageToken === undefined
        ? undefined
        : decodePageToken(query.pageToken, { createdAt: 'number', id: 'string' });
    const placed = place === undefined ? ordered : ordered.startAfter(Timestamp.fromMillis(place.createdAt), place.id);
    const docs = (await placed.limit(query.limit + 1).get()).docs;
    const items = docs.slice(0, query.limit).map((doc) => read<ApiKey>('apiKey', doc) as ApiKey);
    const last = items.at(-1);
    if (docs.length <= query.limit || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken({ createdAt: last.createdAt.getTime(), id: last.keyHash }) };
  }

  async change(
    account: string,
    keyHash: string,
    decide: (key: ApiKey) => { next: ApiKey; successor?: ApiKey; events: readonly DomainEvent[] },
  ): Promise<ApiKey> {
    const { db, clock, memory } = this.context;
    const now = clock.now();
    const result = await this.context.transaction(async (tx) => {
      const key = read<ApiKey>('apiKey', await tx.get(this.ref(keyHash)));
      if (key === undefined || key.account !== account) {
        throw new DomainError('KEY_UNKNOWN', 'keyHash: the account has no such key. list_keys shows which it has.');
      }
      const { next, successor, events } = decide(key);
      if (next === key) return key;
      // Only what changes, so that a key can be revoked whatever else stands in its documents, or is missing there.
      tx.update(this.ref(keyHash), changedFields(key, next));
      tx.set(db.doc(documents.principal(uidOfKey(keyHash))), { validUntil: validUntil(next) }, { merge: true });
      if (successor) this.writeKey(tx, successor);
      memory.invalidate(tx, memoryKeys.apiKey(keyHash), memoryKeys.principal(uidOfKey(keyHash)));
      writeEvents(db, tx, account, events, now);
      return next;
    }, this.ref(keyHash).path);
    memory.forget(memoryKeys.apiKey(keyHash));
    memory.forget(memoryKeys.principal(uidOfKey(keyHash)));
    return result;
  }

  private ref(keyHash: string) {
    return this.context.db.doc(documents.apiKey(keyHash));
  }

  /** The principal says in the rules what the key says at the doors. */
  private writeKey(tx: Transaction, key: ApiKey): void {
    const { account, role, programId, keyHash } = key;
    const uid = uidOfKey(keyHash);
    const principal: Principal = {
      uid,
      account,
      role,
      programId,
      validSince: new Date(0),
      validUntil: validUntil(key),
      operator: false,
    };
    tx.set(this.ref(keyHash), stored('apiKey', key));
    tx.set(this.context.db.doc(documents.principal(uid)), stored('principal', principal));
  }
}

export class FirestorePrincipalStore implements PrincipalStore {
  constructor(private readonly context: StoreContext) {}

  recall(uid: string): Promise<Principal | undefined> {
    const { db, memory } = this.context;
    return memory.recall(memoryKeys.principal(uid), async () =>
      read<Principal>('principal', await db.doc(documents.principal(uid)).get()),
    );
  }
}
