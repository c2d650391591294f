import { QuarterdeckError } from './errors.js';
import type { Activity, OperationMethods, Outcome, SessionView } from './operations.js';

/**
 * Where a session stands in the eyes of an orchestrator. Terminal: `merged`, `cleanup`, `errored`, `killed`, `done`, `terminated`.
 * The stages of a pull request are the orchestrator's to say; so far they are not kept here, and a session is `working`, `needs_input` or over.
 */
export type SessionStatus =
  | 'spawning'
  | 'working'
  | 'pr_open'
  | 'ci_failed'
  | 'review_pending'
  | 'changes_requested'
  | 'approved'
  | 'mergeable'
  | 'merged'
  | 'cleanup'
  | 'needs_input'
  | 'stuck'
  | 'errored'
  | 'killed'
  | 'done'
  | 'terminated';

/** What the agent's process is doing. Terminal: `exited`. */
export type ActivityState = Activity;

/** A pull request of a session. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly branch: string;
}

/** How to reach the environment that an agent runs in: a terminal multiplexer, a container. */
export interface RuntimeHandle {
  readonly id: string;
  readonly runtimeName: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the agent's own tool says of the session. */
export interface AgentInfo {
  readonly summary: string | null;
  /** The session's name in that tool, to take it up again. */
  readonly agentSessionId: string | null;
  readonly costUsd: number | null;
}

/** A session as an orchestrator sees it. What Quarterdeck does not keep yet is null, or empty. */
export interface Session {
  readonly id: string;
  /** Empty: the session named no project. */
  readonly projectId: string;
  readonly status: SessionStatus;
  /** Null: not known. */
  readonly activity: ActivityState | null;
  /** Not kept yet: null. */
  readonly branch: string | null;
  /** Not kept yet: null. */
  readonly issueId: string | null;
  /** Not kept yet: null. */
  readonly pr: PullRequest | null;
  /** Not kept yet: null. */
  readonly workspacePath: string | null;
  /** Not kept yet: null. */
  readonly runtimeHandle: RuntimeHandle | null;
  /** Not kept yet: null. */
  readonly agentInfo: AgentInfo | null;
  readonly createdAt: Date;
  /** The last sign of life: beat, report or creation. */
  readonly lastActivityAt: Date;
  /** When it was last restored. Not kept yet: absent. */
  readonly restoredAt?: Date;
  /** Not kept yet: empty. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a new session is to work on. */
export interface SessionSpawnConfig {
  readonly projectId: string;
  readonly issueId?: string;
  readonly branch?: string;
  /** What the agent is told first. */
  readonly prompt?: string;
  /** Which agent runs it. Default: the project's. */
  readonly agent?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What `cleanup` did, or would do. */
export interface CleanupResult {
  readonly killed: readonly string[];
  readonly skipped: readonly string[];
  readonly errors: readonly { readonly sessionId: string; readonly error: string }[];
}

/**
 * What an orchestrator does with sessions. `list`, `get` and `restore` are there: see `createSessionManager`. `spawn`, `kill`, `send` and `cleanup` wait
 * for operations of the backend that start and stop agents, and are here for who implements them.
 */
export interface SessionManager {
  /** Waits for the backend: starts an agent in a session of its own. */
  spawn(config: SessionSpawnConfig): Promise<Session>;
  /**
   * Brings a session that is over back. One that lives stays as it is.
   * @throws QuarterdeckError `not-found` SESSION_UNKNOWN, `permission-denied` NOT_OWNER, `resource-exhausted` SESSION_LIMIT
   */
  restore(sessionId: string): Promise<Session>;
  /** Live sessions and those that are over but not archived, live ones first, each newest first; of one project, or of all. */
  list(projectId?: string): Promise<Session[]>;
  /** Also an archived one. Null: there is none of this name. */
  get(sessionId: string): Promise<Session | null>;
  /** Waits for the backend: stops the agent and ends its session. */
  kill(sessionId: string): Promise<void>;
  /** Waits for the backend: gives the agent a message. */
  send(sessionId: string, message: string): Promise<void>;
  /** Waits for the backend: ends the sessions whose work is merged or closed. */
  cleanup(projectId?: string, options?: { readonly dryRun?: boolean }): Promise<CleanupResult>;
}

/** Statuses of a session that is over: its resources can be taken away. */
export const TERMINAL_STATUSES: ReadonlySet<SessionStatus> = new Set<SessionStatus>([
  'merged',
  'cleanup',
  'errored',
  'killed',
  'done',
  'terminated',
]);

/** Activities of a session that is over, whatever its status says. */
export const TERMINAL_ACTIVITIES: ReadonlySet<ActivityState> = new Set<ActivityState>(['exited']);

/** Terminal statuses from which there is no way back: what is merged is finished. */
const FINAL_STATUSES: ReadonlySet<SessionStatus> = new Set<SessionStatus>(['merged']);

/** Whether the session is over, by what it says or by what its process does. */
export function isTerminalSession(session: Pick<Session, 'status' | 'activity'>): boolean {
  return (
    TERMINAL_STATUSES.has(session.status) || (session.activity !== null && TERMINAL_ACTIVITIES.has(session.activity))
  );
}

/** Whether `restore` makes sense: the session is over, and its work is not merged. */
export function isRestorable(session: Pick<Session, 'status' | 'activity'>): boolean {
  return isTerminalSession(session) && !FINAL_STATUSES.has(session.status);
}

/** The part of the orchestrator's interface that the backend can do today. */
export function createSessionManager(
  client: Pick<OperationMethods, 'listSessions' | 'getSession' | 'restoreSession'>,
): Pick<SessionManager, 'list' | 'get' | 'restore'> {
  return {
    async list(projectId) {
      const sessions: Session[] = [];
      let pageToken: string | undefined;
      do {
        const page = await client.listSessions({ limit: PAGE, pageToken });
        sessions.push(...page.sessions.map(sessionOf));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return projectId === undefined ? sessions : sessions.filter((session) => session.projectId === projectId);
    },
    async get(sessionId) {
      try {
        return sessionOf((await client.getSession({ sessionId })).session);
      } catch (error) {
        if (error instanceof QuarterdeckError && error.reason === 'SESSION_UNKNOWN') return null;
        throw error;
      }
    },
    restore: async (sessionId) => sessionOf((await client.restoreSession({ sessionId })).session),
  };
}

/** The largest page that list_sessions gives. */
const PAGE = 50;

const STATUS_BY_OUTCOME: Readonly<Record<Outcome, SessionStatus>> = {
  completed: 'done',
  errored: 'errored',
  killed: 'killed',
  timed_out: 'terminated',
  expired: 'terminated',
  superseded: 'terminated',
};

function sessionOf(view: SessionView): Session {
  return {
    id: view.sessionId,
    projectId: view.projectName ?? '',
    status: statusOf(view),
    activity: view.activity,
    branch: null,
    issueId: null,
    pr: null,
    workspacePath: null,
    runtimeHandle: null,
    agentInfo: null,
    createdAt: new Date(view.createdAt),
    lastActivityAt: new Date(view.lastSeenAt),
    metadata: {},
  };
}

/** The nearest status to what the agent says of itself; held by the table in session-manager.test.ts. */
function statusOf({ state, outcome }: SessionView): SessionStatus {
  switch (state) {
    case 'complete':
      return STATUS_BY_OUTCOME[outcome ?? 'completed'];
    case 'blocked':
      return 'needs_input';
    case 'working':
    case 'pinned':
      return 'working';
  }
}
