import type {
  EndedSession,
  LiveSession,
  SessionState,
  SpawnRequest,
  WaitingCommand,
  WindowClaims,
  WindowPointer,
} from '@quarterdeck/contract';
import type { SessionChange, SessionPatch } from '../../domain/session-report.js';
import type { Activation, WindowSession } from '../../domain/session-window.js';
import type { Page } from './outside-ports.js';

/** What an instance remembers of a live session, to serve a beat without a read. */
export type KnownSession = Omit<LiveSession, 'contextSamples'>;

/** What a report may rest on. */
export type KnownGround = Pick<LiveSession, 'state' | 'lifecycle' | 'metadata'>;

/** A report as it was written. */
export interface WrittenBeat {
  /** The command that waited as it was written; undefined: somebody else had written since this instance knew all of it. */
  readonly command: WaitingCommand | null | undefined;
}

export interface SessionQuery {
  readonly state: SessionState | 'all';
  readonly programId?: string | undefined;
  readonly includeArchived: boolean;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface SessionStore {
  /** A live session from memory, or by one read; undefined: it is not live. Its owner never changes; the rest may be a moment old. */
  recall(account: string, sessionId: string): Promise<KnownSession | undefined>;
  /**
   * Writes a report without reading: one write.
   * @param ifStill write only if this still holds of the session: known without a read as long as nobody else wrote
   * @returns undefined when it was not written, because the session is not live or has moved: decide on it as it is, with `change`
   */
  beat(
    account: string,
    sessionId: string,
    patch: SessionPatch,
    ifStill?: KnownGround,
  ): Promise<WrittenBeat | undefined>;
  /** The command that waits, by one read; null: none does, or the session is not live. */
  readCommand(account: string, sessionId: string): Promise<WaitingCommand | null>;
  /**
   * Changes one session at once or not at all: moves it between live and ended, takes and gives back its slot, writes its events.
   * @param decide is called with the session as it is, perhaps more than once; undefined: change nothing
   * @param options.isNew the id was just made, so nothing needs to be read
   * @param options.mayStart the change is likely to take a slot, for which many may contend
   * @throws DomainError `SESSION_LIMIT`, and what `decide` throws
   */
  change(
    account: string,
    sessionId: string,
    decide: (found: LiveSession | EndedSession | undefined) => SessionChange | undefined,
    options?: { readonly isNew?: boolean; readonly mayStart?: boolean },
  ): Promise<{ readonly before: LiveSession | EndedSession | undefined; readonly change: SessionChange | undefined }>;
  /** Live or ended. */
  find(account: string, sessionId: string): Promise<LiveSession | EndedSession | undefined>;
  /** The live session of a program that started, or was resumed, last. */
  findCurrent(account: string, programId: string): Promise<LiveSession | undefined>;
  /** Live sessions of a program, the one that started last first. */
  listLive(account: string, programId: string, limit: number): Promise<readonly LiveSession[]>;
  /** The session of a program that ended last. */
  findPredecessor(account: string, programId: string): Promise<EndedSession | undefined>;
  list(account: string, query: SessionQuery): Promise<Page<LiveSession | EndedSession>>;
  /** Archives ended sessions at once, each by itself. @returns which: not one that came back, or was archived, since it was read */
  archive(account: string, sessions: readonly EndedSession[], now: Date): Promise<ReadonlySet<string>>;
}

/** A session that is to be spawned, once its id is known. */
export interface Spawn {
  readonly change: SessionChange & { readonly next: LiveSession };
  readonly request: SpawnRequest;
}

export interface SpawnStore {
  /**
   * Makes the session with the next free id of a project, and what its runner is to read, at once or not at all.
   * @param callId a call that spawned before answers what it spawned; null: it can't be told from others
   * @param decide is called with the id, perhaps more than once
   * @throws DomainError `SESSION_LIMIT`
   */
  spawn(
    account: string,
    projectId: string,
    callId: string | null,
    decide: (sessionId: string) => Spawn,
  ): Promise<LiveSession | EndedSession>;
  findRequest(account: string, sessionId: string): Promise<SpawnRequest | undefined>;
}

export interface WindowStore {
  /** Which session held a program's window last; undefined: it never had one. */
  findPointer(account: string, programId: string): Promise<WindowPointer | undefined>;
  /**
   * Opens a window and ends the one that it takes over, at once or not at all.
   * @param sessionId the new session; when it holds the window already, nothing changes: the call is a repetition
   * @param decide is called with the program's last epoch, 0 if it never had a window, and the session that holds it; perhaps more than once
   * @throws DomainError `SESSION_LIMIT`, and what `decide` throws
   */
  open(
    account: string,
    programId: string,
    sessionId: string,
    decide: (former: { epoch: number; holder: WindowSession | undefined }) => Activation,
  ): Promise<{ readonly session: WindowSession; readonly replaced: EndedSession | undefined }>;
}

/** The window that a write depends on: it happens only if this window is open at that very moment. */
export interface Fence {
  readonly sessionId: string;
  /** Null: the caller named no epoch, and means the window that the session has. */
  readonly epoch: number | null;
  readonly now: Date;
}

/** Session tokens: signed, so that they prove a window without a read. */
export interface SessionTokenPort {
  /** @param endsAt after it the token counts no more */
  issue(claims: WindowClaims, now: Date, endsAt: Date): Promise<string>;
  /** What a token says; undefined: it was not made here, or is past its end. */
  verify(token: string, now: Date): Promise<WindowClaims | undefined>;
}
