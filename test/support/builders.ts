import {
  type Account,
  ALERT_TYPES,
  type AlertType,
  type ApiKey,
  type Delivery,
  DeliveryView,
  type Device,
  DeviceView,
  type EndedSession,
  type Fleet,
  type FleetRow,
  iso,
  type LiveSession,
  lifecycleOfOutcome,
  lifecycleOfState,
  type Memory,
  MemoryView,
  type Outcome,
  type ProgramState,
  ProgramStateView,
  SessionView,
  type StoredEvent,
  type Task,
  TaskView,
  UNREPORTED,
  viewSession,
  viewTask,
} from '@quarterdeck/contract';
import { hashKey } from '../../functions/src/domain/api-key.js';
import { viewDevice } from '../../functions/src/domain/device.js';
import { viewMemory } from '../../functions/src/domain/memory.js';
import { emptyProgramState, viewProgramState } from '../../functions/src/domain/program-state.js';
import { viewDelivery } from '../../functions/src/domain/webhook-delivery.js';

/** Where every fixture starts: a Monday morning. */
export const START = new Date('2026-03-02T10:00:00.000Z');

export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** The moment that comes a span after START; negative spans come before it. */
export function after({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }: Span): Date {
  return new Date(START.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms);
}

/** An account with the default thresholds: stale 15, dead 65, blocked 1440, archive 60 minutes. */
export function anAccount(fields: Partial<Account> = {}): Account {
  return {
    accountId: 'abcdefghijklmnopqrst',
    name: 'Test',
    tier: 'unlimited',
    sessionLimit: null,
    staleAfterMinutes: 15,
    deadAfterMinutes: 65,
    blockedDeadAfterMinutes: 1440,
    archiveAfterMinutes: 60,
    createdAt: START,
    adminUids: ['person-1'],
    nextSweepAt: null,
    endsHeldUntil: null,
    ...fields,
  };
}

/** A session of the program `builder` that started at START and never beat. */
export function aSession(fields: Partial<LiveSession> = {}): LiveSession {
  const startedAt = fields.startedAt ?? START;
  const session: LiveSession = {
    sessionId: 'session-1',
    programId: 'builder',
    name: 'Auth refactor',
    state: 'working',
    lifecycle: lifecycleOfState(fields.state ?? 'working'),
    ...UNREPORTED,
    createdAt: startedAt,
    startedAt,
    lastActivityAt: startedAt,
    ...fields,
  };
  SessionView.parse(viewSession(session, anAccount(), START));
  return session;
}

/** The same, completed ten minutes after START. */
export function anEndedSession(fields: Partial<EndedSession> = {}): EndedSession {
  const { endedAt = after({ minutes: 10 }), outcome = 'completed', archivedAt = null, ...rest } = fields;
  const { state = 'complete', lifecycle = lifecycleOfOutcome(outcome), ...live } = rest;
  const session: EndedSession = { ...aSession(live), state, lifecycle, endedAt, outcome, archivedAt };
  SessionView.parse(viewSession(session, anAccount(), START));
  return session;
}

/** The state of `builder`, never written unless the fields say so. */
export function aProgramState(fields: Partial<ProgramState> = {}): ProgramState {
  const state = { ...emptyProgramState('builder'), ...fields };
  ProgramStateView.parse(viewProgramState(state, START));
  return state;
}

type Pattern = ProgramState['learnedPatterns'][number];

/** A pattern that was learned at START and never promoted. */
export function aPattern(fields: Partial<Pattern> = {}): Pattern {
  const discoveredAt = fields.discoveredAt ?? START;
  return {
    id: 'pattern-1',
    domain: 'testing',
    pattern: 'Run the linter first',
    confidence: 0.5,
    evidence: null,
    promoted: false,
    discoveredAt,
    lastReinforcedAt: discoveredAt,
    ...fields,
  };
}

type FleetMoments = 'lastHeartbeat' | 'lastSeenAt';

/** A program without a live session that was never heard of. */
export function aFleetRow({
  lastHeartbeat = null,
  lastSeenAt = null,
  ...fields
}: Partial<Omit<FleetRow, FleetMoments> & Record<FleetMoments, Date | null>> = {}): FleetRow {
  return {
    programId: 'builder',
    lastHeartbeat: iso(lastHeartbeat),
    lastSeenAt: iso(lastSeenAt),
    sessionId: null,
    state: null,
    staleAfterSeconds: null,
    activeSessions: 0,
    handoffRequired: false,
    pendingTasks: 0,
    pendingMessages: 0,
    ...fields,
  };
}

/** A fleet that was computed at START. */
export function aFleet(fields: Partial<Fleet> = {}): Fleet {
  return { computedAt: START, rows: [], accountSessions: 0, oldestEndedAt: null, decayCheckedAt: null, ...fields };
}

