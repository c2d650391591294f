import {
  AccountView,
  ALERT_TYPES,
  ApiKeyView,
  allOperations,
  ContextSnapshotView,
  callableName,
  collections,
  DeliveryView,
  DeviceView,
  documents,
  ERROR_CODES,
  EVENT_TYPES,
  EVENTS_TOPIC,
  EventView,
  FleetRowView,
  FleetSummary,
  Inbox,
  limits,
  MemberView,
  MemoryView,
  type Operation,
  ProgramStateView,
  ProgramView,
  REASONS,
  SessionView,
  SWEEP_TOPIC,
  TimelinePoint,
  WEBHOOK_DELIVERIES_TOPIC,
  WebhookView,
  WindowView,
} from '@quarterdeck/contract';
import type { z } from 'zod';

/**
 * What others hold on to: names, fields, codes, paths. A red test here asks: did you mean it? Then clients, agents, rules and documents that exist
 * have to be able to go on, and the literal changes in the same commit.
 */

interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly catchall?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly entries?: Record<string, string>;
  readonly values?: readonly unknown[];
}

/** A schema in one line: `{name: string, state?: working|blocked}`. */
function outline(schema: z.ZodType): string {
  const { type, shape, innerType, element, options, valueType, entries, values } = schema.def as unknown as Definition;
  if (shape) {
    const fields = Object.entries(shape).map(([name, field]) => {
      const optional = field.safeParse(undefined).success ? '?' : '';
      return `${name}${optional}: ${outline(field)}`;
    });
    return `{${fields.join(', ')}}`;
  }
  if (innerType) return type === 'nullable' ? `${outline(innerType)}|null` : outline(innerType);
  if (element) return `[${outline(element)}]`;
  if (options) return options.map(outline).join('|');
  if (entries) return Object.values(entries).join('|');
  if (values) return values.join('|');
  if (type === 'record' && valueType) return `{*: ${outline(valueType)}}`;
  return type;
}

/** Names of fields alone; `?` where one may be absent. */
function fieldsOf(schema: z.ZodObject): string {
  return Object.entries(schema.shape)
    .map(([name, field]) => (field.safeParse(undefined).success ? `${name}?` : name))
    .join(' ');
}

function surfaceOf({ name, effect, access, doors, input, output, errors }: Operation) {
  return {
    callable: callableName(name),
    effect,
    access: access.join(' '),
    doors: doors.join(' '),
    input: outline(input),
    output: fieldsOf(output),
    errors: errors.join(' '),
  };
}

/** From the table of the operations to `{ [name]: surface }`. */
const surface = Object.fromEntries(allOperations.map((operation) => [operation.name, surfaceOf(operation)]));

