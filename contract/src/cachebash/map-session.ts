import { CONTEXT_SAMPLE_COUNT, CONTEXT_SAMPLE_MINUTES } from '../limits.js';
import type { CachebashDocument } from './document.js';
import { firstMoment, isText, momentOf, orElse, textOf } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** Up to here `contextBytes` is a percentage, as CacheBash writes it since its contract changed; above, it is bytes. */
const PERCENT_MAX = 100;
/** Why CacheBash archived a session that had not ended by itself. */
const WENT_SILENT: ReadonlySet<unknown> = new Set(['heartbeat_timeout', 'stale_session_auto_archived']);
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'archived']);

export function mapSession({ id, data }: CachebashDocument): object {
  const createdAt = firstMoment(data.createdAt, data.lastUpdate);
  const lastActivityAt = firstMoment(data.lastUpdate, data.lastHeartbeat, data.createdAt);
  const fields = {
    kind: 'session',
    sessionId: id,
    programId: textOf(data.programId),
    name: orElse(textOf(data.name), data.currentAction),
    status: textOf(data.currentAction),
    progress: orElse(data.progress, null),
    projectName: textOf(data.projectName),
    activity: null,
    tokens: null,
    contextBytes: bytesOf(data.contextBytes),
    contextLimitBytes: null,
    handoffRequired: orElse(data.handoffRequired, false),
    handoffDecision: orElse(data.handoffRequired, null),
    contextSamples: samplesOf(data.contextHistory),
    expectedIntervalSeconds: null,
    metadata: Object.fromEntries(
      ['model', 'bootType'].flatMap((name) => (isText(data[name]) ? [[name, data[name]]] : [])),
    ),
    createdAt,
    startedAt: createdAt,
    lastHeartbeat: momentOf(data.lastHeartbeat),
    lastActivityAt,
  };
  if (!isOver(data)) return { ...fields, state: liveStateOf(data), staleSince: null };
  const endedAt = firstMoment(data.endedAt, data.archivedAt, lastActivityAt);
  const archivedAt =
    data.archived === true || data.status === 'archived' ? firstMoment(data.archivedAt, endedAt) : null;
  return { ...fields, state: 'complete', endedAt, outcome: outcomeOf(data), archivedAt };
}

function isOver({ status, state, archived }: Fields): boolean {
  return archived === true || OVER.has(status) || state === 'complete';
}

/** A pinned session is stored as a blocked one; only older documents still say which. */
function liveStateOf({ status, state }: Fields): string {
  if (state === 'pinned') return 'pinned';
  return status === 'blocked' || state === 'blocked' ? 'blocked' : 'working';
}

function outcomeOf({ status, reapReason, archivedReason }: Fields): string {
  if (WENT_SILENT.has(reapReason) || WENT_SILENT.has(archivedReason)) return 'timed_out';
  return status === 'failed' ? 'errored' : 'completed';
}

/** A percentage is no number of bytes, and is left out. */
function bytesOf(value: unknown): unknown {
  if (typeof value !== 'number') return orElse(value, null);
  return value > PERCENT_MAX ? Math.round(value) : null;
}

/** The last sample of each bucket of the ring. */
function samplesOf(history: unknown): object {
  const samples = (Array.isArray(history) ? history : []).flatMap((entry: Fields | null) => {
    const [at, bytes] = [momentOf(entry?.timestamp), bytesOf(entry?.contextBytes)];
    return isText(at) && typeof bytes === 'number' ? [{ at, bytes }] : [];
  });
  const inOrder = samples.sort((a, b) => (a.at < b.at ? -1 : 1));
  return Object.fromEntries(inOrder.map((sample) => [bucketOf(sample.at), sample]));
}

function bucketOf(at: string): string {
  return String(Math.floor(Date.parse(at) / 60_000 / CONTEXT_SAMPLE_MINUTES) % CONTEXT_SAMPLE_COUNT);
}
