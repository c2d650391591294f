import type { Account, ExportRecord } from '@quarterdeck/contract';
import {
  aClaimedTask,
  after,
  aMemory,
  anAccount,
  anEndedSession,
  aProgramState,
  aSession,
  aTask,
  START,
} from '../../../test/support/builders.js';
import { recordOfTask } from './export-flow-record.js';
import {
  recordOfAccount,
  recordOfMemory,
  recordOfProgram,
  recordOfProgramState,
  recordOfSession,
  recordOfSnapshot,
} from './export-record.js';
import { type ImportBasis, importAccountSettings, keyOf, planImport, type ThingRecord } from './import-plan.js';
import { newProgram } from './program.js';

const NOON = after({ hours: 2 });
const program = recordOfProgram(newProgram('builder', START));
const state = recordOfProgramState(aProgramState({ revision: 3, updatedAt: START }));
const snapshot = (revision: number) =>
  recordOfSnapshot('builder', { revision, sessionId: null, writtenAt: START, contextSummary: state.contextSummary });
const live = (sessionId: string, fields: object = {}) => recordOfSession(aSession({ sessionId, ...fields }));
const ended = (sessionId: string, fields: object = {}) => recordOfSession(anEndedSession({ sessionId, ...fields }));
const memory = recordOfMemory(aMemory());
const task = (fields: Parameters<typeof aTask>[0] = {}) => recordOfTask(aTask(fields));
const claimed = (fields: Parameters<typeof aTask>[0] = {}) => recordOfTask(aClaimedTask(fields));
const pair = { target: 'group:pair', targets: ['group:pair', 'builder', 'reviewer'] };
const load = { working: 1, blocked: 0, pinned: 0, stale: 0, pendingTasks: 2, pendingMessages: 0 };
const counts = {
  programs: 1,
  healthy: 1,
  stale: 0,
  offline: 0,
  working: 1,
  blocked: 0,
  pinned: 0,
  activeSessions: 1,
  load,
};
const day = (...times: string[]): ThingRecord => ({
  kind: 'fleet_day',
  day: '2026-03-02',
  points: times.map((time) => ({ at: `2026-03-02T${time}:00.000Z`, ...counts })),
});

function aBasis({
  existing = [],
  ...basis
}: Partial<Omit<ImportBasis, 'existing'>> & { existing?: readonly ThingRecord[] } = {}): ImportBasis {
  return {
    account: anAccount(),
    slots: {},
    existing: new Map(existing.map((record) => [keyOf(record), record])),
    programIds: new Set(['builder']),
    revisions: new Map(),
    ...basis,
  };
}
const plan = (records: readonly ThingRecord[], basis = aBasis(), now = NOON) =>
  planImport(records, basis, 'person/ada', now);
const outcomesOf = (...args: Parameters<typeof plan>) =>
  plan(...args).outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : outcome.reason));

test.each<[what: string, records: ThingRecord[], basis: ImportBasis, outcomes: string[]]>([
  [
    'new things go in',
    [program, state, snapshot(3), live('a'), ended('b'), memory],
    aBasis({ programIds: new Set() }),
    Array(6).fill('imported'),
  ],
  [
    'what is there as it is stays',
    [program, memory],
    aBasis({ existing: [program, memory] }),
    ['unchanged', 'unchanged'],
  ],
  ['what is there otherwise stays', [{ ...program, role: 'x' }], aBasis({ existing: [program] }), ['RECORD_EXISTS']],
  ['a live session is no ended one', [live('a')], aBasis({ existing: [ended('a')] }), ['RECORD_EXISTS']],
  [
    'a program comes before what is its',
    [memory, program, state],
    aBasis({ programIds: new Set() }),
    ['PROGRAM_UNKNOWN', 'imported', 'imported'],
  ],
  [
    'a session of the account needs no program',
    [live('a', { programId: null })],
    aBasis({ programIds: new Set() }),
    ['imported'],
  ],
  [
    'a summary is not newer than its state',
    [snapshot(3), snapshot(4)],
    aBasis({ revisions: new Map([['builder', 3]]) }),
    ['imported', 'INVALID_FIELD'],
  ],
  [
    'a state that comes along counts',
    [state, snapshot(3), snapshot(4)],
    aBasis(),
    ['imported', 'imported', 'INVALID_FIELD'],
  ],
  ['a task of a group needs all of its programs', [task(pair)], aBasis(), ['PROGRAM_UNKNOWN']],
  ['and has them', [task(pair)], aBasis({ programIds: new Set(['builder', 'reviewer']) }), ['imported']],
  ['a day is filled up', [day('10:00', '10:05')], aBasis({ existing: [day('10:00')] }), ['imported']],
  ['a day that is full is there', [day('10:00')], aBasis({ existing: [day('10:00', '10:05')] }), ['unchanged']],
  [
    'a day comes in parts',
    [day('10:00'), day('10:05'), day('10:00', '10:05')],
    aBasis(),
    ['imported', 'imported', 'unchanged'],
  ],
  [
    'ids are told apart by kind',
    [{ ...program, programId: 'session-1' }, live('session-1')],
    aBasis(),
    ['imported', 'imported'],
  ],
])('%s', (_what, records, basis, outcomes) => {
  expect(outcomesOf(records, basis)).toEqual(outcomes);
});

