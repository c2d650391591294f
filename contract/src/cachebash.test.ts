import { ExportRecord, recordId } from '@quarterdeck/contract';
import {
  type CachebashDocument,
  type CachebashMapping,
  mapCachebash,
  mapUndescribedPrograms,
  newCachebashSurvey,
  readCachebashLine,
  surveyCachebash,
} from '@quarterdeck/contract/cachebash';
import fc from 'fast-check';
import {
  at,
  CACHEBASH_LINES,
  MESSAGES,
  PROGRAMS,
  SESSIONS,
  STATES,
  stamp,
  TASKS,
} from '../../test/support/cachebash.js';

/** Ids that show what they are of; their shape is that of the real ones. */
const uuids = new Map<string, string>();
function uuidOf(text: string): string {
  const known = uuids.get(text) ?? `00000000-0000-4000-8000-${String(uuids.size + 1).padStart(12, '0')}`;
  uuids.set(text, known);
  return known;
}

function documentsOf(lines: readonly object[]): CachebashDocument[] {
  return lines.flatMap((line) => {
    const read = readCachebashLine(line);
    return 'documents' in read ? read.documents : [];
  });
}

function mapped(lines: readonly object[], all: readonly object[] = CACHEBASH_LINES): CachebashMapping[] {
  const survey = newCachebashSurvey();
  for (const document of documentsOf(all)) surveyCachebash(survey, document);
  return documentsOf(lines).map((document) => mapCachebash(document, survey, uuidOf));
}

function recordsOf(lines: readonly object[], all?: readonly object[]): ExportRecord[] {
  return mapped(lines, all).flatMap((mapping) => ('records' in mapping ? mapping.records : []));
}

/** The first line, with other fields in its document. */
function changed([line]: readonly object[], fields: object): object[] {
  const { path, data } = line as { path: string; data: object };
  return [{ path, data: { ...data, ...fields } }];
}

test('a file says what each of its documents is, wherever the tenant stands in its path', () => {
  const places = (path: string) => readCachebashLine({ path, data: {} });
  expect(places('tenants/u/sessions/s')).toEqual({ documents: [{ place: 'session', id: 's', data: {} }] });
  expect(places('/users/u/tasks/t')).toMatchObject({ documents: [{ place: 'task', id: 't' }] });
  expect(places('relay/m')).toMatchObject({ documents: [{ place: 'message', id: 'm' }] });
  expect(places('tenants/u/sessions/_meta/program_state/p/context_history/h')).toMatchObject({
    documents: [{ place: 'context_history', id: 'h', parentId: 'p' }],
  });
});

test.each([
  ['tenants/u/sessions/s/updates/1', 'sessions/updates'],
  ['tenants/u/sessions/_meta', 'sessions'],
  ['tenants/u/sessions/_meta/other/x', 'sessions/other'],
  ['tenants/u', 'tenants'],
  ['keyIndex/0123', 'keyIndex'],
  ['tenants/u/constructor/x', 'constructor'],
])('%s has no place, and counts as %s', (path, noPlace) => {
  expect(readCachebashLine({ path, data: {} })).toEqual({ noPlace });
});

test.each<[unknown, string]>([
  [null, 'path'],
  [[], 'path'],
  [{ path: 'tasks/t' }, 'path'],
  [{ path: 'tasks', data: {} }, 'path'],
  [{ path: '', data: {} }, 'path'],
  [{ success: true, format: 'json', tasks: [{ id: 'a' }, {}] }, 'tasks.1.id'],
])('%j is no line of such a file, and its field is named', (line, field) => {
  expect(readCachebashLine(line)).toMatchObject({ field, problem: expect.any(String) });
});

test('programs come as they were registered, or seen, or named', () => {
  const nothing = { displayName: null, role: null, color: null, groups: [], tags: [], retiredAt: null };
  expect(recordsOf(PROGRAMS)).toEqual([
    {
      ...{ kind: 'program', programId: 'basher', displayName: 'BASHER', role: 'Builder', color: '#E87040' },
      ...{ groups: ['builders'], tags: ['core'], createdAt: at(0), retiredAt: null },
    },
    { kind: 'program', programId: 'able', ...nothing, groups: ['builders'], createdAt: at(1) },
    { kind: 'program', programId: 'old', ...nothing, groups: ['builders'], createdAt: at(2), retiredAt: at(2) },
    { kind: 'program', programId: 'iso', ...nothing, displayName: 'ISO', createdAt: at(11) },
  ]);
  const survey = newCachebashSurvey();
  for (const document of documentsOf(CACHEBASH_LINES)) surveyCachebash(survey, document);
  expect(mapUndescribedPrograms(survey)).toEqual([
    { kind: 'program', programId: 'admin', ...nothing, createdAt: at(40) },
  ]);
});

