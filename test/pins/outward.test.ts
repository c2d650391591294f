import {
  ALERT_TYPES,
  allOperations,
  collections,
  documents,
  ERROR_CODES,
  EVENT_TYPES,
  EVENTS_TOPIC,
  limits,
  type Operation,
  REASONS,
  SWEEP_TOPIC,
  WEBHOOK_DELIVERIES_TOPIC,
} from '@quarterdeck/contract';
import type { z } from 'zod';
import { type Outward, outward } from '../support/outward.js';
import pinned from './outward.json';

/**
 * What others hold on to: names, fields, codes, paths. A red test here asks: did you mean it? Then clients, agents, rules and documents that exist
 * have to be able to go on, and what is pinned changes in the same commit: outward.json by `npm run pins`, the literals here by hand.
 */

const now = outward();

describe('npm run pins writes what the contract says now; look through the difference, others hold on to what was', () => {
  test.each(Object.keys({ ...pinned.operations, ...now.operations }))('operation %s', (name) => {
    expect(now.operations[name]).toEqual((pinned as Outward).operations[name]);
  });

  test.each(Object.keys({ ...pinned.views, ...now.views }))('%s', (name) => {
    expect(now.views[name]).toEqual((pinned as Outward).views[name]);
  });
});

test('every operation refuses fields that it does not declare', () => {
  for (const { name, input } of allOperations)
    expect([name, (input.def.catchall as z.ZodType | undefined)?.def.type]).toEqual([name, 'never']);
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