const limited = (sessionLimit: number) => anAccount({ sessionLimit });
const held = { here: { programId: null, since: START } };

test('live sessions take the free slots in order; ended ones take none', () => {
  const records = [live('a'), ended('b'), live('c'), live('d')];
  const basis = aBasis({ account: limited(3), slots: held });
  expect(outcomesOf(records, basis)).toEqual(['imported', 'imported', 'imported', 'SESSION_LIMIT']);
  expect(outcomesOf(records, aBasis({ slots: held }))).toEqual(Array(4).fill('imported'));
});

test('nothing gives way to what is imported, however long it has been silent', () => {
  expect(outcomesOf([live('a')], aBasis({ account: limited(1), slots: held }), after({ days: 9 }))).toEqual([
    'SESSION_LIMIT',
  ]);
});

test.each([
  [300_000, 'imported'],
  [300_001, 'INVALID_FIELD'],
])('a moment that lies %i ms ahead is %s', (ms, outcome) => {
  const at = new Date(NOON.getTime() + ms).toISOString();
  expect(outcomesOf([{ ...program, programId: 'new', createdAt: at }])).toEqual([outcome]);
});

test('of a day only the minutes that are missing are written', () => {
  expect(plan([day('10:00', '10:05')], aBasis({ existing: [day('10:00')] })).accepted).toEqual([day('10:05')]);
});

test('a time to live may lie ahead', () => {
  expect(outcomesOf([task({ expiresAt: after({ days: 30 }) })])).toEqual(['imported']);
});

test('a text is no moment, whatever its key', () => {
  const config = { ...state.config, toolPreferences: { createdAt: '2099-01-01T00:00:00.000Z' } };
  expect(outcomesOf([{ ...state, config }])).toEqual(['imported']);
});

test.each<[what: string, records: ThingRecord[], now: Date, due: Date | null, oldest: Date | null]>([
  ['nothing that can fall due', [program, memory, ended('a', { archivedAt: START })], START, null, null],
  ['a live session', [live('a')], START, after({ minutes: 15 }), null],
  [
    'one that announced an interval',
    [live('a'), live('b', { expectedIntervalSeconds: 60 })],
    START,
    after({ seconds: 90 }),
    null,
  ],
  ['one that is stale: at once', [live('a')], NOON, NOON, null],
  ['an ended one', [ended('a')], after({ minutes: 10 }), after({ minutes: 70 }), after({ minutes: 10 })],
  [
    'the first of several',
    [ended('a'), ended('b', { endedAt: START }), live('c')],
    after({ minutes: 10 }),
    after({ minutes: 15 }),
    START,
  ],
  ['one that waits too long already: at once', [ended('a')], NOON, NOON, after({ minutes: 10 })],
  ['a task that never expires: not at all', [task()], START, null, null],
  ['one that expires', [task({ expiresAt: NOON })], START, NOON, null],
  ['one that has expired: at once', [task({ expiresAt: after({ minutes: 1 }) })], NOON, NOON, null],
  ['one that is held by a session: at once', [claimed()], NOON, NOON, null],
  ['one that is held without a session: not at all', [claimed({ sessionId: null })], NOON, null, null],
])('the sweep comes for %s', (_what, records, now, due, oldest) => {
  expect(plan(records, aBasis(), now)).toMatchObject({ dueAt: due, oldestEndedAt: oldest });
});

test('only what is accepted is told, and only what appears', () => {
  const retired = { ...program, programId: 'retired', retiredAt: START.toISOString() };
  const records = [
    { ...program, programId: 'new' },
    retired,
    state,
    ended('a'),
    memory,
    live('b', { state: 'blocked' }),
    live('c'),
  ];
  const { events } = plan(records, aBasis({ existing: [live('c')] }));
  expect(events).toEqual([
    {
      type: 'program.created',
      subject: 'program/new',
      actor: 'person/ada',
      data: { programId: 'new', how: 'imported' },
    },
    {
      type: 'session.started',
      subject: 'session/b',
      actor: 'person/ada',
      data: { sessionId: 'b', programId: 'builder', state: 'blocked', how: 'imported' },
      once: 'imported:abcdefghijklmnopqrst:2026-03-02T10:00:00.000Z',
    },
  ]);
});

type AccountRecord = Extract<ExportRecord, { kind: 'account' }>;
const settingsOf = (account: Account, fields: Partial<AccountRecord>) =>
  importAccountSettings(account, { ...recordOfAccount(account), ...fields }, 'person/ada', NOON);

test("an account that says the same doesn't change; another keeps what no record has, and is looked at at once", () => {
  const account = anAccount({ tier: 'team', nextSweepAt: after({ hours: 9 }) });
  expect(settingsOf(account, {})).toBeUndefined();
  expect(settingsOf(account, { name: 'New', staleAfterMinutes: 1 })).toEqual({
    next: { ...account, name: 'New', staleAfterMinutes: 1, nextSweepAt: NOON },
    events: [
      {
        type: 'account.updated',
        subject: 'account',
        actor: 'person/ada',
        data: { fields: 'name,staleAfterMinutes', tier: 'team', sessionLimit: null },
      },
    ],
  });
  expect(settingsOf(anAccount(), { name: 'New' })?.next.nextSweepAt).toBeNull();
  expect(settingsOf(anAccount({ nextSweepAt: START }), { name: 'New' })?.next.nextSweepAt).toEqual(START);
});