test.each([
  [
    0,
    'a live one',
    { state: 'working', progress: 40, contextBytes: 52_000, handoffRequired: true, handoffDecision: true },
  ],
  [0, 'with labels', { metadata: { model: 'some-model', bootType: 'builder' }, projectName: 'web', staleSince: null }],
  [
    0,
    'with samples in bytes',
    { contextSamples: { '18': { at: at(61), bytes: 40_000 }, '19': { at: at(70), bytes: 52_000 } } },
  ],
  [
    1,
    'a blocked one; a percentage is no size',
    { state: 'blocked', status: 'Deploy now?', contextBytes: null, progress: null },
  ],
  [
    2,
    'an ended one',
    { state: 'complete', outcome: 'completed', endedAt: at(20), archivedAt: at(20), lastHeartbeat: at(19) },
  ],
  [3, 'one that went silent', { state: 'complete', outcome: 'timed_out', endedAt: at(30), archivedAt: at(30) }],
  [4, 'one that never began', { outcome: 'errored', programId: null, createdAt: at(15), archivedAt: null }],
])('session %i is %s', (index, _what, fields) => {
  expect(recordsOf(SESSIONS)[index]).toMatchObject(fields);
});

test.each([
  [{ status: 'created' }, 'working'],
  [{ status: 'completing' }, 'working'],
  [{ status: 'blocked', state: 'pinned' }, 'pinned'],
  [{ status: undefined, state: 'blocked' }, 'blocked'],
  [{ status: undefined, state: 'complete' }, 'complete'],
  [{ archived: true }, 'complete'],
])('a session with %j is %s', (fields, state) => {
  expect(recordsOf(changed(SESSIONS, fields))).toMatchObject([{ state }]);
});

test('a program state comes whole, and each summary of its history has the version that it was', () => {
  const [state, ...history] = recordsOf(STATES);
  expect(state).toMatchObject({
    kind: 'program_state',
    programId: 'basher',
    revision: 7,
    sessionId: 'basher.lexer',
    contextSummary: {
      lastTask: { taskId: 't1', title: 'Lexer', outcome: 'in_progress', notes: 'half done' },
      activeWorkItems: ['Port the lexer'],
      handoffNotes: 'The tests are red.',
      openQuestions: ['Drop Node 18?'],
    },
    contextSummaryUpdatedAt: at(70),
    learnedPatterns: [
      { id: 'lint-first', evidence: 'twice', promoted: true, discoveredAt: at(20), lastReinforcedAt: at(60) },
      { id: 'rebase', evidence: null, promoted: false, discoveredAt: at(21), lastReinforcedAt: at(21) },
    ],
    config: { toolPreferences: { grep: 'rg' }, customSettingsJson: '{"a":[1]}' },
    baselines: { avgTaskDurationMinutes: 12.5, sessionsCompleted: 3 },
    decay: { contextSummaryTTLDays: 7, learnedPatternMaxAge: 30, maxUnpromotedPatterns: 50 },
    updatedAt: at(70),
  });
  expect(history).toMatchObject([
    { kind: 'context_snapshot', revision: 7, slot: 7, writtenAt: at(70), contextSummary: { handoffNotes: 'Second' } },
    { kind: 'context_snapshot', revision: 6, slot: 6, writtenAt: at(50), sessionId: null },
  ]);
});

test('a state has at least as many versions as summaries, a text for its last task, and says nothing it was not told', () => {
  const lines = [
    ...changed(STATES, { version: 1, contextSummary: { lastTask: 'Lexer' }, decay: undefined }),
    ...STATES.slice(1),
  ];
  expect(recordsOf(lines, lines)).toMatchObject([
    { revision: 2, contextSummary: { lastTask: 'Lexer', handoffNotes: '' }, decay: { maxUnpromotedPatterns: 50 } },
    { revision: 2 },
    { revision: 1 },
  ]);
});

