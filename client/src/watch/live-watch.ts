import { QuarterdeckError } from '../errors.js';
import type { Watch } from '../watch-types.js';

/** How long opening a watch waits for the server before it goes on without; the Firebase SDK gives up on a first answer after as long. */
const PATIENCE_MS = 10_000;
/** Timers can't wait longer: the count of milliseconds has 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a listener tells. */
export interface Observer<Value> {
  /**
   * @param isFromServer false: nothing is heard of the server at the moment, and the value is what was known before
   * @param isChanged false: only `isFromServer` may be another
   */
  next(value: Value, isFromServer: boolean, isChanged: boolean): void;
  /** The listener has ended and tells nothing more. */
  error(error: unknown): void;
}

/** Begins to listen, and returns what ends it. */
export type Listen<Value> = (observer: Observer<Value>) => () => void;

/** Tells whether the machine has a network at all, where somebody knows; returns what ends it. */
export type ListenToNetwork = (onChange: (isOnline: boolean) => void) => () => void;

/** What one watch is about. */
export interface WatchPlan<Values extends object, Update> {
  /** Who is told: `watch_sessions`. */
  readonly operation: string;
  readonly sources: { readonly [Key in keyof Values]: Listen<Values[Key]> };
  /** What to tell, and when it would look different although nothing was heard; null: never. */
  readonly view: (values: Values, asOf: Date, staleSince: Date | null) => { update: Update; nextChangeAt: Date | null };
  readonly onUpdate: (update: Update) => void;
  readonly onError: ((error: QuarterdeckError) => void) | undefined;
  /** The server's clock. */
  readonly now: () => Date;
  readonly network: ListenToNetwork;
  readonly onClosed: () => void;
}

/**
 * Puts what several listeners tell together into updates, and knows since when they are out of date.
 *
 * Nothing is told before every source has spoken once from the server: what comes earlier is the emptiness of a cache. While nothing is heard, updates are
 * of the moment when the last word came, because silence of ours is not silence of the agents.
 */
export class LiveWatch<Values extends object, Update> implements Watch {
  /** Fulfilled with the first update, an error, or when patience is over. */
  readonly opened: Promise<void>;
  private readonly values: Partial<Values> = {};
  private readonly isFromServer = new Map<keyof Values, boolean>();
  private readonly endings: (() => void)[] = [];
  private silentSince: Date | null;
  private isOnline = true;
  private hasSpoken = false;
  private isOver = false;
  /** Until the first update, of its patience; then of the next change. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private open: { done: () => void; fail: (error: QuarterdeckError) => void };

  constructor(private readonly plan: WatchPlan<Values, Update>) {
    this.silentSince = plan.now();
    this.open = { done() {}, fail() {} };
    this.opened = new Promise((done, fail) => {
      this.open = { done, fail };
    });
    this.timer = setTimeout(() => this.open.done(), PATIENCE_MS);
    this.endings.push(
      plan.network((isOnline) => {
        this.isOnline = isOnline;
        this.refresh(false);
      }),
    );
    for (const key of Object.keys(plan.sources) as (keyof Values)[]) this.listen(key);
  }

  get staleSince(): Date | null {
    return this.silentSince;
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.silentSince ??= this.plan.now();
    clearTimeout(this.timer);
    for (const end of this.endings) end();
    this.open.done();
    this.plan.onClosed();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  private listen(key: keyof Values): void {
    this.isFromServer.set(key, false);
    const end = this.plan.sources[key]({
      next: (value, isFromServer, isChanged) => {
        if (this.isOver) return;
        this.values[key] = value;
        this.isFromServer.set(key, isFromServer);
        this.refresh(isChanged);
      },
      error: (error) => this.fail(error),
    });
    this.endings.push(end);
  }

  private refresh(isChanged: boolean): void {
    const wasLive = this.silentSince === null;
    const isLive = this.isOnline && [...this.isFromServer.values()].every(Boolean);
    this.silentSince = isLive ? null : (this.silentSince ?? this.plan.now());
    this.hasSpoken ||= isLive;
    if (this.hasSpoken && (isChanged || isLive !== wasLive)) this.tell();
  }

  private tell(): void {
    clearTimeout(this.timer);
    const asOf = this.silentSince ?? this.plan.now();
    const { update, nextChangeAt } = this.plan.view(this.values as Values, asOf, this.silentSince);
    if (this.silentSince === null && !this.isOver && nextChangeAt !== null) this.wakeAfter(nextChangeAt);
    this.open.done();
    this.plan.onUpdate(update);
  }

  private wakeAfter(moment: Date): void {
    const wait = moment.getTime() - this.plan.now().getTime() + 1;
    const onTime = () => (this.plan.now() > moment ? this.tell() : this.wakeAfter(moment));
    this.timer = setTimeout(onTime, Math.min(Math.max(1, wait), LONGEST_TIMER_MS));
    // It keeps no process alive. In browsers a timer is a number.
    (this.timer as { unref?: () => void }).unref?.();
  }

  /** The listener says why it ended: the others know no more, so the watch is over. */
  private fail(cause: unknown): void {
    if (this.isOver) return;
    const error = endOf(this.plan.operation, cause);
    const { hasSpoken } = this;
    if (!hasSpoken && this.plan.onError === undefined) this.open.fail(error);
    this.close();
    if (hasSpoken) this.tell();
    this.plan.onError?.(error);
  }
}

const OWN_CODES: ReadonlySet<string> = new Set<QuarterdeckError['code']>([
  'unauthenticated',
  'permission-denied',
  'not-found',
  'failed-precondition',
  'resource-exhausted',
  'aborted',
  'unavailable',
  'deadline-exceeded',
]);

function endOf(operation: string, cause: unknown): QuarterdeckError {
  const given = (cause as { code?: unknown } | undefined)?.code;
  const code = typeof given === 'string' && OWN_CODES.has(given) ? (given as QuarterdeckError['code']) : 'internal';
  const message =
    code === 'permission-denied' || code === 'unauthenticated'
      ? 'Access has ended: the key was revoked or has expired, or the member was removed. Watch again with a new credential.'
      : `The watch has ended: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new QuarterdeckError(operation, { code, reason: 'WATCH_ENDED', message, cause });
}
