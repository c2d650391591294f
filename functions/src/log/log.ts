import { AsyncLocalStorage } from 'node:async_hooks';
import { error as logError, write as writeEntry } from 'firebase-functions/logger';
import { DomainError } from '../domain/domain-error.js';
import type { LogPort } from '../operations/ports.js';
import { type CallLine, CallLines, type LogDoor, type LogFacts, type LogOutcome } from './call-lines.js';

/** What is being done, and what is known of it so far. */
interface RunningCall {
  door: LogDoor;
  operation: string;
  outcome: LogOutcome;
  reason: string | undefined;
  facts: LogFacts;
  figures: Record<string, number>;
  /** Something within it has a line: then it needs none of its own. */
  isTold: boolean;
}

const running = new AsyncLocalStorage<RunningCall>();
const lines = new CallLines(writeLine);

/**
 * Does work, and writes the line of the log that says how it went: one for each operation that is called, and one for a request that calls none. Whatever is
 * logged meanwhile says what it belongs to. A call within another one has its own line, and the outer one then has none.
 * @param operation null: not known yet; see belongsTo
 * @throws what the work throws
 */
export async function observe<T>(door: LogDoor, operation: string | null, work: () => Promise<T>): Promise<T> {
  const outer = running.getStore();
  if (outer !== undefined) outer.isTold = true;
  const call: RunningCall = {
    door,
    operation: operation ?? 'none',
    outcome: 'ok',
    reason: undefined,
    facts: outer?.facts ?? {},
    figures: {},
    isTold: false,
  };
  const startedMs = performance.now();
  try {
    return await running.run(call, work);
  } catch (error) {
    if (call.outcome === 'ok') endAsThrown(call, error);
    throw error;
  } finally {
    if (!call.isTold) tell(call, startedMs);
  }
}

/** From now on the call is known to be of this operation, or to have come in by another door. */
export function belongsTo(operation: string, door?: LogDoor): void {
  const call = running.getStore();
  if (call === undefined) return;
  call.operation = operation;
  call.door = door ?? call.door;
}

/** How the call ends; the last one who says so counts. Default: `ok`, or what its work throws. */
export function endsWith(outcome: LogOutcome, reason?: string): void {
  const call = running.getStore();
  if (call === undefined) return;
  call.outcome = outcome;
  call.reason = reason;
}

/** What the line of the call says beside its outcome. */
export function measured(figures: Readonly<Record<string, number>>): void {
  Object.assign(running.getStore()?.figures ?? {}, figures);
}

/** Whom the call is about, for every later line of it. */
export function isAbout(facts: LogFacts): void {
  const call = running.getStore();
  if (call !== undefined) call.facts = { ...call.facts, ...facts };
}

/** Something that nobody has to look at now, and that explains much later on. */
export function warn(message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  writeEntry({ ...contextOf(running.getStore()), ...fields, severity: 'WARNING', message });
}

/** Something that a person has to look at. The entry has a stack, which Error Reporting goes by. */
export function error(message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  logError(message, { ...contextOf(running.getStore()), ...fields });
}

/** The log as operations see it. */
export const functionLog: LogPort = { isAbout, warn };

function endAsThrown(call: RunningCall, thrown: unknown): void {
  const isForeseen = thrown instanceof DomainError;
  call.outcome = isForeseen ? thrown.code : 'internal';
  call.reason = isForeseen ? thrown.reason : 'UNEXPECTED';
}

function tell({ door, operation, outcome, reason, facts, figures }: RunningCall, startedMs: number): void {
  const nowMs = performance.now();
  const durationMs = Math.round((nowMs - startedMs) * 10) / 10;
  lines.add({ door, operation, outcome, ...(reason && { reason }), durationMs, facts, figures }, nowMs);
}

/** Flat, so that filters and labels of log-based metrics are short. */
function writeLine({ facts, figures, ...line }: CallLine): void {
  const message = `${line.operation} ${line.outcome}`;
  writeEntry({ severity: 'INFO', message, metric: 'call', ...line, ...facts, ...figures });
}

function contextOf(call: RunningCall | undefined): Readonly<Record<string, unknown>> {
  return call === undefined ? {} : { door: call.door, operation: call.operation, ...call.facts };
}
