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
import type { ProgramStateStore } from '../operations/ports.js';
import { read } from './documents.js';
import type { StoreContext } from './store-context.js';

/** As stored: custom settings are JSON text, because Firestore takes neither nested arrays nor every key, and `decayAt` is what the sweep asks for. */
type Stored = Omit<ProgramState, 'config'> & {
  readonly config: Omit<ProgramState['config'], 'customSettings'> & { readonly customSettingsJson: string };
  readonly decayAt: Date | null;
};

export class FirestoreProgramStateStore implements ProgramStateStore {
  constructor(private readonly context: StoreContext) {}

  async find(account: string, programId: string): Promise<ProgramState | undefined> {
    return readState(await this.context.db.doc(documents.programState(account, programId)).get());
  }

  change(
    account: string,
    programId: string,
    decide: (state: ProgramState) => ProgramState,
    keepSnapshot: boolean,
  ): Promise<ProgramState> {
    const { db, clock } = this.context;
    const ref = db.doc(documents.programState(account, programId));
    return this.context.optimistically(async () => {
      const snapshot = await ref.get();
      const next = decide(readState(snapshot) ?? emptyProgramState(programId));
      const batch = db.batch();
      const stored = toStored(next, clock.now());
      // Every field is given, so the update leaves nothing of what was there.
      if (snapshot.updateTime) batch.update(ref, { ...stored }, { lastUpdateTime: snapshot.updateTime });
      else batch.create(ref, stored);
      if (keepSnapshot) {
        const kept: ContextSnapshot = {
          revision: next.revision,
          sessionId: next.sessionId,
          writtenAt: next.updatedAt as Date,
          contextSummary: next.contextSummary,
        };
        // A ring: the newest ones are kept without reading or deleting any.
        batch.set(
          db.doc(documents.contextSnapshot(account, programId, next.revision % limits.CONTEXT_HISTORY_MAX)),
          kept,
        );
      }
      await batch.commit();
      return next;
    }, ref.path);
  }

  async history(account: string, programId: string, limit: number): Promise<readonly ContextSnapshot[]> {
    const newestFirst = this.context.db
      .collection(collections.contextHistory(account, programId))
      .orderBy('revision', 'desc');
    return (await newestFirst.limit(limit).get()).docs.map((doc) => read<ContextSnapshot>(doc) as ContextSnapshot);
  }
}

function toStored(state: ProgramState, now: Date): Stored {
  const { customSettings, ...config } = state.config;
  return {
    ...state,
    config: { ...config, customSettingsJson: JSON.stringify(customSettings) },
    decayAt: nextDecayAt(state, now),
  };
}

function readState(snapshot: DocumentSnapshot): ProgramState | undefined {
  const stored = read<Stored>(snapshot);
  if (stored === undefined) return undefined;
  const { decayAt: _decayAt, config, ...state } = stored;
  const { customSettingsJson, ...rest } = config;
  return { ...state, config: { ...rest, customSettings: JSON.parse(customSettingsJson) as Record<string, Json> } };
}
