import type {
  Account,
  DomainEvent,
  Fleet,
  FleetLoad,
  FleetSummary,
  LiveSession,
  TimelinePoint,
} from '@quarterdeck/contract';
import type { FleetBasis, PendingTrace } from '../../domain/fleet.js';
import type { SessionChange } from '../../domain/session-report.js';

/** A fleet document as read, and what tells whether it has changed since. */
export interface FleetReading {
  readonly fleet: Fleet | null;
  readonly version: unknown;
}

/** What was read for another purpose, and need not be read again. */
export interface KnownBasis {
  readonly live: readonly LiveSession[];
  readonly pending: readonly PendingTrace[];
}

export interface FleetStore {
  read(account: string): Promise<FleetReading>;
  /** What a new fleet is computed from, without what was read already. */
  basis(account: string, previous: Fleet | null, known?: KnownBasis): Promise<FleetBasis>;
  /** @returns false when somebody else wrote since `version` was read; nothing is written then */
  write(account: string, fleet: Fleet, summary: FleetSummary, version: unknown): Promise<boolean>;
  /** @param previousAt when the fleet was computed before; null: never. It tells whether the day is likely to have points already. */
  addPoint(account: string, summary: FleetSummary, load: FleetLoad, at: Date, previousAt: Date | null): Promise<void>;
  points(account: string, days: readonly string[]): Promise<readonly TimelinePoint[]>;
}

export interface SweepStore {
  /** Accounts that are due, the longest due first, page by page. */
  dueAccounts(now: Date): AsyncIterable<DueAccount>;
  /** The account as it is in the database; undefined: it is gone. */
  account(account: string): Promise<Account | undefined>;
  live(account: string): Promise<readonly SweptSession[]>;
  /** Ends a session as decided, unless it was touched since it was read. @returns whether it was ended */
  end(account: string, swept: SweptSession, change: SessionChange): Promise<boolean>;
  /** Marks a session stale or recovered, unless it was touched since it was read. */
  mark(account: string, swept: SweptSession, staleSince: Date | null, event: DomainEvent, now: Date): Promise<boolean>;
  /**
   * Archives sessions that ended before a moment, oldest first, with bounded memory.
   * @param deadline stop here and leave the rest for the next visit
   * @returns when the oldest of the rest ended; null: none is left
   */
  archive(account: string, endedBefore: Date, now: Date, deadline: Date): Promise<Date | null>;
  /** Program states whose patterns have something to forget. */
  decayDue(account: string, now: Date): Promise<readonly string[]>;
  /**
   * Sets when the account is visited next.
   * @param isIdle no session lived in this visit: the moment counts only if none has started meanwhile
   */
  schedule(
    account: string,
    nextSweepAt: Date | null,
    endsHeldUntil: Date | null,
    now: Date,
    isIdle: boolean,
  ): Promise<void>;
}

/** An account that has to be visited. */
export interface DueAccount {
  readonly account: string;
  readonly dueAt: Date;
}

/** A live session as the sweep read it. */
export interface SweptSession {
  readonly session: LiveSession;
  readonly version: unknown;
}