test.each([
  [
    'waits',
    { status: 'pending', targets: ['basher'], createdBy: 'program/iso', priority: 'high', expiresAt: at(40 + 7200) },
  ],
  ['held', { status: 'claimed', claimedBy: 'basher', sessionId: 'basher.lexer', claimedAt: at(65), attempt: 1 }],
  [
    'for-builders',
    { target: 'group:builders', targets: ['group:builders', 'able', 'basher'], createdBy: 'program/admin' },
  ],
  [
    'done',
    { status: 'done', outcome: 'SUCCESS', result: 'Merged', completedAt: at(45), completedBy: 'program/basher' },
  ],
  ['failed', { status: 'done', outcome: 'FAILED', claimedBy: null, completedBy: 'program/basher', result: null }],
  ['reaped', { status: 'done', outcome: 'CANCELLED', completedBy: 'sweep' }],
  ['foreign', { status: 'pending', claimedBy: null, attempt: 1 }],
])('the task "%s" is what it was', (id, fields) => {
  expect(recordsOf(TASKS).find((record) => recordId(record) === id)).toMatchObject(fields);
});

test.each([
  [{ status: 'archived' }, { status: 'done', outcome: 'CANCELLED' }],
  [
    { status: 'blocked', claimedBy: 'basher' },
    { status: 'claimed', attempt: 1 },
  ],
  [{ ttl: 60, expiresAt: undefined }, { expiresAt: at(41) }],
  [{ expiresAt: stamp(40 + 31 * 1440) }, { expiresAt: null }],
  [{ source: undefined }, { createdBy: 'person/cachebash', creatorProgramId: null }],
  [{ target: '@Builder' }, { target: 'group:@Builder', targets: ['group:@Builder', 'basher'] }],
  [{ target: 'all' }, { targets: ['group:all', 'able', 'basher'] }],
])('a task with %j has %j', (fields, expected) => {
  expect(recordsOf(changed(TASKS, fields))).toMatchObject([expected]);
});

test('messages keep their threads, answers, readers and groups', () => {
  const [m1, m2, m3a, m3b, m4, ...m5] = recordsOf(MESSAGES);
  const id = (text: string) => uuidOf(`cachebash/relay/${text}`);
  expect(m1).toMatchObject({
    messageId: id('m1'),
    programId: 'basher',
    from: 'iso',
    threadId: 'ports',
    readAt: at(51),
  });
  expect(m2).toMatchObject({
    programId: 'iso',
    replyTo: id('m1'),
    messageType: 'RESULT',
    readAt: null,
    sentAt: at(50),
  });
  expect(m3a).toMatchObject({
    messageId: `${id('multi')}.basher`,
    programId: 'basher',
    target: 'group:builders',
    threadId: id('multi'),
  });
  expect(m3b).toMatchObject({ messageId: `${id('multi')}.able`, programId: 'able', expiresAt: at(50 + 1440) });
  expect(m4).toMatchObject({ replyTo: id('multi'), threadId: uuidOf('cachebash/thread/not a thread of ours') });
  // To all: one for each program in service.
  expect(m5).toMatchObject([
    { programId: 'able', target: 'group:all', message: '{"text":"Stop"}' },
    { programId: 'basher', messageId: `${id('m5')}.basher` },
  ]);
});

test.each([
  [{ expiresAt: undefined, ttl: undefined }, { expiresAt: at(50 + 1440) }],
  [{ expiresAt: stamp(50 + 60 * 1440) }, { expiresAt: at(50 + 30 * 1440) }],
  [{ status: 'delivered', deliveredAt: undefined }, { readAt: at(50) }],
  [{ status: 'dead_letter' }, { readAt: null }],
  [{ payload: undefined, message: 'Reaped' }, { message: 'Reaped' }],
])('a message with %j has %j', (fields, expected) => {
  expect(recordsOf(changed(MESSAGES.slice(1), fields))).toMatchObject([expected]);
});

