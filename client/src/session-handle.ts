import { randomId } from './call.js';
import { QuarterdeckError } from './errors.js';
import type {
  CreateSessionInput,
  HeartbeatInput,
  Inbox,
  OperationMethods,
  ReportedOutcome,
  SessionCommand,
  SessionView,
  UpdateSessionInput,
  UpdateSessionOutput,
} from './operations.js';

/** A session counts as stale after 1.5 of its intervals; beating at two thirds of that is once an interval, with room for one that gets lost. */
const BEAT_AT_SHARE = 2 / 3;
/** Beats of agents that started together spread out: each comes up to this share earlier. */
const SPREAD = 0.1;
/** After a beat that failed for good, the next comes no later than this. */
const AFTER_FAILURE_MS = 30_000;

/** What a session's owner may say of it. */
export type Report = Omit<UpdateSessionInput, 'sessionId' | 'lastHeartbeat' | 'status' | 'outcome' | 'includeInbox'> & {
  /** One line, what the agent is doing now. Absent: stays as it is. */
  readonly status?: string;
};

/** What may be said of a session as it ends. */
export type LastWords = Pick<Report, 'status' | 'progress' | 'tokens' | 'contextBytes'>;

/** How a session that is begun by the client behaves. */
export interface SessionOptions {
  /** Is told of a beat that failed, after it was repeated. The session goes on trying; when it is over, `signal` says so instead. */
  readonly onBeatError?: (error: unknown) => void;
  /**
   * Is told what somebody wants the session to do, once for each change: `stop`, `drain`, or null when that was taken back. Obeying is up to you; `signal`
   * is for what is over. A command comes with the answer to a report or a beat, so it is heard as soon as the session beats: announce a short
   * `expectedIntervalSeconds` to hear sooner. Absent: nothing is asked, and beats cost what they cost.
   */
  readonly onCommand?: (command: SessionCommand | null, session: SessionHandle) => void;
  /** Is told what waits for the agent: with the first report or beat, then whenever a count or the command changes. Absent: nothing is asked. */
  readonly onInbox?: (inbox: Inbox, session: SessionHandle) => void;
}

type Methods = Pick<OperationMethods, 'createSession' | 'updateSession' | 'heartbeat'>;

/**
 * A session that beats by itself, as often as the server asks for. Its timer keeps no process alive: it stops when the process does, and the session then
 * turns stale in its time.
 *
 * `await using session = await client.startSession({ name: 'Nightly build' })` completes it at the end of the block.
 */
export class SessionHandle {
  private readonly over = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private status: string;
  private intervalMs: number;
  private command: SessionCommand | null = null;
  private inbox: Inbox | undefined;
  /** The end is being told: until it is answered nothing beats, and "it has ended" may be our own doing. */
  private isEnding = false;

  /** @internal */
  constructor(
    private readonly methods: Methods,
    /** As it was when it started. */
    readonly session: SessionView,
    private readonly options: SessionOptions,
  ) {
    this.status = session.status ?? session.name;
    this.intervalMs = session.staleAfterSeconds * 1000 * BEAT_AT_SHARE;
    this.scheduleBeat(this.intervalMs);
    this.hearCommand(session.command?.name ?? null);
  }

  get sessionId(): string {
    return this.session.sessionId;
  }

  /**
   * Is aborted when the session is over: with the `QuarterdeckError` that said so when somebody else ended it (an admin, a successor, the clock) or the
   * credential was revoked, so that the work can stop; without one when this handle ended it.
   */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /**
   * Says what the agent is doing, which is a sign of life as well. Omitted fields stay as they are.
   * @throws QuarterdeckError `SESSION_ENDED`, `SESSION_ARCHIVED`, `INVALID_FIELD`, `NOT_OWNER`
   */
  async update(report: Report): Promise<UpdateSessionOutput> {
    return this.report(report);
  }

  /** Says that the agent waits for a person, and for what: it comes to the top of the fleet. `update({ state: 'working' })` goes on. */
  async block(reason: string): Promise<UpdateSessionOutput> {
    return this.report({ state: 'blocked', status: reason });
  }

  /** A beat now, with what it may carry; the next follows by itself. */
  async beat(report: Omit<HeartbeatInput, 'sessionId' | 'includeInbox'> = {}): Promise<void> {
    try {
      const said = { ...report, ...this.question, sessionId: this.sessionId };
      const { heartbeatAt, nextHeartbeatBy, inbox } = await this.methods.heartbeat(said);
      this.learn(heartbeatAt, nextHeartbeatBy);
      this.hear(inbox);
    } catch (error) {
      this.endIfOver(error);
      throw error;
    }
  }

  /** Ends the session well: `end('completed')`. */
  async complete(report: LastWords = {}): Promise<void> {
    await this.end('completed', report);
  }

