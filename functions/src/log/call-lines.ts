import type { ErrorCode } from '@quarterdeck/contract';

/** Where work comes in: the doors, and what calls the functions that work in the background. */
export type LogDoor = 'callable' | 'mcp' | 'rest' | 'hooks' | 'schedule' | 'topic' | 'trigger';

/**
 * How a call ended: `ok`, or the code that its caller was told. In the background also: `dropped`, a message that names nothing and will not come back;
 * `again`, what has to be done once more; `parked`, what was given up.
 */
export type LogOutcome = 'ok' | ErrorCode | 'dropped' | 'again' | 'parked';

/** Whom and what a line of the log is about. Ids only: no key, no token, nothing that an agent or a person wrote. */
export interface LogFacts {
  readonly account?: string;
  /** The program that called. */
  readonly program?: string;
  /** The call's id, the same for its repetitions, when it came with an idempotency key. */
  readonly callId?: string;
  readonly event?: string;
  readonly webhook?: string;
}

/** A call that is over, and how it went. */
export interface EndedCall {
  readonly door: LogDoor;
  /** The operation's name, that of the function in the background, `hook`; `none`: the request named none. */
  readonly operation: string;
  readonly outcome: LogOutcome;
  /** Why, unless it went well. */
  readonly reason?: string;
  readonly durationMs: number;
  readonly facts: LogFacts;
  /** What the work counted or measured, by name: `lateSeconds`, `ended`. */
  readonly figures: Readonly<Record<string, number>>;
}

/** What the log says of one call, or of many alike. */
export interface CallLine extends EndedCall {
  /** How many it stands for. With more than one, `facts` is empty, and of the duration and each figure it has the largest. */
  readonly calls: number;
}

/** Of calls that are alike, so many a minute have a line of their own on each instance. A fleet that beats would else write more than it stores. */
export const LINES_A_MINUTE = 10;
const MINUTE_MS = 60_000;

interface Alike {
  lines: number;
  /** Those of this minute that have no line yet. */
  rest: CallLine | undefined;
}

/**
 * Decides which lines are written. Calls are alike when door, operation, outcome and reason are; beyond LINES_A_MINUTE they make one line, which is written with
 * the first call of the next minute. Every call is in exactly one line, but for those that an instance has yet to write as it ends.
 */
export class CallLines {
  private readonly alike = new Map<string, Alike>();
  private minuteEndsAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly write: (line: CallLine) => void) {}

  /** @param nowMs of a clock that only goes forward */
  add(call: EndedCall, nowMs: number): void {
    if (nowMs >= this.minuteEndsAt) this.beginMinute(nowMs);
    const kind = `${call.door} ${call.operation} ${call.outcome} ${call.reason ?? ''}`;
    const alike = this.alike.get(kind) ?? { lines: 0, rest: undefined };
    this.alike.set(kind, alike);
    if (alike.lines < LINES_A_MINUTE) {
      alike.lines++;
      this.write({ ...call, calls: 1 });
    } else {
      alike.rest = together(alike.rest, call);
    }
  }

  private beginMinute(nowMs: number): void {
    this.minuteEndsAt = nowMs + MINUTE_MS;
    for (const { rest } of this.alike.values()) if (rest !== undefined) this.write(rest);
    this.alike.clear();
  }
}

function together(rest: CallLine | undefined, call: EndedCall): CallLine {
  if (rest === undefined) return { ...call, facts: {}, calls: 1 };
  const figures = { ...rest.figures };
  for (const [name, figure] of Object.entries(call.figures)) figures[name] = Math.max(figure, figures[name] ?? figure);
  return {
    ...rest,
    durationMs: Math.max(rest.durationMs, call.durationMs),
    figures,
    calls: rest.calls + 1,
  };
}
