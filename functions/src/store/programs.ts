import { collections, type DomainEvent, documents, type Program } from '@quarterdeck/contract';
import { type DocumentSnapshot, FieldPath } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import type { Page, ProgramStore } from '../operations/ports.js';
import { partOf, read, readPart, stored } from './documents.js';
import { writeEvents } from './events.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { pagesOf } from './pages-of.js';
import type { StoreContext } from './store-context.js';
import { memoryKeys } from './trusted-memory.js';

export class FirestoreProgramStore implements ProgramStore {
  constructor(private readonly context: StoreContext) {}

  async exists(account: string, programId: string): Promise<boolean> {
    const load = () => this.find(account, programId);
    const program = await this.context.memory.recall(memoryKeys.program(account, programId), load);
    return program !== undefined && program.retiredAt === null;
  }

  async find(account: string, programId: string): Promise<Program | undefined> {
    return read<Program>('program', await this.context.db.doc(documents.program(account, programId)).get());
  }

  async list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Program>> {
    const byId = this.context.db.collection(collections.programs(account)).orderBy(FieldPath.documentId());
    const after = pageToken === undefined ? byId : byId.startAfter(decodePageToken(pageToken, { id: 'string' }).id);
    const docs = (await after.limit(limit + 1).get()).docs;
    const items = docs.slice(0, limit).map((doc) => read<Program>('program', doc) as Program);
    const last = items.at(-1);
    return docs.length > limit && last ? { items, nextPageToken: encodePageToken({ id: last.programId }) } : { items };
  }

  async inGroup(account: string, group: string, most: number): Promise<readonly string[] | undefined> {
    const members = this.context.db.collection(collections.programs(account)).where('groups', 'array-contains', group);
    const fields = partOf<keyof Program>('retiredAt');
    const isInService = (doc: DocumentSnapshot) => readPart<Program>('program', doc, fields).retiredAt === null;
    const found: string[] = [];
    // Those out of service fill a page as well: behind them there may be others.
    for await (const page of pagesOf(members.select(...fields), most + 1)) {
      found.push(...page.filter(isInService).map(({ id }) => id));
      if (found.length > most) return undefined;
    }
    return found;
  }

  create(
    account: string,
    programId: string,
    decide: (retired: Program | undefined) => { next: Program; events: readonly DomainEvent[] },
  ): Promise<Program> {
    const { db, clock, memory } = this.context;
    const ref = db.doc(documents.program(account, programId));
    return this.context.transaction(async (tx) => {
      const found = read<Program>('program', await tx.get(ref));
      if (found !== undefined && found.retiredAt === null) {
        throw new DomainError('PROGRAM_EXISTS', `programId: there is a program "${programId}" already.`);
      }
      const { next, events } = decide(found);
      tx.set(ref, stored('program', next));
      if (found !== undefined) memory.invalidate(tx, memoryKeys.program(account, programId));
      // The fleet shows a program from its first day on.
      tx.set(db.doc(documents.fleet(account)), { newPrograms: { [programId]: true } }, { merge: true });
      writeEvents(db, tx, account, events, clock.now());
      memory.forget(memoryKeys.program(account, programId));
      return next;
    }, ref.path);
  }

  change(
    account: string,
    programId: string,
    decide: (program: Program) => { next: Program; events: readonly DomainEvent[] },
  ): Promise<Program> {
    const { db, clock, memory } = this.context;
    const ref = db.doc(documents.program(account, programId));
    return this.context.transaction(async (tx) => {
      const program = read<Program>('program', await tx.get(ref));
      if (program === undefined)
        throw new DomainError('PROGRAM_UNKNOWN', `programId: there is no program "${programId}".`);
      const moves = (next: Program) => next.retiredAt !== program.retiredAt;
      const { next, events } = decide(program);
      tx.set(ref, stored('program', next));
      if (moves(next)) memory.invalidate(tx, memoryKeys.program(account, programId));
      writeEvents(db, tx, account, events, clock.now());
      if (moves(next)) memory.forget(memoryKeys.program(account, programId));
      return next;
    }, ref.path);
  }
}
