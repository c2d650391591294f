import { collections, type DomainEvent, documents, type Program } from '@quarterdeck/contract';
import { FieldPath } from 'firebase-admin/firestore';
import { LRUCache } from 'lru-cache';
import { DomainError } from '../domain/domain-error.js';
import type { Page, ProgramStore } from '../operations/ports.js';
import { read } from './documents.js';
import { writeEvents } from './events.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import type { StoreContext } from './store-context.js';

/** Programs known to exist, at the most. */
const KNOWN_MAX = 20_000;

export class FirestoreProgramStore implements ProgramStore {
  private readonly known = new LRUCache<string, true>({ max: KNOWN_MAX });

  constructor(private readonly context: StoreContext) {}

  async exists(account: string, programId: string): Promise<boolean> {
    return this.known.has(documents.program(account, programId)) || (await this.find(account, programId)) !== undefined;
  }

  async find(account: string, programId: string): Promise<Program | undefined> {
    const path = documents.program(account, programId);
    const program = read<Program>(await this.context.db.doc(path).get());
    if (program !== undefined) this.known.set(path, true);
    return program;
  }

  async list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Program>> {
    const byId = this.context.db.collection(collections.programs(account)).orderBy(FieldPath.documentId());
    const after = pageToken === undefined ? byId : byId.startAfter(decodePageToken(pageToken, { id: 'string' }).id);
    const docs = (await after.limit(limit + 1).get()).docs;
    const items = docs.slice(0, limit).map((doc) => read<Program>(doc) as Program);
    const last = items.at(-1);
    return docs.length > limit && last ? { items, nextPageToken: encodePageToken({ id: last.programId }) } : { items };
  }

  change(
    account: string,
    programId: string,
    decide: (program: Program) => { next: Program; events: readonly DomainEvent[] },
  ): Promise<Program> {
    const { db, clock } = this.context;
    const ref = db.doc(documents.program(account, programId));
    return this.context.transaction(async (tx) => {
      const program = read<Program>(await tx.get(ref));
      if (program === undefined)
        throw new DomainError('PROGRAM_UNKNOWN', `programId: there is no program "${programId}".`);
      const { next, events } = decide(program);
      tx.set(ref, next);
      writeEvents(db, tx, account, events, clock.now());
      return next;
    }, ref.path);
  }
}