test.each<[what: string, lines: object[], noPlace: string]>([
  ['a copy of a message', TASKS.slice(7, 8), 'tasks (copies of messages)'],
  ['a question', TASKS.slice(8), 'tasks (question)'],
  ['a task that was deleted', changed(TASKS, { deletedAt: stamp(1) }), 'tasks (deleted)'],
  ['one that is encrypted', changed(TASKS, { encrypted: true }), 'tasks (encrypted)'],
  ['a program that is described elsewhere', PROGRAMS.slice(3, 4), 'sessions/programs (described elsewhere)'],
  ['a message to a role that nobody has', changed(MESSAGES, { target: '@nobody' }), 'relay (to a group of nobody)'],
])('%s has no place', (_what, lines, noPlace) => {
  expect(mapped(lines)).toEqual([{ noPlace }]);
});

test('a history without its state has no place', () => {
  expect(mapped(STATES.slice(1), STATES.slice(1))).toEqual(
    Array(2).fill({ noPlace: 'sessions/program_state/context_history (of no state, or too old)' }),
  );
});

test.each<[lines: object[], field: string]>([
  [changed(SESSIONS, { name: 'x'.repeat(201) }), 'name'],
  [changed(SESSIONS, { currentAction: 'x'.repeat(201) }), 'currentAction'],
  [changed(SESSIONS, { createdAt: 'yesterday' }), 'createdAt'],
  [changed(SESSIONS, { progress: 101 }), 'progress'],
  [changed(SESSIONS, { programId: 'a b' }), 'programId'],
  [[{ path: 'sessions/a b', data: {} }], 'id'],
  [changed(TASKS, { instructions: 'x'.repeat(4001) }), 'instructions'],
  [changed(TASKS, { title: undefined }), 'title'],
  [changed(TASKS, { priority: 'urgent' }), 'priority'],
  [changed(TASKS, { target: '@nobody' }), 'target'],
  [changed(TASKS, { createdAt: undefined }), 'createdAt'],
  [changed(TASKS, { status: 'done', completed_status: 'MAYBE' }), 'completed_status'],
  [changed(MESSAGES, { payload: 'x'.repeat(2001) }), 'payload'],
  [changed(MESSAGES, { message_type: 'SHOUT' }), 'message_type'],
  [changed(MESSAGES, { createdAt: null }), 'createdAt'],
  [changed(STATES, { version: 0, lastUpdatedAt: 'now' }), 'lastUpdatedAt'],
  [changed(STATES, { learnedPatterns: [{ id: 'a b' }] }), 'learnedPatterns.0.id'],
  [changed(STATES, { config: { customSettings: { a: 'x'.repeat(9000) } } }), 'config.customSettings'],
  [changed(PROGRAMS, { groups: ['x'.repeat(51)] }), 'groups.0'],
])('what does not fit is named by the field that it has in CacheBash: %#', (lines, field) => {
  const [mapping] = mapped(lines);
  expect(mapping !== undefined && 'problems' in mapping ? mapping.problems.map((one) => one.field) : mapping).toContain(
    field,
  );
});

test('whatever a document holds, it becomes records that an import takes, has no place, or is named', () => {
  const anyValue = fc.oneof(
    fc.anything({ maxDepth: 2 }).filter((value) => typeof value !== 'bigint'),
    fc.constantFrom('done', 'active', 'created', 'builders', 'all', 'basher', '@Builder', at(3)),
    fc.nat(3000).map(stamp),
  );
  const names = [...new Set(documentsOf(CACHEBASH_LINES).flatMap(({ data }) => Object.keys(data)))];
  const someFields = fc.dictionary(fc.constantFrom(...names), anyValue, { maxKeys: 4 });
  const lines = CACHEBASH_LINES.filter((line) => 'path' in line);
  fc.assert(
    fc.property(fc.nat(lines.length - 1), someFields, (index, fields) => {
      const line = JSON.parse(JSON.stringify(changed(lines.slice(index), fields)));
      for (const mapping of mapped(line)) {
        if ('records' in mapping)
          for (const record of mapping.records) expect(ExportRecord.parse(record)).toEqual(record);
        else
          expect('noPlace' in mapping || mapping.problems.every((one) => one.field !== '' && one.problem !== '')).toBe(
            true,
          );
      }
    }),
    { seed: 20260301, numRuns: 300 },
  );
});