  /**
   * Ends the session. Once is enough; one that is over already stays as it ended.
   * @throws QuarterdeckError when the server can't be told; the session goes on beating then
   */
  async end(outcome: ReportedOutcome, report: LastWords = {}): Promise<void> {
    if (this.over.signal.aborted) return;
    try {
      await this.report({ ...report, state: 'complete', outcome });
    } catch (error) {
      if (!this.over.signal.aborted) throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.complete();
  }

  private async report(
    report: Omit<UpdateSessionInput, 'sessionId' | 'lastHeartbeat' | 'status' | 'includeInbox'> & { status?: string },
  ) {
    const status = report.status ?? this.status;
    const isLast = report.state === 'complete';
    if (isLast) {
      this.isEnding = true;
      this.stopBeating();
    }
    try {
      const answer = await this.methods.updateSession({
        ...report,
        ...(isLast ? {} : this.question),
        status,
        sessionId: this.sessionId,
        lastHeartbeat: true,
      });
      this.status = status;
      this.learn(answer.heartbeatAt, answer.nextHeartbeatBy);
      if (isLast) this.finish();
      this.hear(answer.inbox);
      return answer;
    } catch (error) {
      if (isLast) {
        this.isEnding = false;
        this.scheduleBeat(this.intervalMs);
      }
      this.endIfOver(error);
      throw error;
    }
  }

  /** Both moments are the server's, so their distance is right whatever this machine's clock says. */
  private learn(heartbeatAt: string | undefined, nextHeartbeatBy: string | undefined): void {
    if (heartbeatAt !== undefined && nextHeartbeatBy !== undefined) {
      this.intervalMs = (Date.parse(nextHeartbeatBy) - Date.parse(heartbeatAt)) * BEAT_AT_SHARE;
    }
    this.scheduleBeat(this.intervalMs);
  }

  /** Only who listens pays for the answer. */
  private get question(): { includeInbox?: true } {
    const { onCommand, onInbox } = this.options;
    return onCommand === undefined && onInbox === undefined ? {} : { includeInbox: true };
  }

  private hear(inbox: Inbox | undefined): void {
    if (inbox === undefined || this.over.signal.aborted) return;
    const { pendingMessages, pendingTasks, command } = inbox;
    const before = this.inbox;
    this.inbox = inbox;
    this.hearCommand(command);
    const isSame =
      before?.pendingMessages === pendingMessages && before.pendingTasks === pendingTasks && before.command === command;
    if (!isSame) this.tell(() => this.options.onInbox?.(inbox, this));
  }

  private hearCommand(command: SessionCommand | null): void {
    if (command === this.command) return;
    this.command = command;
    this.tell(() => this.options.onCommand?.(command, this));
  }

  /** Apart from the report that brought the news: it was accepted, whatever the listener throws. */
  private tell(news: () => void): void {
    void Promise.resolve().then(news);
  }

  private scheduleBeat(ms: number): void {
    this.stopBeating();
    if (this.isQuiet) return;
    this.timer = setTimeout(() => void this.beatOnTime(), ms * (1 - Math.random() * SPREAD));
    // It keeps no process alive. In browsers a timer is a number.
    (this.timer as { unref?: () => void }).unref?.();
  }

  private async beatOnTime(): Promise<void> {
    try {
      await this.beat();
    } catch (error) {
      if (this.isQuiet) return;
      this.scheduleBeat(Math.min(AFTER_FAILURE_MS, this.intervalMs));
      this.options.onBeatError?.(error);
    }
  }

  private endIfOver(error: unknown): void {
    if (isOver(error) && !this.isEnding) this.finish(error);
  }

  private get isQuiet(): boolean {
    return this.isEnding || this.over.signal.aborted;
  }

  private finish(why?: unknown): void {
    this.stopBeating();
    this.over.abort(why);
  }

  private stopBeating(): void {
    clearTimeout(this.timer);
  }
}

/**
 * Starts a session and keeps it alive. An id of our own makes a repeated start the same one.
 * @throws QuarterdeckError what `createSession` throws
 */
export async function startSession(
  methods: Methods,
  input: CreateSessionInput,
  options: SessionOptions = {},
): Promise<SessionHandle> {
  const { session } = await methods.createSession({ ...input, sessionId: input.sessionId ?? randomId() });
  return new SessionHandle(methods, session, options);
}

/** True for a refusal that every further report would meet as well. */
function isOver(error: unknown): boolean {
  if (!(error instanceof QuarterdeckError)) return false;
  const { code, reason } = error;
  const ended = reason === 'SESSION_ENDED' || reason === 'SESSION_ARCHIVED' || reason === 'SESSION_UNKNOWN';
  return ended || code === 'unauthenticated' || code === 'permission-denied';
}