test.each<[name: string, pinned: ReturnType<typeof surfaceOf>]>([
  [
    'create_task',
    {
      callable: 'createTask',
      effect: 'create',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{title: string, target: string, instructions?: string, priority?: low|normal|high, ttlSeconds?: number, taskId?: string}',
      output: 'success taskId message task',
      errors: 'PROGRAM_UNKNOWN GROUP_EMPTY GROUP_TOO_LARGE TASK_EXISTS CONTENTION',
    },
  ],
  [
    'get_tasks',
    {
      callable: 'getTasks',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input:
        '{status?: pending|claimed|done|all, target?: string, mine?: boolean, createdBy?: string, limit?: number, pageToken?: string}',
      output: 'success tasks nextPageToken?',
      errors: 'NOT_OWNER INVALID_PAGE_TOKEN',
    },
  ],
  [
    'get_task',
    {
      callable: 'getTask',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{taskId: string}',
      output: 'success task',
      errors: 'TASK_UNKNOWN NOT_OWNER',
    },
  ],
  [
    'claim_task',
    {
      callable: 'claimTask',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{taskId: string, programId?: string, sessionId?: string}',
      output: 'success message task',
      errors:
        'TASK_UNKNOWN NOT_TARGET NOT_OWNER SESSION_DRAINING ALREADY_CLAIMED TASK_EXPIRED TASK_DONE SESSION_UNKNOWN SESSION_ENDED CONTENTION',
    },
  ],
  [
    'unclaim_task',
    {
      callable: 'unclaimTask',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{taskId: string}',
      output: 'success message task',
      errors: 'TASK_UNKNOWN NOT_OWNER NOT_HOLDER TASK_DONE TASK_EXPIRED CONTENTION',
    },
  ],
  [
    'complete_task',
    {
      callable: 'completeTask',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{taskId: string, outcome: SUCCESS|FAILED|SKIPPED|CANCELLED, result?: string, attempt?: number}',
      output: 'success message task',
      errors: 'TASK_UNKNOWN NOT_OWNER NOT_HOLDER TASK_DONE CONTENTION',
    },
  ],
  [
    'create_session',
    {
      callable: 'createSession',
      effect: 'create',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{name: string, sessionId?: string, programId?: string, status?: string, state?: working|blocked|pinned|complete, progress?: number, projectName?: string, expectedIntervalSeconds?: number, contextLimitBytes?: number, lifecycle?: spawning|working|pr_open|ci_failed|review_pending|changes_requested|approved|mergeable|merged|cleanup|needs_input|stuck|errored|killed|done|terminated, branch?: string|null, issueId?: string|null, pr?: {number: number, url: string, title?: string|null, isDraft?: boolean}|null, workspacePath?: string|null, runtimeHandle?: {id: string, runtimeName: string, data?: {*: string}}|null, agentInfo?: {summary?: string|null, agentSessionId?: string|null, cost?: {inputTokens: number, outputTokens: number, estimatedCostUsd: number}|null}|null, metadata?: {*: string|null}}',
      output: 'success sessionId message session',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN SESSION_LIMIT SESSION_ARCHIVED NOT_RESTORABLE CONTENTION',
    },
  ],
  [
    'get_context_utilization',
    {
      callable: 'getContextUtilization',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{sessionId?: string, programId?: string}',
      output: 'success sessions',
      errors: 'SESSION_UNKNOWN',
    },
  ],
  [
    'get_session',
    {
      callable: 'getSession',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{sessionId: string}',
      output: 'success session spawnRequest?',
      errors: 'SESSION_UNKNOWN',
    },
  ],
  [
    'heartbeat',
    {
      callable: 'heartbeat',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{sessionId?: string, contextBytes?: number, activity?: active|ready|idle|waiting_input|blocked|exited|null, tokens?: {inputTokens: number, outputTokens: number}, includeInbox?: boolean}',
      output: 'success sessionId heartbeatAt coalesced nextHeartbeatBy? inbox?',
      errors: 'SESSION_UNKNOWN SESSION_ENDED SESSION_ARCHIVED NO_CURRENT_SESSION NOT_OWNER CONTENTION',
    },
  ],
  [
    'list_sessions',
    {
      callable: 'listSessions',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input:
        '{state?: working|blocked|pinned|complete|all, programId?: string, limit?: number, includeArchived?: boolean, pageToken?: string}',
      output: 'success sessions nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'update_session',
    {
      callable: 'updateSession',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{status: string, sessionId?: string, contextBytes?: number, activity?: active|ready|idle|waiting_input|blocked|exited|null, tokens?: {inputTokens: number, outputTokens: number}, includeInbox?: boolean, state?: working|blocked|pinned|complete, outcome?: completed|errored|killed, progress?: number, projectName?: string, lastHeartbeat?: boolean, contextLimitBytes?: number, handoffRequired?: boolean, expectedIntervalSeconds?: number, lifecycle?: spawning|working|pr_open|ci_failed|review_pending|changes_requested|approved|mergeable|merged|cleanup|needs_input|stuck|errored|killed|done|terminated, branch?: string|null, issueId?: string|null, pr?: {number: number, url: string, title?: string|null, isDraft?: boolean}|null, workspacePath?: string|null, runtimeHandle?: {id: string, runtimeName: string, data?: {*: string}}|null, agentInfo?: {summary?: string|null, agentSessionId?: string|null, cost?: {inputTokens: number, outputTokens: number, estimatedCostUsd: number}|null}|null, metadata?: {*: string|null}}',
      output: 'success sessionId message heartbeatAt? nextHeartbeatBy? inbox?',
      errors: 'SESSION_UNKNOWN SESSION_ENDED SESSION_ARCHIVED NO_CURRENT_SESSION NOT_OWNER SESSION_LIMIT CONTENTION',
    },
  ],
  [
    'get_fleet_health',
    {
      callable: 'getFleetHealth',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable mcp rest',
      input: '{maxAgeSeconds?: number}',
      output: 'success programs summary computedAt',
      errors: '',
    },
  ],
  [
    'get_fleet_timeline',
    {
      callable: 'getFleetTimeline',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable mcp rest',
      input: '{period?: today|this_week|this_month, resolution?: 5m|15m|1h|1d}',
      output: 'success from to points',
      errors: '',
    },
  ],
  [
    'get_context_history',
    {
      callable: 'getContextHistory',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{programId: string, limit?: number}',
      output: 'success programId history',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN',
    },
  ],
  [
    'get_program_state',
    {
      callable: 'getProgramState',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{programId: string}',
      output:
        'programId exists revision sessionId contextSummary learnedPatterns config baselines decay updatedAt success',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN',
    },
  ],
  [
    'update_program_state',
    {
      callable: 'updateProgramState',
      effect: 'idempotent',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input:
        '{programId: string, sessionId?: string, contextSummary?: {lastTask?: string|{taskId?: string, title: string, outcome?: string, notes?: string}|null, activeWorkItems?: [string]|null, handoffNotes?: string|null, openQuestions?: [string]|null}, learnedPatterns?: [{id: string, domain?: string, pattern?: string, confidence?: number, evidence?: string|null, promoted?: boolean}], removePatternIds?: [string], config?: {preferredOutputFormat?: string|null, toolPreferences?: {*: string|null}|null, knownQuirks?: [string]|null, customSettings?: {*: lazy}|null}, baselines?: {avgTaskDurationMinutes?: number|null, commonFailureModes?: [string]|null, sessionsCompleted?: number|null, lastSessionDurationMinutes?: number|null}, decay?: {contextSummaryTTLDays?: number, learnedPatternMaxAge?: number, maxUnpromotedPatterns?: number}, ifRevision?: number}',
      output: 'success programId revision message',
      errors: 'NOT_OWNER REVISION_CONFLICT PATTERN_LIMIT CONTENTION',
    },
  ],
  [
    'boot',
    {
      callable: 'boot',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'mcp rest',
      input: '{programId?: string, maxChars?: number}',
      output:
        'success programId brief truncated predecessor liveSessions pendingTasks pendingMessages messages tasks programState',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN',
    },
  ],
  [
    'activate_agent',
    {
      callable: 'activateAgent',
      effect: 'create',
      access: 'program admin',
      doors: 'mcp rest',
      input: '{programId?: string, hours?: number, name?: string}',
      output:
        'success sessionId programId epoch openedAt expiresAt endsAt durationMinutes timeRemainingMinutes sessionToken superseded',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN SESSION_LIMIT CONTENTION',
    },
  ],
  [
    'current_session',
    {
      callable: 'currentSession',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'mcp rest',
      input: '{programId?: string}',
      output: 'success sessionId programId epoch openedAt expiresAt endsAt durationMinutes timeRemainingMinutes',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED',
    },
  ],
  [
    'deactivate_agent',
    {
      callable: 'deactivateAgent',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'mcp rest',
      input: '{programId?: string}',
      output: 'success sessionId programId outcome openedAt endedAt durationMinutes memoriesCreated',
      errors: 'NOT_OWNER NO_OPEN_WINDOW SUPERSEDED CONTENTION',
    },
  ],
  [
    'extend_session',
    {
      callable: 'extendSession',
      effect: 'create',
      access: 'program admin',
      doors: 'mcp rest',
      input: '{programId?: string, hours?: number}',
      output:
        'success sessionId programId epoch openedAt expiresAt endsAt durationMinutes timeRemainingMinutes hoursAdded',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED WINDOW_LIMIT CONTENTION',
    },
  ],
  [
    'answer',
    {
      callable: 'answer',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'mcp rest',
      input:
        '{programId?: string, question: string, limit?: number, types?: [fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error], tags?: [string], minConfidence?: number}',
      output: 'success answer citations composedBy ranking',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED',
    },
  ],
  [
    'forget',
    {
      callable: 'forget',
      effect: 'destructive',
      access: 'program admin',
      doors: 'mcp rest',
      input: '{programId?: string, memoryIds: [string]}',
      output: 'success forgotten',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED CONTENTION',
    },
  ],
  [
    'list_memories',
    {
      callable: 'listMemories',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'mcp rest',
      input:
        '{programId?: string, type?: fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error, limit?: number, pageToken?: string}',
      output: 'success memories nextPageToken?',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED INVALID_PAGE_TOKEN',
    },
  ],
  [
    'recall',
    {
      callable: 'recall',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'mcp rest',
      input:
        '{programId?: string, query: string, limit?: number, types?: [fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error], tags?: [string], minConfidence?: number}',
      output: 'success memories ranking',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED',
    },
  ],
  [
    'remember',
    {
      callable: 'remember',
      effect: 'create',
      access: 'program admin',
      doors: 'mcp rest',
      input:
        '{programId?: string, content?: string, type?: fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error, title?: string, confidence?: number, tags?: [string], provenance?: explicit_statement|inferred|corrected|validated|observed|imported, memories?: [{content: string, type?: fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error, title?: string, confidence?: number, tags?: [string], provenance?: explicit_statement|inferred|corrected|validated|observed|imported}]}',
      output: 'success memoryIds programId message',
      errors: 'NOT_OWNER NO_OPEN_WINDOW WINDOW_CLOSED SESSION_EXPIRED SUPERSEDED CONTENTION',
    },
  ],
  [
    'create_program',
    {
      callable: 'createProgram',
      effect: 'create',
      access: 'admin',
      doors: 'callable mcp rest',
      input:
        '{displayName?: string|null, role?: string|null, color?: string|null, groups?: [string], tags?: [string], programId: string}',
      output: 'success program',
      errors: 'PROGRAM_EXISTS CONTENTION',
    },
  ],
  [
    'get_program',
    {
      callable: 'getProgram',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{programId: string}',
      output: 'success program',
      errors: 'PROGRAM_UNKNOWN',
    },
  ],
  [
    'list_programs',
    {
      callable: 'listPrograms',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{limit?: number, pageToken?: string}',
      output: 'success programs nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'retire_program',
    {
      callable: 'retireProgram',
      effect: 'destructive',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{programId: string}',
      output: 'success program keysRevoked',
      errors: 'PROGRAM_UNKNOWN CONTENTION',
    },
  ],
  [
    'update_program',
    {
      callable: 'updateProgram',
      effect: 'idempotent',
      access: 'admin',
      doors: 'callable mcp rest',
      input:
        '{displayName?: string|null, role?: string|null, color?: string|null, groups?: [string], tags?: [string], programId: string}',
      output: 'success program',
      errors: 'PROGRAM_UNKNOWN CONTENTION',
    },
  ],
  [
    'create_key',
    {
      callable: 'createKey',
      effect: 'create',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{programId: string, label: string, role?: program|auditor|admin, expiresInDays?: number}',
      output: 'success programId key keyHash expiresAt',
      errors: '',
    },
  ],
  [
    'exchange_key',
    {
      callable: 'exchangeKey',
      effect: 'read',
      access: 'anyone',
      doors: 'callable rest',
      input: '{key: string}',
      output: 'success customToken accountId programId role',
      errors: 'INVALID_KEY',
    },
  ],
  [
    'list_keys',
    {
      callable: 'listKeys',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable mcp rest',
      input: '{programId?: string, limit?: number, pageToken?: string}',
      output: 'success keys nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'revoke_key',
    {
      callable: 'revokeKey',
      effect: 'destructive',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{keyHash: string}',
      output: 'success keyHash revokedAt',
      errors: 'KEY_UNKNOWN CONTENTION',
    },
  ],
  [
    'rotate_key',
    {
      callable: 'rotateKey',
      effect: 'destructive',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{keyHash?: string, graceMinutes?: number}',
      output: 'success programId key keyHash expiresAt oldKeyValidUntil',
      errors: 'KEY_UNKNOWN KEY_ROTATED KEY_NOT_ACTIVE NOT_OWNER CONTENTION',
    },
  ],
  [
    'create_account',
    {
      callable: 'createAccount',
      effect: 'idempotent',
      access: 'person',
      doors: 'callable rest',
      input: '{name?: string, acceptInvitation?: boolean}',
      output: 'success accountId role message',
      errors: 'CONTENTION',
    },
  ],
  [
    'get_account',
    {
      callable: 'getAccount',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{}',
      output: 'success account',
      errors: '',
    },
  ],
  [
    'update_account',
    {
      callable: 'updateAccount',
      effect: 'idempotent',
      access: 'admin',
      doors: 'callable mcp rest',
      input:
        '{staleAfterMinutes?: number, deadAfterMinutes?: number, blockedDeadAfterMinutes?: number, archiveAfterMinutes?: number, name?: string, tier?: free|pro|team|unlimited, sessionLimit?: number|null}',
      output: 'success account',
      errors: 'OPERATOR_ONLY TOO_MANY_LIVE_SESSIONS CONTENTION',
    },
  ],
  [
    'invite_member',
    {
      callable: 'inviteMember',
      effect: 'idempotent',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{email: string, role?: admin|auditor}',
      output: 'success memberId message',
      errors: 'MEMBER_EXISTS CONTENTION',
    },
  ],
  [
    'list_members',
    {
      callable: 'listMembers',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable mcp rest',
      input: '{limit?: number, pageToken?: string}',
      output: 'success members nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'remove_member',
    {
      callable: 'removeMember',
      effect: 'destructive',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{memberId: string}',
      output: 'success memberId',
      errors: 'MEMBER_UNKNOWN LAST_ADMIN CONTENTION',
    },
  ],
  [
    'set_member_role',
    {
      callable: 'setMemberRole',
      effect: 'idempotent',
      access: 'admin',
      doors: 'callable mcp rest',
      input: '{memberId: string, role: admin|auditor}',
      output: 'success memberId role',
      errors: 'MEMBER_UNKNOWN LAST_ADMIN CONTENTION',
    },
  ],
  [
    'restore_session',
    {
      callable: 'restoreSession',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{sessionId: string}',
      output: 'success sessionId message session',
      errors: 'SESSION_UNKNOWN NOT_OWNER NOT_RESTORABLE SESSION_LIMIT CONTENTION',
    },
  ],
  [
    'spawn_session',
    {
      callable: 'spawnSession',
      effect: 'create',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{projectId: string, issueId?: string, branch?: string, prompt?: string, agent?: string, programId?: string, metadata?: {*: string}}',
      output: 'success sessionId message session',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN SESSION_LIMIT CONTENTION',
    },
  ],
  [
    'kill_session',
    {
      callable: 'killSession',
      effect: 'destructive',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{sessionId: string}',
      output: 'success sessionId message session',
      errors: 'SESSION_UNKNOWN NOT_OWNER CONTENTION',
    },
  ],
  [
    'command_session',
    {
      callable: 'commandSession',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{sessionId: string, command: stop|drain|null}',
      output: 'success sessionId message session',
      errors: 'SESSION_UNKNOWN SESSION_ENDED NOT_OWNER CONTENTION',
    },
  ],
  [
    'cleanup_sessions',
    {
      callable: 'cleanupSessions',
      effect: 'idempotent',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{projectId?: string, dryRun?: boolean, pageToken?: string}',
      output: 'success cleaned skipped nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'export_account',
    {
      callable: 'exportAccount',
      effect: 'read',
      access: 'admin auditor',
      doors: 'rest',
      input: '{limit?: number, pageToken?: string}',
      output: 'success records nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'import_account',
    {
      callable: 'importAccount',
      effect: 'idempotent',
      access: 'admin',
      doors: 'rest',
      input:
        '{records: [{kind: account, name: string, staleAfterMinutes: number, deadAfterMinutes: number, blockedDeadAfterMinutes: number, archiveAfterMinutes: number}|{kind: program, programId: string, displayName: string|null, role: string|null, color: string|null, groups: [string], tags: [string], createdAt: string, retiredAt: string|null}|{kind: program_state, programId: string, revision: number, sessionId: string|null, contextSummary: {lastTask: string|{taskId?: string, title: string, outcome?: string, notes?: string}|null, activeWorkItems: [string], handoffNotes: string, openQuestions: [string]}, contextSummaryUpdatedAt: string|null, learnedPatterns: [{id: string, domain: string, pattern: string, confidence: number, evidence: string|null, promoted: boolean, discoveredAt: string, lastReinforcedAt: string}], config: {preferredOutputFormat: string|null, toolPreferences: {*: string}, knownQuirks: [string], customSettingsJson: string}, baselines: {avgTaskDurationMinutes: number|null, commonFailureModes: [string], sessionsCompleted: number, lastSessionDurationMinutes: number|null}, decay: {contextSummaryTTLDays: number, learnedPatternMaxAge: number, maxUnpromotedPatterns: number}, updatedAt: string}|{kind: context_snapshot, programId: string, slot: number, revision: number, sessionId: string|null, writtenAt: string, contextSummary: {lastTask: string|{taskId?: string, title: string, outcome?: string, notes?: string}|null, activeWorkItems: [string], handoffNotes: string, openQuestions: [string]}}|{kind: session, sessionId: string, programId: string|null, name: string, status: string|null, progress: number|null, projectName: string|null, activity: active|ready|idle|waiting_input|blocked|exited|null, tokens: {inputTokens: number, outputTokens: number}|null, contextBytes: number|null, contextLimitBytes: number|null, handoffRequired: boolean, handoffDecision: boolean|null, contextSamples: {*: {at: string, bytes: number}}, expectedIntervalSeconds: number|null, branch?: string|null, issueId?: string|null, pr?: {number: number, url: string, title: string|null, isDraft: boolean}|null, workspacePath?: string|null, runtimeHandle?: {id: string, runtimeName: string, data: {*: string}}|null, agentInfo?: {summary: string|null, agentSessionId: string|null, cost: {inputTokens: number, outputTokens: number, estimatedCostUsd: number}|null}|null, metadata?: {*: string}, restoredAt?: string|null, createdAt: string, startedAt: string, lastHeartbeat: string|null, lastActivityAt: string, state: working|blocked|pinned, lifecycle?: spawning|working|pr_open|ci_failed|review_pending|changes_requested|approved|mergeable|needs_input|stuck, staleSince: string|null, command?: {name: stop|drain, by: string, at: string}|null}|{kind: session, sessionId: string, programId: string|null, name: string, status: string|null, progress: number|null, projectName: string|null, activity: active|ready|idle|waiting_input|blocked|exited|null, tokens: {inputTokens: number, outputTokens: number}|null, contextBytes: number|null, contextLimitBytes: number|null, handoffRequired: boolean, handoffDecision: boolean|null, contextSamples: {*: {at: string, bytes: number}}, expectedIntervalSeconds: number|null, branch?: string|null, issueId?: string|null, pr?: {number: number, url: string, title: string|null, isDraft: boolean}|null, workspacePath?: string|null, runtimeHandle?: {id: string, runtimeName: string, data: {*: string}}|null, agentInfo?: {summary: string|null, agentSessionId: string|null, cost: {inputTokens: number, outputTokens: number, estimatedCostUsd: number}|null}|null, metadata?: {*: string}, restoredAt?: string|null, createdAt: string, startedAt: string, lastHeartbeat: string|null, lastActivityAt: string, state: complete, lifecycle?: merged|cleanup|errored|killed|done|terminated, endedAt: string, outcome: completed|timed_out|expired|superseded|killed|errored, archivedAt: string|null}|{kind: memory, memoryId: string, programId: string, sessionId: string, content: string, type: fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error, title: string, confidence: number, tags: [string], provenance: explicit_statement|inferred|corrected|validated|observed|imported, createdAt: string}|{kind: task, taskId: string, title: string, target: string, targets: [string], instructions: string|null, priority: low|normal|high, status: pending|claimed|done, attempt: number, createdAt: string, createdBy: string, creatorProgramId: string|null, expiresAt: string|null, claimedBy: string|null, sessionId: string|null, claimedAt: string|null, lastClaimedBy: string|null, outcome: SUCCESS|FAILED|SKIPPED|CANCELLED|null, result: string|null, completedAt: string|null, completedBy: string|null}|{kind: message, messageId: string, programId: string, target: string, from: string|null, sender: string, sessionId: string|null, threadId: string, replyTo: string|null, message: string, messageType: PING|PONG|HANDSHAKE|DIRECTIVE|STATUS|ACK|QUERY|RESULT, priority: low|normal|high, sentAt: string, expiresAt: string, readAt: string|null}|{kind: event, id: string, type: account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled, time: string, subject: string, actor: string, data: {*: string|number|boolean|null}}|{kind: fleet_day, day: string, points: [{at: string, programs: number, healthy: number, stale: number, offline: number, working: number, blocked: number, pinned: number, activeSessions: number, load: {working: number, blocked: number, pinned: number, stale: number, pendingTasks: number, pendingMessages: number}|null}]}]}',
      output: 'success imported unchanged refused',
      errors: 'RECORD_EXISTS PROGRAM_UNKNOWN SESSION_LIMIT CONTENTION',
    },
  ],
  [
    'list_events',
    {
      callable: 'listEvents',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable mcp rest',
      input:
        '{types?: [account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled], subject?: string, after?: string, limit?: number, pageToken?: string}',
      output: 'success events cursor nextPageToken?',
      errors: 'INVALID_PAGE_TOKEN',
    },
  ],
  [
    'create_webhook',
    {
      callable: 'createWebhook',
      effect: 'create',
      access: 'admin',
      doors: 'callable rest',
      input:
        '{url: string, eventTypes?: [account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled|session.blocked], description?: string}',
      output: 'success webhookId secret webhook',
      errors: 'WEBHOOK_LIMIT CONTENTION',
    },
  ],
  [
    'list_webhooks',
    {
      callable: 'listWebhooks',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable rest',
      input: '{}',
      output: 'success webhooks',
      errors: '',
    },
  ],
  [
    'delete_webhook',
    {
      callable: 'deleteWebhook',
      effect: 'destructive',
      access: 'admin',
      doors: 'callable rest',
      input: '{webhookId: string}',
      output: 'success webhookId',
      errors: 'WEBHOOK_UNKNOWN CONTENTION',
    },
  ],
  [
    'ping_webhook',
    {
      callable: 'pingWebhook',
      effect: 'create',
      access: 'admin',
      doors: 'callable rest',
      input: '{webhookId: string}',
      output: 'success webhookId delivered status error durationMs',
      errors: 'WEBHOOK_UNKNOWN WEBHOOK_DISABLED',
    },
  ],
  [
    'list_deliveries',
    {
      callable: 'listDeliveries',
      effect: 'read',
      access: 'admin auditor',
      doors: 'callable rest',
      input: '{webhookId: string, limit?: number}',
      output: 'success deliveries',
      errors: 'WEBHOOK_UNKNOWN',
    },
  ],
  [
    'resend_event',
    {
      callable: 'resendEvent',
      effect: 'create',
      access: 'admin',
      doors: 'callable rest',
      input: '{webhookId: string, eventId: string}',
      output: 'success delivery',
      errors: 'WEBHOOK_UNKNOWN WEBHOOK_DISABLED EVENT_UNKNOWN CONTENTION',
    },
  ],
  [
    'register_device',
    {
      callable: 'registerDevice',
      effect: 'idempotent',
      access: 'program admin auditor',
      doors: 'callable rest',
      input:
        '{token: string, platform: web|ios|android, label?: string, eventTypes?: [session.stale|session.recovered|session.blocked|session.ended]}',
      output: 'success deviceId device',
      errors: 'DEVICE_LIMIT CONTENTION',
    },
  ],
  [
    'list_devices',
    {
      callable: 'listDevices',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable rest',
      input: '{}',
      output: 'success devices',
      errors: '',
    },
  ],
  [
    'unregister_device',
    {
      callable: 'unregisterDevice',
      effect: 'destructive',
      access: 'program admin auditor',
      doors: 'callable rest',
      input: '{deviceId: string}',
      output: 'success deviceId',
      errors: 'DEVICE_UNKNOWN CONTENTION',
    },
  ],
  [
    'send_message',
    {
      callable: 'sendMessage',
      effect: 'create',
      access: 'program admin',
      doors: 'callable mcp rest',
      input:
        '{target: string, message: string, messageType?: PING|PONG|HANDSHAKE|DIRECTIVE|STATUS|ACK|QUERY|RESULT, priority?: low|normal|high, sessionId?: string, threadId?: string, replyTo?: string, ttlSeconds?: number}',
      output: 'success messageId threadId recipients sentAt expiresAt',
      errors: 'PROGRAM_UNKNOWN GROUP_EMPTY GROUP_TOO_LARGE MESSAGE_UNKNOWN CONTENTION',
    },
  ],
  [
    'send_to_session',
    {
      callable: 'sendToSession',
      effect: 'create',
      access: 'program admin',
      doors: 'callable mcp rest',
      input: '{sessionId: string, message: string}',
      output: 'success messageId threadId recipients sentAt expiresAt',
      errors: 'SESSION_UNKNOWN SESSION_ENDED PROGRAM_UNKNOWN CONTENTION',
    },
  ],
  [
    'get_messages',
    {
      callable: 'getMessages',
      effect: 'idempotent',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input:
        '{programId?: string, unreadOnly?: boolean, threadId?: string, markAsRead?: boolean, limit?: number, pageToken?: string}',
      output: 'success programId messages pendingMessages nextPageToken?',
      errors: 'NOT_OWNER PROGRAM_UNKNOWN INVALID_PAGE_TOKEN CONTENTION',
    },
  ],
  [
    'get_sent_messages',
    {
      callable: 'getSentMessages',
      effect: 'read',
      access: 'program admin auditor',
      doors: 'callable mcp rest',
      input: '{programId?: string, limit?: number, pageToken?: string}',
      output: 'success programId messages nextPageToken?',
      errors: 'NOT_OWNER INVALID_PAGE_TOKEN',
    },
  ],
])('operation %s', (name, pinned) => {
  expect(surface[name]).toEqual(pinned);
});

test('there are no further operations', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'activate_agent',
    'answer',
    'boot',
    'claim_task',
    'cleanup_sessions',
    'command_session',
    'complete_task',
    'create_account',
    'create_key',
    'create_program',
    'create_session',
    'create_task',
    'create_webhook',
    'current_session',
    'deactivate_agent',
    'delete_webhook',
    'exchange_key',
    'export_account',
    'extend_session',
    'forget',
    'get_account',
    'get_context_history',
    'get_context_utilization',
    'get_fleet_health',
    'get_fleet_timeline',
    'get_messages',
    'get_program',
    'get_program_state',
    'get_sent_messages',
    'get_session',
    'get_task',
    'get_tasks',
    'heartbeat',
    'import_account',
    'invite_member',
    'kill_session',
    'list_deliveries',
    'list_devices',
    'list_events',
    'list_keys',
    'list_members',
    'list_memories',
    'list_programs',
    'list_sessions',
    'list_webhooks',
    'ping_webhook',
    'recall',
    'register_device',
    'remember',
    'remove_member',
    'resend_event',
    'restore_session',
    'retire_program',
    'revoke_key',
    'rotate_key',
    'send_message',
    'send_to_session',
    'set_member_role',
    'spawn_session',
    'unclaim_task',
    'unregister_device',
    'update_account',
    'update_program',
    'update_program_state',
    'update_session',
  ]);
});

test('every operation refuses fields that it does not declare', () => {
  for (const { name, input } of allOperations)
    expect([name, (input.def.catchall as z.ZodType | undefined)?.def.type]).toEqual([name, 'never']);
});

test.each<[name: string, view: z.ZodObject, pinned: string]>([
  [
    'AccountView',
    AccountView,
    '{staleAfterMinutes: number, deadAfterMinutes: number, blockedDeadAfterMinutes: number, archiveAfterMinutes: number, accountId: string, name: string, tier: free|pro|team|unlimited, sessionLimit: number|null, createdAt: string}',
  ],
  [
    'ApiKeyView',
    ApiKeyView,
    '{keyHash: string, programId: string, role: program|auditor|admin, label: string, status: active|expired|revoked, createdAt: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null}',
  ],
  [
    'ContextSnapshotView',
    ContextSnapshotView,
    '{revision: number, sessionId: string|null, writtenAt: string, contextSummary: {lastTask: string|{taskId?: string, title: string, outcome?: string, notes?: string}|null, activeWorkItems: [string], handoffNotes: string, openQuestions: [string]}}',
  ],
  [
    'FleetRowView',
    FleetRowView,
    '{programId: string, lastHeartbeat: string|null, heartbeatAge: string|null, lastSeenAt: string|null, pendingMessages: number, pendingTasks: number, state: working|blocked|pinned|complete|offline, health: healthy|stale|offline, staleAfterSeconds: number|null, sessionId: string|null, activeSessions: number, handoffRequired: boolean}',
  ],
  [
    'FleetSummary',
    FleetSummary,
    '{programs: number, healthy: number, stale: number, offline: number, working: number, blocked: number, pinned: number, activeSessions: number}',
  ],
  [
    'MemberView',
    MemberView,
    '{memberId: string, status: active|invited, role: admin|auditor, email: string|null, displayName: string|null, since: string}',
  ],
  [
    'MemoryView',
    MemoryView,
    '{memoryId: string, programId: string, sessionId: string, content: string, type: fact|preference|goal|decision|artifact|learning|event|instruction|relationship|context|observation|commitment|error, title: string, confidence: number, tags: [string], provenance: explicit_statement|inferred|corrected|validated|observed|imported, createdAt: string}',
  ],
  [
    'ProgramStateView',
    ProgramStateView,
    '{programId: string, exists: boolean, revision: number, sessionId: string|null, contextSummary: {lastTask: string|{taskId?: string, title: string, outcome?: string, notes?: string}|null, activeWorkItems: [string], handoffNotes: string, openQuestions: [string], stale: boolean, updatedAt: string|null}, learnedPatterns: [{id: string, domain: string, pattern: string, confidence: number, evidence: string|null, promoted: boolean, discoveredAt: string, lastReinforcedAt: string}], config: {preferredOutputFormat: string|null, toolPreferences: {*: string}, knownQuirks: [string], customSettings: {*: lazy}}, baselines: {avgTaskDurationMinutes: number|null, commonFailureModes: [string], sessionsCompleted: number, lastSessionDurationMinutes: number|null}, decay: {contextSummaryTTLDays: number, learnedPatternMaxAge: number, maxUnpromotedPatterns: number}, updatedAt: string|null}',
  ],
  [
    'ProgramView',
    ProgramView,
    '{programId: string, displayName: string|null, role: string|null, color: string|null, groups: [string], tags: [string], createdAt: string, retiredAt: string|null}',
  ],
  [
    'SessionView',
    SessionView,
    '{sessionId: string, programId: string|null, name: string, state: working|blocked|pinned|complete, lifecycle: spawning|working|pr_open|ci_failed|review_pending|changes_requested|approved|mergeable|merged|cleanup|needs_input|stuck|errored|killed|done|terminated, status: string|null, progress: number|null, projectName: string|null, activity: active|ready|idle|waiting_input|blocked|exited|null, tokens: {inputTokens: number, outputTokens: number}|null, contextBytes: number|null, contextLimitBytes: number|null, handoffRequired: boolean, expectedIntervalSeconds: number|null, branch: string|null, issueId: string|null, pr: {number: number, url: string, title: string|null, isDraft: boolean}|null, workspacePath: string|null, runtimeHandle: {id: string, runtimeName: string, data: {*: string}}|null, agentInfo: {summary: string|null, agentSessionId: string|null, cost: {inputTokens: number, outputTokens: number, estimatedCostUsd: number}|null}|null, metadata: {*: string}, restoredAt: string|null, spawnRequestedAt: string|null, command: {name: stop|drain, by: string, at: string}|null, createdAt: string, lastHeartbeat: string|null, heartbeatAge: string|null, lastSeenAt: string, stale: boolean, staleAfterSeconds: number, expiresAt: string|null, endedAt: string|null, outcome: completed|timed_out|expired|superseded|killed|errored|null, archivedAt: string|null}',
  ],
  ['Inbox', Inbox, '{pendingMessages: number, pendingTasks: number, command: stop|drain|null}'],
  [
    'TimelinePoint',
    TimelinePoint,
    '{programs: number, healthy: number, stale: number, offline: number, working: number, blocked: number, pinned: number, activeSessions: number, at: string, load: {working: number, blocked: number, pinned: number, stale: number, pendingTasks: number, pendingMessages: number}|null}',
  ],
  [
    'WindowView',
    WindowView,
    '{sessionId: string, programId: string, epoch: number, openedAt: string, expiresAt: string, endsAt: string, durationMinutes: number, timeRemainingMinutes: number}',
  ],
  [
    'DeliveryView',
    DeliveryView,
    '{eventId: string, type: account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled, status: waiting|sending|delivered|failed|canceled, attempts: number, createdAt: string, lastAttemptAt: string|null, nextAttemptAt: string|null, lastStatus: number|null, lastError: string|null}',
  ],
  [
    'EventView',
    EventView,
    '{id: string, type: account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled, time: string, subject: string, actor: string, data: {*: string|number|boolean|null}}',
  ],
  [
    'DeviceView',
    DeviceView,
    '{deviceId: string, platform: web|ios|android, label: string|null, eventTypes: [session.stale|session.recovered|session.blocked|session.ended], createdAt: string, refreshedAt: string}',
  ],
  [
    'WebhookView',
    WebhookView,
    '{webhookId: string, url: string, eventTypes: [account.created|account.updated|member.invited|member.joined|member.role_changed|member.removed|program.created|program.updated|program.retired|key.created|key.rotated|key.revoked|session.started|session.state_changed|session.lifecycle_changed|session.spawn_requested|session.commanded|session.extended|session.stale|session.recovered|session.ended|message.sent|task.created|task.claimed|task.released|task.completed|webhook.created|webhook.deleted|webhook.disabled|session.blocked], description: string|null, status: enabled|disabled, createdAt: string, disabledAt: string|null}',
  ],
])('%s', (_name, view, pinned) => {
  expect(outline(view)).toBe(pinned);
});

test('every code, and every reason with its code', () => {
  expect([...ERROR_CODES]).toEqual([
    'invalid-argument',
    'unauthenticated',
    'permission-denied',
    'not-found',
    'already-exists',
    'failed-precondition',
    'aborted',
    'resource-exhausted',
    'unavailable',
    'deadline-exceeded',
    'internal',
  ]);
  expect(REASONS).toEqual({
    INVALID_FIELD: 'invalid-argument',
    INVALID_PAGE_TOKEN: 'invalid-argument',
    IDEMPOTENCY_KEY_REUSED: 'invalid-argument',
    REQUEST_TOO_LARGE: 'invalid-argument',
    NO_CREDENTIAL: 'unauthenticated',
    INVALID_KEY: 'unauthenticated',
    INVALID_ID_TOKEN: 'unauthenticated',
    TOKEN_REVOKED: 'unauthenticated',
    INVALID_SESSION_TOKEN: 'unauthenticated',
    NO_SESSION_TOKEN: 'unauthenticated',
    SESSION_EXPIRED: 'unauthenticated',
    WINDOW_CLOSED: 'unauthenticated',
    NO_ACCOUNT: 'permission-denied',
    ROLE_NOT_ALLOWED: 'permission-denied',
    NOT_OWNER: 'permission-denied',
    NOT_TARGET: 'permission-denied',
    FOREIGN_ORIGIN: 'permission-denied',
    OPERATOR_ONLY: 'permission-denied',
    SESSION_UNKNOWN: 'not-found',
    OPERATION_UNKNOWN: 'not-found',
    PROGRAM_UNKNOWN: 'not-found',
    MESSAGE_UNKNOWN: 'not-found',
    KEY_UNKNOWN: 'not-found',
    MEMBER_UNKNOWN: 'not-found',
    EVENT_UNKNOWN: 'not-found',
    WEBHOOK_UNKNOWN: 'not-found',
    DEVICE_UNKNOWN: 'not-found',
    TASK_UNKNOWN: 'not-found',
    GROUP_EMPTY: 'not-found',
    TASK_EXISTS: 'already-exists',
    MEMBER_EXISTS: 'already-exists',
    PROGRAM_EXISTS: 'already-exists',
    RECORD_EXISTS: 'already-exists',
    SESSION_ENDED: 'failed-precondition',
    SESSION_ARCHIVED: 'failed-precondition',
    NOT_RESTORABLE: 'failed-precondition',
    NO_CURRENT_SESSION: 'failed-precondition',
    NO_OPEN_WINDOW: 'failed-precondition',
    WINDOW_LIMIT: 'failed-precondition',
    SESSION_DRAINING: 'failed-precondition',
    ALREADY_CLAIMED: 'failed-precondition',
    TASK_EXPIRED: 'failed-precondition',
    TASK_DONE: 'failed-precondition',
    NOT_HOLDER: 'failed-precondition',
    LAST_ADMIN: 'failed-precondition',
    KEY_ROTATED: 'failed-precondition',
    KEY_NOT_ACTIVE: 'failed-precondition',
    WEBHOOK_DISABLED: 'failed-precondition',
    TOO_MANY_LIVE_SESSIONS: 'failed-precondition',
    SESSION_LIMIT: 'resource-exhausted',
    PATTERN_LIMIT: 'resource-exhausted',
    GROUP_TOO_LARGE: 'resource-exhausted',
    WEBHOOK_LIMIT: 'resource-exhausted',
    DEVICE_LIMIT: 'resource-exhausted',
    REVISION_CONFLICT: 'aborted',
    SUPERSEDED: 'aborted',
    CONTENTION: 'aborted',
    DATABASE_UNAVAILABLE: 'unavailable',
    NEWER_DOCUMENT: 'unavailable',
    DATABASE_TIMEOUT: 'deadline-exceeded',
    UNEXPECTED: 'internal',
  });
});

test('every type of event, and the topics', () => {
  expect([...EVENT_TYPES]).toEqual([
    'account.created',
    'account.updated',
    'member.invited',
    'member.joined',
    'member.role_changed',
    'member.removed',
    'program.created',
    'program.updated',
    'program.retired',
    'key.created',
    'key.rotated',
    'key.revoked',
    'session.started',
    'session.state_changed',
    'session.lifecycle_changed',
    'session.spawn_requested',
    'session.commanded',
    'session.extended',
    'session.stale',
    'session.recovered',
    'session.ended',
    'message.sent',
    'task.created',
    'task.claimed',
    'task.released',
    'task.completed',
    'webhook.created',
    'webhook.deleted',
    'webhook.disabled',
  ]);
  expect([EVENTS_TOPIC, SWEEP_TOPIC, WEBHOOK_DELIVERIES_TOPIC]).toEqual([
    'events',
    'sweep-account',
    'webhook-deliveries',
  ]);
  expect([...ALERT_TYPES]).toEqual(['session.stale', 'session.recovered', 'session.blocked', 'session.ended']);
});

test('every path of a document', () => {
  const paths = {
    account: documents.account('A'),
    program: documents.program('A', 'builder'),
    session: documents.session('A', 's'),
    endedSession: documents.endedSession('A', 's'),
    slots: documents.slots('A'),
    spawnRequest: documents.spawnRequest('A', 'S'),
    spawnCounter: documents.spawnCounter('A', 'P'),
    programState: documents.programState('A', 'builder'),
    contextSnapshot: documents.contextSnapshot('A', 'builder', 7),
    fleet: [documents.fleet('A'), documents.fleet('A', 2)].join(' '),
    fleetDay: documents.fleetDay('A', '2026-02-24'),
    window: documents.window('A', 'builder'),
    task: documents.task('A', 't'),
    memory: documents.memory('A', 'm'),
    message: documents.message('A', 'm'),
    event: documents.event('A', 'e'),
    member: documents.member('A', 'm'),
    devices: documents.devices('A'),
    push: documents.push('A', 'p'),
    deviceAccount: documents.deviceAccount('d'),
    webhooks: documents.webhooks('A'),
    webhookSecret: documents.webhookSecret('A', 'w'),
    delivery: documents.delivery('A', 'w', 'e'),
    apiKey: documents.apiKey('hash'),
    principal: documents.principal('uid'),
    invitation: documents.invitation('hash'),
    idempotentCall: documents.idempotentCall('hash'),
    invalidations: documents.invalidations(),
  } satisfies Record<keyof typeof documents, string>;
  expect(paths).toEqual({
    account: 'accounts/A',
    program: 'accounts/A/programs/builder',
    session: 'accounts/A/sessions/s',
    endedSession: 'accounts/A/sessionHistory/s',
    slots: 'accounts/A/slots/live',
    spawnRequest: 'accounts/A/spawnRequests/S',
    spawnCounter: 'accounts/A/spawnCounters/P',
    programState: 'accounts/A/programState/builder',
    contextSnapshot: 'accounts/A/programState/builder/contextHistory/7',
    fleet: 'accounts/A/fleet/health accounts/A/fleet/health-2',
    fleetDay: 'accounts/A/fleet/health/points/2026-02-24',
    window: 'accounts/A/windows/builder',
    task: 'accounts/A/tasks/t',
    message: 'accounts/A/messages/m',
    memory: 'accounts/A/memories/m',
    event: 'accounts/A/events/e',
    member: 'accounts/A/members/m',
    devices: 'accounts/A/devices/all',
    push: 'accounts/A/pushes/p',
    deviceAccount: 'deviceAccounts/d',
    webhooks: 'accounts/A/webhooks/all',
    webhookSecret: 'accounts/A/webhookSecrets/w',
    delivery: 'accounts/A/deliveries/w_e',
    apiKey: 'apiKeys/hash',
    principal: 'principals/uid',
    invitation: 'invitations/hash',
    idempotentCall: 'idempotentCalls/hash',
    invalidations: 'invalidations/latest',
  });
  expect(Object.keys(paths).sort()).toEqual(Object.keys(documents).sort());
});

test('every collection', () => {
  const paths = Object.entries(collections).map(([name, path]) => [
    name,
    (path as (...ids: string[]) => string)('A', 'builder'),
  ]);
  expect(Object.fromEntries(paths)).toEqual({
    accounts: 'accounts',
    programs: 'accounts/A/programs',
    sessions: 'accounts/A/sessions',
    sessionHistory: 'accounts/A/sessionHistory',
    spawnRequests: 'accounts/A/spawnRequests',
    programState: 'accounts/A/programState',
    contextHistory: 'accounts/A/programState/builder/contextHistory',
    fleet: 'accounts/A/fleet',
    fleetDays: 'accounts/A/fleet/health/points',
    tasks: 'accounts/A/tasks',
    memories: 'accounts/A/memories',
    messages: 'accounts/A/messages',
    events: 'accounts/A/events',
    members: 'accounts/A/members',
    deliveries: 'accounts/A/deliveries',
    allDeliveries: 'deliveries',
    apiKeys: 'apiKeys',
  });
});

test('defaults that callers rely on when they omit a field', () => {
  const defaultsOf = (operation: Operation, input: object) => {
    const parsed = operation.input.parse(input);
    return Object.fromEntries(Object.entries(parsed).filter(([field]) => !(field in input)));
  };
  const given: Record<string, object> = {
    create_session: { name: 'x' },
    update_session: { status: 'x' },
    get_session: { sessionId: 's' },
    restore_session: { sessionId: 's' },
    spawn_session: { projectId: 'p' },
    kill_session: { sessionId: 's' },
    command_session: { sessionId: 's', command: null },
    create_task: { title: 'x', target: 'builder' },
    get_task: { taskId: 't' },
    claim_task: { taskId: 't' },
    unclaim_task: { taskId: 't' },
    complete_task: { taskId: 't', outcome: 'SUCCESS' },
    import_account: {
      records: [
        {
          kind: 'account',
          name: 'x',
          staleAfterMinutes: 1,
          deadAfterMinutes: 1,
          blockedDeadAfterMinutes: 1,
          archiveAfterMinutes: 1,
        },
      ],
    },
    get_program_state: { programId: 'p' },
    update_program_state: { programId: 'p' },
    get_context_history: { programId: 'p' },
    get_program: { programId: 'p' },
    update_program: { programId: 'p' },
    create_key: { programId: 'p', label: 'x' },
    revoke_key: { keyHash: '0'.repeat(64) },
    exchange_key: { key: 'x' },
    invite_member: { email: 'a@example.com' },
    set_member_role: { memberId: 'm', role: 'admin' },
    remove_member: { memberId: 'm' },
    create_program: { programId: 'p' },
    retire_program: { programId: 'p' },
    register_device: { token: 'x', platform: 'web' },
    unregister_device: { deviceId: '0'.repeat(32) },
    create_webhook: { url: 'https://example.com' },
    delete_webhook: { webhookId: '00000000-0000-4000-8000-000000000000' },
    ping_webhook: { webhookId: '00000000-0000-4000-8000-000000000000' },
    list_deliveries: { webhookId: '00000000-0000-4000-8000-000000000000' },
    resend_event: {
      webhookId: '00000000-0000-4000-8000-000000000000',
      eventId: '00000000-0000-4000-8000-000000000000',
    },
    remember: { content: 'x' },
    recall: { query: 'x' },
    send_message: { target: 'p', message: 'x' },
    send_to_session: { sessionId: 's', message: 'x' },
    answer: { question: 'x' },
    forget: { memoryIds: ['00000000-0000-4000-8000-000000000000'] },
  };
  const defaults = allOperations.map(
    (operation) => [operation.name, defaultsOf(operation, given[operation.name] ?? {})] as const,
  );
  expect(Object.fromEntries(defaults.filter(([, own]) => Object.keys(own).length > 0))).toEqual({
    activate_agent: { hours: 6 },
    answer: { limit: 5 },
    boot: { maxChars: 4000 },
    cleanup_sessions: { dryRun: false },
    create_account: { acceptInvitation: true },
    create_key: { role: 'program' },
    export_account: { limit: 100 },
    extend_session: { hours: 6 },
    get_context_history: { limit: 20 },
    get_fleet_health: { maxAgeSeconds: 60 },
    get_messages: { unreadOnly: true, markAsRead: false, limit: 10 },
    get_sent_messages: { limit: 10 },
    send_message: { messageType: 'STATUS', priority: 'normal', ttlSeconds: 86400 },
    get_fleet_timeline: { period: 'today', resolution: '15m' },
    invite_member: { role: 'auditor' },
    create_webhook: { eventTypes: ['session.stale', 'session.recovered', 'session.blocked', 'session.ended'] },
    list_deliveries: { limit: 20 },
    list_events: { limit: 50 },
    list_keys: { limit: 100 },
    list_members: { limit: 100 },
    list_memories: { limit: 10 },
    list_programs: { limit: 100 },
    update_session: { includeInbox: false },
    heartbeat: { includeInbox: false },
    list_sessions: { state: 'all', limit: 10, includeArchived: false },
    get_tasks: { status: 'pending', limit: 10 },
    create_task: { priority: 'normal' },
    recall: { limit: 10 },
    rotate_key: { graceMinutes: 0 },
  });
});

test('limits by tier, and the thresholds of a new account', () => {
  expect(limits.SESSIONS_BY_TIER).toEqual({ free: 1, pro: 5, team: 10, unlimited: null });
  expect([
    limits.STALE_AFTER_DEFAULT_MINUTES,
    limits.DEAD_AFTER_DEFAULT_MINUTES,
    limits.BLOCKED_DEAD_AFTER_DEFAULT_MINUTES,
    limits.ARCHIVE_AFTER_DEFAULT_MINUTES,
  ]).toEqual([15, 65, 1440, 60]);
});
