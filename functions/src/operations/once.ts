import { createHash } from 'node:crypto';
import { limits, type Operation } from '@quarterdeck/contract';
import { DomainError, invalidField } from '../domain/domain-error.js';
import type { Ports } from './ports.js';

type Answer = Record<string, unknown>;

/** For this long a repetition waits for the answer of a call that is still running; after it, it runs the call itself. */
const PATIENCE_MS = 2_000;
const KEY_SHAPE = /^[\x21-\x7e]+$/;

/** Calls of this instance that are running, by id. */
export type RunningCalls = Map<string, { readonly fingerprint: string; readonly answer: Promise<Answer> }>;

/** A call that came with an idempotency key. */
export interface RepeatableCall {
  readonly operation: Operation;
  /** Validated. */
  readonly input: Record<string, unknown>;
  readonly key: string;
  /** Who calls: the same key of another caller is another key. */
  readonly scope: string;
}

/**
 * Runs a call once, however often it is repeated: one effect, and the same answer for IDEMPOTENCY_HOURS. A refused call had no effect and is forgotten.
 *
 * The effect and the answer are not written at once. When an instance dies between them, a repetition runs the call again, and finds what it made: ids and
 * keys derive from the call, so that they are the same, and what adds up asks for `callId`. See docs/decisions/015-idempotency.md.
 * @param run the operation, with ports whose randomness and `callId` are those of the call
 * @throws DomainError `INVALID_FIELD`, `IDEMPOTENCY_KEY_REUSED`, and what `run` throws
 */
export async function once(
  call: RepeatableCall,
  ports: Ports,
  running: RunningCalls,
  run: (ports: Ports) => Promise<Answer>,
): Promise<Answer> {
  requireKey(call.key);
  const callId = digest([call.scope, call.key]);
  ports.log.isAbout({ callId });
  const fingerprint = digest([call.operation.name, canonicalJson(call.input)]);
  const here = running.get(callId);
  if (here !== undefined) {
    if (here.fingerprint !== fingerprint) throw reused();
    return here.answer;
  }
  const answer = runOrRecall(callId, fingerprint, ports, run);
  running.set(callId, { fingerprint, answer });
  try {
    return await answer;
  } finally {
    running.delete(callId);
  }
}

async function runOrRecall(
  callId: string,
  fingerprint: string,
  ports: Ports,
  run: (ports: Ports) => Promise<Answer>,
): Promise<Answer> {
  const { idempotentCalls, clock } = ports;
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + limits.IDEMPOTENCY_HOURS * 3_600_000);
  const claim = await idempotentCalls.claim(callId, fingerprint, now, expiresAt, PATIENCE_MS);
  if (claim.fingerprint !== fingerprint) throw reused();
  if (claim.answer !== undefined) return claim.answer;
  const { random } = claim;
  const answer = await run({ ...ports, callId, random }).catch(async (error: unknown) => {
    // Where the database failed, the effect may be there: the claim stays, for a repetition to find it.
    await idempotentCalls.release(callId, claim, isWithoutEffect(error));
    throw error;
  });
  return idempotentCalls.record(callId, claim, answer);
}

/** Contention says that nothing was changed, as far as the database knows; whoever repeats the call means the same, so the claim may as well stay. */
function isWithoutEffect(error: unknown): boolean {
  return (
    error instanceof DomainError &&
    error.code !== 'unavailable' &&
    error.code !== 'deadline-exceeded' &&
    error.reason !== 'CONTENTION'
  );
}

function requireKey(key: string): void {
  if (key.length <= limits.IDEMPOTENCY_KEY_MAX_CHARS && KEY_SHAPE.test(key)) return;
  const problem = `must be 1 to ${limits.IDEMPOTENCY_KEY_MAX_CHARS} visible ASCII characters, such as a UUID`;
  throw invalidField('Idempotency-Key', problem);
}

function reused(): DomainError {
  return new DomainError(
    'IDEMPOTENCY_KEY_REUSED',
    'Idempotency-Key: this key came with another operation or input before; nothing was changed. Use a new key for a new call.',
  );
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The same text for the same value, in whatever order its fields came. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