/** A key of `builder` that neither expires nor was revoked. */
export function anApiKey(fields: Partial<ApiKey> = {}): ApiKey {
  return {
    keyHash: hashKey('a key'),
    account: 'abcdefghijklmnopqrst',
    programId: 'builder',
    role: 'program',
    label: 'laptop',
    createdAt: START,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    rotatedTo: null,
    ...fields,
  };
}

let memoriesMade = 0;

/** A memory of `builder` that was made at START; each has an id of its own. */
export function aMemory(fields: Partial<Memory> = {}): Memory {
  const memory: Memory = {
    memoryId: `00000000-0000-4000-8000-${String(++memoriesMade).padStart(12, '0')}`,
    programId: 'builder',
    sessionId: 'session-1',
    content: 'The port is 8080.',
    type: 'fact',
    title: 'Port',
    confidence: 0.8,
    tags: [],
    provenance: 'explicit_statement',
    createdAt: START,
    ...fields,
  };
  MemoryView.parse(viewMemory(memory));
  return memory;
}

/** An event that is due at an endpoint since START, and was never tried. */
export function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  const delivery: Delivery = {
    webhookId: '00000000-0000-4000-8000-0000000000aa',
    eventId: '00000000-0000-4000-8000-0000000000bb',
    type: 'session.stale',
    status: 'waiting',
    attempts: 0,
    since: START,
    nextAttemptAt: START,
    lastAttemptAt: null,
    lastStatus: null,
    lastError: null,
    createdAt: START,
    expiresAt: after({ days: 33 }),
    ...fields,
  };
  DeliveryView.parse(viewDelivery(delivery));
  return delivery;
}

/** A phone of `person-1` that was registered at START for every alert. */
export function aDevice(fields: Partial<Device> = {}): Device {
  const device: Device = {
    deviceId: '0123456789abcdef0123456789abcdef',
    token: 'token-1',
    platform: 'android',
    label: null,
    eventTypes: ALERT_TYPES,
    owner: 'person/person-1',
    uid: 'person-1',
    createdAt: START,
    refreshedAt: START,
    ...fields,
  };
  DeviceView.omit({ deviceId: true }).parse(viewDevice(device));
  return device;
}

/** The event that is the alert, of `session-1` and at START; it was last heard then, and silent from a quarter of an hour later. */
export function anAlertEvent(
  alert: AlertType,
  {
    time = START,
    sessionId = 'session-1',
    outcome = 'completed',
    lastSeenAt = START,
    staleSince = after({ minutes: 15 }),
  }: { time?: Date; sessionId?: string; outcome?: Outcome; lastSeenAt?: Date; staleSince?: Date } = {},
): StoredEvent {
  const ids = { sessionId, programId: 'builder' };
  const silence = { state: 'working', lastSeenAt: lastSeenAt.toISOString(), staleSince: staleSince.toISOString() };
  const data: Record<AlertType, StoredEvent['data']> = {
    'session.stale': silence,
    'session.recovered': silence,
    'session.blocked': { from: 'working', to: 'blocked' },
    'session.ended': { outcome, from: 'working' },
  };
  return {
    id: '00000000-0000-4000-8000-0000000000bb',
    type: alert === 'session.blocked' ? 'session.state_changed' : alert,
    subject: `session/${sessionId}`,
    actor: 'program/builder',
    data: { ...ids, ...data[alert] },
    time,
    expiresAt: after({ days: 30 }),
  };
}

/** A task for `builder` that a person made at START, that waits and has no time to live. */
export function aTask(fields: Partial<Task> = {}): Task {
  const target = fields.target ?? 'builder';
  const targets = fields.targets ?? (target.startsWith('group:') ? [target, 'builder'] : [target]);
  const task: Task = {
    taskId: 'task-1',
    title: 'Fix the build',
    target,
    targets,
    audience: targets.filter((one) => one !== target || target === 'builder'),
    instructions: null,
    priority: 'normal',
    status: 'pending',
    attempt: 0,
    createdAt: START,
    createdBy: 'person/person-1',
    creatorProgramId: null,
    expiresAt: null,
    claimedBy: null,
    sessionId: null,
    claimedAt: null,
    lastClaimedBy: null,
    outcome: null,
    result: null,
    completedAt: null,
    completedBy: null,
    deleteAt: null,
    ...fields,
  };
  TaskView.parse(viewTask(task, START));
  return task;
}

/** The same, claimed by `builder` for `session-1` a minute after START. */
export function aClaimedTask(fields: Partial<Task> = {}): Task {
  const claim = { status: 'claimed', attempt: 1, claimedBy: 'builder', sessionId: 'session-1' } as const;
  return aTask({ ...claim, claimedAt: after({ minutes: 1 }), ...fields });
}
