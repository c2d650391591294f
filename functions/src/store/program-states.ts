import {
  type ContextSnapshot,
  collections,
  documents,
  type Json,
  limits,
  type ProgramState,
} from '@quarterdeck/contract';
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { emptyProgramState, nextDecayAt } from '../domain/program-state.js';
import type { Fence, ProgramStateStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { requireFence } from './fence.js';
import type { StoreContext } from './store-context.js';

/** As stored: custom settings are JSON text, because Firestore takes neither nested arrays nor every key, and `decayAt` is what the sweep asks for. */
type Stored = Omit<ProgramState, 'config'> & {
  readonly config: Omit<ProgramState['config'], 'customSettings'> & { readonly customSettingsJson: string };
  readonly decayAt: Date | null;
};

export class FirestoreProgramStateStore implements ProgramStateStore {
  constructor(private readonly context: StoreContext) {}

  async find(account: string, programId: string): Promise<ProgramState | undefined> {
    return readProgramState(await this.context.db.doc(documents.programState(account, programId)).get());
  }

  change(
    account: string,
    programId: string,
    decide: (state: ProgramState) => ProgramState,
    keepSnapshot: boolean,
    fence?: Fence,
  ): Promise<ProgramState> {
    const { db, clock } = this.context;
    const ref = db.doc(documents.programState(account, programId));
    if (fence !== undefined) {
      return this.context.transaction(async (tx) => {
        const snapshot = await tx.get(ref);
        await requireFence(db, tx, account, fence);
        const next = decide(readProgramState(snapshot) ?? emptyProgramState(programId));
        tx.set(ref, stored('programState', storedProgramState(next, clock.now())));
        if (keepSnapshot) tx.set(this.snapshotRef(account, next), stored('contextSnapshot', snapshotOf(next)));
        return next;
      }, ref.path);
    }
    return this.context.optimistically(async () => {
      const snapshot = await ref.get();
      const next = decide(readProgramState(snapshot) ?? emptyProgramState(programId));
      const batch = db.batch();
      const written = stored('programState', storedProgramState(next, clock.now()));
      // Every field is given, so the update leaves nothing of what was there.
      if (snapshot.updateTime) batch.update(ref, { ...written }, { lastUpdateTime: snapshot.updateTime });
      else batch.create(ref, written);
      if (keepSnapshot) batch.set(this.snapshotRef(account, next), stored('contextSnapshot', snapshotOf(next)));
      await batch.commit();
      return next;
    }, ref.path);
  }

  /** A ring: the newest ones are kept without reading or deleting any. */
  private snapshotRef(account: string, { programId, revision }: ProgramState) {
    const slot = revision % limits.CONTEXT_HISTORY_MAX;
    return this.context.db.doc(documents.contextSnapshot(account, programId, slot));
  }

  async history(account: string, programId: string, limit: number): Promise<readonly ContextSnapshot[]> {
    const newestFirst = this.context.db
      .collection(collections.contextHistory(account, programId))
      .orderBy('revision', 'desc');
    return (await newestFirst.limit(limit).get()).docs.map(
      (doc) => read<ContextSnapshot>('contextSnapshot', doc) as ContextSnapshot,
    );
  }
}

function snapshotOf(state: ProgramState): ContextSnapshot {
  const { revision, sessionId, contextSummary } = state;
  return { revision, sessionId, writtenAt: state.updatedAt as Date, contextSummary };
}

/** A program state as it is stored: custom settings as text, and when its patterns decay. */
export function storedProgramState(state: ProgramState, now: Date): Stored {
  const { customSettings, ...config } = state.config;
  return {
    ...state,
    config: { ...config, customSettingsJson: JSON.stringify(customSettings) },
    decayAt: nextDecayAt(state, now),
  };
}

/** A program state document; undefined: it is not there. */
export function readProgramState(snapshot: DocumentSnapshot): ProgramState | undefined {
  const found = read<Stored>('programState', snapshot);
  if (found === undefined) return undefined;
  const { decayAt: _decayAt, config, ...state } = found;
  const { customSettingsJson, ...rest } = config;
  return { ...state, config: { ...rest, customSettings: JSON.parse(customSettingsJson) as Record<string, Json> } };
}
