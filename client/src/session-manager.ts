import { QuarterdeckError } from './errors.js';
import type { Activity, AgentInfo, Lifecycle, OperationMethods, RuntimeHandle, SessionView } from './operations.js';

/**
 * Where a session stands in the eyes of an orchestrator: what the backend calls its lifecycle. Terminal: `merged`, `cleanup`, `errored`, `killed`,
 * `done`, `terminated`.
 */
export type SessionStatus = Lifecycle;

/** What the agent's process is doing. Terminal: `exited`. */
export type ActivityState = Activity;

/** A pull request of a session. */
export interface PullRequestInfo {
  readonly number: number;
  readonly url: string;
  readonly title: string | null;
  readonly isDraft: boolean;
  /** The session's branch. */
  readonly branch: string | null;
}

/** A session as an orchestrator sees it. */
export interface Session {
  readonly id: string;
  /** Empty: the session named no project. */
  readonly projectId: string;
  readonly status: SessionStatus;
  /** Null: not known. */
  readonly activity: ActivityState | null;
  /** Null: not created yet. */
  readonly branch: string | null;
  /** Null: it works on no issue. */
  readonly issueId: string | null;
  /** Null: not opened yet. */
  readonly pr: PullRequestInfo | null;
  /** Null: not created yet. */
  readonly workspacePath: string | null;
  /** How to reach the agent's environment. Null: not started yet. */
  readonly runtimeHandle: RuntimeHandle | null;
  /** What the agent's own tool says of the session. Null: nothing yet. */
  readonly agentInfo: AgentInfo | null;
  readonly createdAt: Date;
  /** The last sign of life: beat, report or creation. */
  readonly lastActivityAt: Date;
  /** When it was last restored. Absent: never. */
  readonly restoredAt?: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a new session is to work on. */
export interface SessionSpawnConfig {
  readonly projectId: string;
  readonly issueId?: string;
  readonly branch?: string;
  /** What the agent is told first. */
  readonly prompt?: string;
  /** Which agent runs it. Default: the runner decides. */
  readonly agent?: string;
  /** Whose session it is. Default: the caller's program. */
  readonly programId?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What `cleanup` did, or would do. */
export interface CleanupResult {
  /** Sessions that are archived now. */
  readonly cleaned: readonly string[];
  /** Sessions that came back to life meanwhile. */
  readonly skipped: readonly string[];
}

/** What an orchestrator does with sessions; `createSessionManager` makes one. */
export interface SessionManager {
  /**
   * Asks a runner to start an agent. The session is there at once, as `spawning`.
   * @throws QuarterdeckError `resource-exhausted` SESSION_LIMIT, `permission-denied` NOT_OWNER, `not-found` PROGRAM_UNKNOWN
   */
  spawn(config: SessionSpawnConfig): Promise<Session>;
  /**
   * Brings a session that is over back. One that lives stays as it is.
   * @throws QuarterdeckError `not-found` SESSION_UNKNOWN, `permission-denied` NOT_OWNER, `failed-precondition` NOT_RESTORABLE when it is merged,
   * `resource-exhausted` SESSION_LIMIT
   */
  restore(sessionId: string): Promise<Session>;
  /** Live sessions and those that are over but not archived, live ones first, each newest first; of one project, or of all. */
  list(projectId?: string): Promise<Session[]>;
  /** Also an archived one. Null: there is none of this name. */
  get(sessionId: string): Promise<Session | null>;
  /**
   * Ends a session; its runner stops the agent. One that is over stays as it ended.
   * @throws QuarterdeckError `not-found` SESSION_UNKNOWN, `permission-denied` NOT_OWNER
   */
  kill(sessionId: string): Promise<void>;
  /**
   * Says something to the agent of a live session: it is in the inbox of the session's program, as a directive for that session.
   * @throws QuarterdeckError `not-found` SESSION_UNKNOWN, or PROGRAM_UNKNOWN when the session is the account's, `failed-precondition` SESSION_ENDED
   */
  send(sessionId: string, message: string): Promise<void>;
  /** Archives what is over, of one project or of all; with `dryRun` it only says what. */
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

type Methods = Pick<
  OperationMethods,
  | 'listSessions'
  | 'getSession'
  | 'restoreSession'
  | 'spawnSession'
  | 'killSession'
  | 'sendToSession'
  | 'cleanupSessions'
>;

/** The orchestrator's interface on a client. */
export function createSessionManager(client: Methods): SessionManager {
  return {
    spawn: async (config) => sessionOf((await client.spawnSession(config)).session),
    async list(projectId) {
      const sessions: Session[] = [];
      for await (const page of pagesOf((pageToken) => client.listSessions({ limit: PAGE, pageToken }))) {
        sessions.push(...page.sessions.map(sessionOf));
      }
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
    async kill(sessionId) {
      await client.killSession({ sessionId });
    },
    async send(sessionId, message) {
      await client.sendToSession({ sessionId, message });
    },
    async cleanup(projectId, { dryRun } = {}) {
      const all: { cleaned: string[]; skipped: string[] } = { cleaned: [], skipped: [] };
      for await (const page of pagesOf((pageToken) => client.cleanupSessions({ projectId, dryRun, pageToken }))) {
        all.cleaned.push(...page.cleaned);
        all.skipped.push(...page.skipped);
      }
      return all;
    },
  };
}

/** The largest page that list_sessions gives. */
const PAGE = 50;

async function* pagesOf<Page extends { readonly nextPageToken?: string | undefined }>(
  read: (pageToken: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken);
    yield page;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

function sessionOf(view: SessionView): Session {
  return {
    id: view.sessionId,
    projectId: view.projectName ?? '',
    status: view.lifecycle,
    activity: view.activity,
    branch: view.branch,
    issueId: view.issueId,
    pr: view.pr && { ...view.pr, branch: view.branch },
    workspacePath: view.workspacePath,
    runtimeHandle: view.runtimeHandle,
    agentInfo: view.agentInfo,
    createdAt: new Date(view.createdAt),
    lastActivityAt: new Date(view.lastSeenAt),
    ...(view.restoredAt === null ? {} : { restoredAt: new Date(view.restoredAt) }),
    metadata: view.metadata,
  };
}
