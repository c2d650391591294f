import { type ExportRecord, recordId } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { memoryOf } from '../domain/export-record.js';
import { type ImportOutcome, importAccountSettings, planImport, type ThingRecord } from '../domain/import-plan.js';
import type { Handler } from './handler.js';
import { embedDocuments } from './model-attempts.js';
import type { MemoryVectors, Ports } from './ports.js';

/** Puts records into the caller's account: the account's own settings first, then everything else in one transaction. */
export const handleImportAccount: Handler<'importAccount'> = {
  for: 'member',
  run: async ({ records }, caller, ports) => {
    const { transfers, clock } = ports;
    const { account } = caller;
    const actor = actorOf(caller);
    const now = clock.now();
    const outcomes = new Map<ExportRecord, ImportOutcome>();
    for (const record of records) {
      if (record.kind !== 'account') continue;
      const changed = await transfers.putAccount(account, (old) => importAccountSettings(old, record, actor, now));
      outcomes.set(record, changed ? 'imported' : 'unchanged');
    }
    const things = records.filter((record): record is ThingRecord => record.kind !== 'account');
    if (things.length > 0) {
      const vectors = await vectorsOf(account, things, ports);
      const plan = await transfers.put(account, things, (basis) => planImport(things, basis, actor, now), vectors);
      for (const [index, record] of things.entries()) outcomes.set(record, plan.outcomes[index] as ImportOutcome);
    }
    return { success: true, ...answerOf(records, outcomes) };
  },
};

/** Only of memories that are not there yet: a repeated import asks no model again. */
async function vectorsOf(
  account: string,
  things: readonly ThingRecord[],
  { transfers, embedding, log }: Ports,
): Promise<MemoryVectors | undefined> {
  const memories = things.filter((record) => record.kind === 'memory').map(memoryOf);
  if (embedding === null || memories.length === 0) return undefined;
  const ids = memories.map(({ memoryId }) => memoryId);
  const missing = await transfers.missingMemories(account, ids);
  const embedded = memories.filter(({ memoryId }) => missing.has(memoryId));
  if (embedded.length === 0) return undefined;
  const embeddings = await embedDocuments(log, embedding, embedded);
  if (embeddings === undefined) return undefined;
  const byId = embeddings.vectors.map((vector, index) => [embedded[index]?.memoryId ?? '', vector] as const);
  return { model: embeddings.model, byId: new Map(byId) };
}

function answerOf(records: readonly ExportRecord[], outcomes: ReadonlyMap<ExportRecord, ImportOutcome>) {
  const found = records.map((record) => outcomes.get(record));
  return {
    imported: found.filter((outcome) => outcome === 'imported').length,
    unchanged: found.filter((outcome) => outcome === 'unchanged').length,
    refused: records.flatMap((record, index) => {
      const outcome = found[index];
      return typeof outcome === 'object' ? [{ index, kind: record.kind, id: recordId(record), ...outcome }] : [];
    }),
  };
}
