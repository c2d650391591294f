import { ExportRecord, limits, recordId } from '@quarterdeck/contract';
import {
  recordOfMemory,
  recordOfProgramState,
  recordOfSession,
  recordOfSnapshot,
} from '../../functions/src/domain/export-record.js';
import { aMemory, anEndedSession, aPattern, aProgramState, aSession, START } from '../../test/support/builders.js';

const state = recordOfProgramState(
  aProgramState({ revision: 1, updatedAt: START, learnedPatterns: [aPattern(), aPattern({ id: 'b' })] }),
);
const snapshot = recordOfSnapshot('builder', {
  revision: 123,
  sessionId: null,
  writtenAt: START,
  contextSummary: state.contextSummary,
});
const live = recordOfSession(aSession({ contextSamples: { '24': { at: START, bytes: 1 } } }));
const ended = recordOfSession(anEndedSession());
const memory = recordOfMemory(aMemory());
const account = {
  kind: 'account',
  name: 'Test',
  staleAfterMinutes: 15,
  deadAfterMinutes: 65,
  blockedDeadAfterMinutes: 1440,
  archiveAfterMinutes: 60,
};
const program = {
  kind: 'program',
  programId: 'builder',
  displayName: null,
  role: null,
  color: null,
  groups: [],
  tags: [],
  createdAt: START.toISOString(),
  retiredAt: null,
};

const takes = (record: unknown): boolean => ExportRecord.safeParse(record).success;

test.each([
  { record: account, id: '' },
  { record: program, id: 'builder' },
  { record: state, id: 'builder' },
  { record: snapshot, id: 'builder/23' },
  { record: live, id: 'session-1' },
  { record: ended, id: 'session-1' },
  { record: memory, id: memory.memoryId },
])('a $record.kind is a record with the id "$id"', ({ record, id }) => {
  expect(ExportRecord.safeParse(record).error?.issues).toBeUndefined();
  expect(recordId(ExportRecord.parse(record))).toBe(id);
});

/** Fields that records of an earlier time lack. */
const LATER_FIELDS = new Set([
  'lifecycle',
  'branch',
  'issueId',
  'pr',
  'workspacePath',
  'runtimeHandle',
  'agentInfo',
  'metadata',
  'restoredAt',
  'command',
]);

test('no kind takes a field that it does not have, or lacks one that it always had', () => {
  for (const record of [account, program, state, snapshot, live, ended, memory]) {
    expect(takes({ ...record, account: 'abcdefghij0123456789' })).toBe(false);
    for (const field of Object.keys(record)) {
      const { [field as never]: _gone, ...rest } = record as object;
      expect([record.kind, field, takes(rest)]).toEqual([record.kind, field, LATER_FIELDS.has(field)]);
    }
  }
});

test.each([
  ['a live session that is over', live, { lifecycle: 'done' }],
  ['a working session that waits', live, { lifecycle: 'needs_input' }],
  ['an ended session that goes on', ended, { lifecycle: 'working' }],
  ['an ended session that ended otherwise', ended, { lifecycle: 'errored' }],
])('%s is no record', (_title, record, fields) => {
  expect([takes(record), takes({ ...record, ...fields })]).toEqual([true, false]);
});

const HOSTILE_IDS = [
  '',
  '.',
  '..',
  '../x',
  'a/b',
  '__proto__',
  '__x__',
  'x'.repeat(1500),
  'a\u0000',
  'a\ud83d',
  ' ',
  null,
  7,
];

test.each([
  ['a program', program, 'programId'],
  ['a program state', state, 'programId'],
  ['a context snapshot', snapshot, 'programId'],
  ['a session', live, 'sessionId'],
  ['a memory', memory, 'memoryId'],
])('the id of %s can lead nowhere else', (_what, record, field) => {
  expect(HOSTILE_IDS.filter((id) => takes({ ...record, [field]: id }))).toEqual([]);
});

const moment = (text: string) => ({ ...program, createdAt: text });
const settings = (customSettingsJson: string) => ({ ...state, config: { ...state.config, customSettingsJson } });
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
const many = (count: number) => Array.from({ length: count }, (_, n) => aPattern({ id: `p${n}` }));
const withPatterns = (count: number) =>
  recordOfProgramState(aProgramState({ revision: 1, updatedAt: START, learnedPatterns: many(count) }));

test.each<[what: string, record: object, taken: boolean]>([
  ['a moment without milliseconds', moment('2026-03-02T10:00:00Z'), false],
  ['a moment finer than a millisecond', moment('2026-03-02T10:00:00.0000001Z'), false],
  ['a moment in another zone', moment('2026-03-02T10:00:00.000+01:00'), false],
  ['a day that no calendar has', moment('2026-02-30T10:00:00.000Z'), false],
  ['a year that no database has', moment('0000-01-01T00:00:00.000Z'), false],
  ['the first moment', moment('1970-01-01T00:00:00.000Z'), true],
  ['dead before stale', { ...account, deadAfterMinutes: 14 }, false],
  ['a snapshot in the slot of another', { ...snapshot, slot: 24 }, false],
  ['a state that was never written', { ...state, revision: 0 }, false],
  ['a live session that is over', { ...live, state: 'complete' }, false],
  ['an ended session that lives', { ...ended, state: 'working' }, false],
  ['a state of no session', { ...live, state: 'lost' }, false],
  [
    'a sample in the bucket of another',
    { ...live, contextSamples: { '1': { at: START.toISOString(), bytes: 1 } } },
    false,
  ],
  ['a sample beyond the ring', { ...live, contextSamples: { '36': { at: START.toISOString(), bytes: 1 } } }, false],
  ['a status of 200 characters', { ...live, status: '🚀'.repeat(200) }, true],
  ['a status of 201', { ...live, status: '🚀'.repeat(201) }, false],
  ['as many patterns as there may be', withPatterns(limits.PATTERNS_MAX), true],
  ['one more', withPatterns(limits.PATTERNS_MAX + 1), false],
  [
    'two patterns with one id',
    { ...state, learnedPatterns: [state.learnedPatterns[0], state.learnedPatterns[0]] },
    false,
  ],
  ['a tag twice', { ...memory, tags: ['a', 'a'] }, false],
  ['a title in which nothing is visible', { ...memory, title: '\u200b' }, true],
  ['settings', settings('{"a":[1,{"b":null}]}'), true],
  ['settings that are no object', settings('[]'), false],
  ['settings that are no JSON', settings('{'), false],
  ['settings written in another way', settings('{ "a": 1 }'), false],
  ['a number that is none', settings('{"a":1e400}'), false],
  ['settings that name a prototype', settings('{"a":{"__proto__":{"polluted":true}}}'), false],
  ['settings as deep as an update may write them', settings(nested(18)), true],
  ['deeper ones', settings(nested(19)), false],
  ['as many bytes of settings as there may be', settings(`{"a":"${'é'.repeat(4092)}"}`), true],
  ['more', settings(`{"a":"${'é'.repeat(4093)}"}`), false],
])('%s: %#', (_what, record, taken) => {
  expect(takes(record)).toBe(taken);
});

test('a record of no kind hears which kinds there are', () => {
  const { error } = ExportRecord.safeParse({ kind: 'key' });
  expect(error?.issues[0]?.message).toContain("'program_state'");
});
