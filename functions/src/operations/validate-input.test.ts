import { allOperations, type Operation, operations } from '@quarterdeck/contract';
import { growth, LINEAR } from '../../../test/support/growth.js';
import { DomainError } from '../domain/domain-error.js';
import { validateInput } from './validate-input.js';

const { createSession, updateSession, updateProgramState, createKey, getSession, listSessions } = operations;

function refusalOf(operation: Operation, input: unknown): DomainError {
  try {
    validateInput(operation, input);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(input)?.slice(0, 200)}`);
}

/** Whether it is accepted is not asked. */
function outcomeOf(operation: Operation, input: unknown): unknown {
  try {
    return validateInput(operation, input);
  } catch (error) {
    return error;
  }
}

test.each<[title: string, operation: Operation, input: unknown, expected: object]>([
  ['defaults are filled in', listSessions, {}, { state: 'all', limit: 10, includeArchived: false }],
  ['no input is an empty one', listSessions, undefined, { state: 'all', limit: 10, includeArchived: false }],
  ['null is an empty one, as a callable without data sends it', operations.getAccount, null, {}],
  ['text is kept as it came', createSession, { name: ' Auth\t🚀 ' }, { name: ' Auth\t🚀 ' }],
  [
    'zero and false are values',
    updateSession,
    { status: 'x', progress: 0, lastHeartbeat: false },
    { status: 'x', progress: 0, lastHeartbeat: false, includeInbox: false },
  ],
  [
    'numbers may be halves where they are no counts',
    updateSession,
    { status: 'x', progress: 99.5 },
    { status: 'x', progress: 99.5, includeInbox: false },
  ],
  [
    'ids may have dots, colons, and look like names of methods',
    getSession,
    { sessionId: 'a.b:c_d-constructor' },
    { sessionId: 'a.b:c_d-constructor' },
  ],
])('%s', (_title, operation, input, expected) => {
  expect(validateInput(operation, input)).toEqual(expected);
});

const PROGRAM = { programId: 'builder' };
test.each<[title: string, operation: Operation, input: unknown, field: string, remedy: RegExp]>([
  [
    'an unknown field',
    createSession,
    { name: 'x', nmae: 'y' },
    'nmae',
    /is not a field of this operation; allowed are name, sessionId, programId/,
  ],
  [
    'an unknown field of an operation without any',
    operations.getAccount,
    { account: 'x' },
    'account',
    /allowed are no fields/,
  ],
  [
    'an unknown field deeper down',
    updateProgramState,
    { ...PROGRAM, config: { quirks: [] } },
    'config.quirks',
    /is not a field/,
  ],
  [
    'an unknown field in a list',
    updateProgramState,
    { ...PROGRAM, learnedPatterns: [{ id: 'a', x: 1 }] },
    'learnedPatterns.0.x',
    /is not a field/,
  ],
  ['a missing field', createSession, {}, 'name', /^is required$/],
  ['a field that is null', createSession, { name: null }, 'name', /must be text/],
  ['a number for a text', createSession, { name: 7 }, 'name', /must be text/],
  ['a text for a number', updateSession, { status: 'x', progress: '40' }, 'progress', /must be a number/],
  [
    'a text for a boolean',
    updateSession,
    { status: 'x', lastHeartbeat: 'true' },
    'lastHeartbeat',
    /must be true or false/,
  ],
  ['a list for a text', createSession, { name: ['x'] }, 'name', /must be text/],
  [
    'a map for a list',
    updateProgramState,
    { ...PROGRAM, removePatternIds: { 0: 'a' } },
    'removePatternIds',
    /must be a list/,
  ],
  ['a number above its bound', updateSession, { status: 'x', progress: 100.01 }, 'progress', /at most 100\b/],
  ['a number below its bound', updateSession, { status: 'x', progress: -0.01 }, 'progress', /at least 0/],
  [
    'a half where only whole numbers go',
    updateSession,
    { status: 'x', contextBytes: 1.5 },
    'contextBytes',
    /must be a whole number/,
  ],
  ['a count beyond what is exact', updateSession, { status: 'x', contextBytes: 2 ** 53 }, 'contextBytes', /at most/],
  ['NaN', updateSession, { status: 'x', progress: Number.NaN }, 'progress', /must be a number/],
  ['infinity', updateSession, { status: 'x', progress: Number.POSITIVE_INFINITY }, 'progress', /must be a number/],
  [
    'a value outside its set',
    createSession,
    { name: 'x', state: 'WORKING' },
    'state',
    /must be one of working, blocked, pinned, complete/,
  ],
  ['a blank name', createSession, { name: ' \t\n\u00a0' }, 'name', /must not be blank/],
  ['an empty name', createSession, { name: '' }, 'name', /must not be blank/],
  ['a long name', createSession, { name: 'x'.repeat(201) }, 'name', /at most 200 characters/],
  ['a lone surrogate', createSession, { name: 'x\ud83d' }, 'name', /well-formed Unicode/],
  ['a lone surrogate at the front', createSession, { name: '\ude80x' }, 'name', /well-formed Unicode/],
  ['surrogates the wrong way round', updateSession, { status: '\ude80\ud83d' }, 'status', /well-formed Unicode/],
  ['an id with a slash', getSession, { sessionId: 'a/b' }, 'sessionId', /must hold only letters, digits/],
  ['an id with dots only', getSession, { sessionId: '..' }, 'sessionId', /Firestore reserves/],
  ['an id of one dot', getSession, { sessionId: '.' }, 'sessionId', /Firestore reserves/],
  ['an id that Firestore reserves', getSession, { sessionId: '__x__' }, 'sessionId', /Firestore reserves/],
  ['the shortest of those', getSession, { sessionId: '____' }, 'sessionId', /Firestore reserves/],
  ['an empty id', getSession, { sessionId: '' }, 'sessionId', /at least 1\b/],
  ['a long id', getSession, { sessionId: 'x'.repeat(101) }, 'sessionId', /at most 100\b/],
  ['an id with a line break behind it', getSession, { sessionId: 'abc\n' }, 'sessionId', /must hold only letters/],
  [
    'an id of look-alike letters',
    createKey,
    { programId: 'buіlder', label: 'x' },
    'programId',
    /must start with a letter or digit/,
  ],
  ['a program that begins with a dash', createKey, { programId: '-x', label: 'x' }, 'programId', /must start with/],
  ['a program with a dot', createKey, { programId: 'a.b', label: 'x' }, 'programId', /must start with/],
  [
    'a reserved key of a map',
    updateProgramState,
    { ...PROGRAM, config: { toolPreferences: { __x__: 'a' } } },
    'config.toolPreferences.__x__',
    /__…__/,
  ],
  ['a member id with a slash', operations.removeMember, { memberId: 'a/b' }, 'memberId', /must not hold "\/"/],
  [
    'a member id with a lone surrogate',
    operations.removeMember,
    { memberId: 'a\ud83d' },
    'memberId',
    /well-formed Unicode/,
  ],
  [
    'a page token with a lone surrogate',
    listSessions,
    { pageToken: '\ud83d'.repeat(1001) },
    'pageToken',
    /at most 1000 characters/,
  ],
  [
    'an interval below its bound',
    createSession,
    { name: 'x', expectedIntervalSeconds: 29 },
    'expectedIntervalSeconds',
    /at least 30/,
  ],
  [
    'an interval above its bound',
    createSession,
    { name: 'x', expectedIntervalSeconds: 3601 },
    'expectedIntervalSeconds',
    /at most 3600/,
  ],
  [
    'a task that is neither text nor task',
    updateProgramState,
    { ...PROGRAM, contextSummary: { lastTask: 7 } },
    'contextSummary.lastTask',
    /must be text/,
  ],
  [
    'a task without a title',
    updateProgramState,
    { ...PROGRAM, contextSummary: { lastTask: { notes: 'x' } } },
    'contextSummary.lastTask.title',
    /is required/,
  ],
])('%s is refused, naming the field and what is allowed', (_title, operation, input, field, remedy) => {
  const refusal = refusalOf(operation, input);
  expect(refusal).toMatchObject({ code: 'invalid-argument', reason: 'INVALID_FIELD' });
  const fields = refusal.details.fields as { field: string; problem: string }[];
  expect(fields.map((one) => one.field)).toEqual([field]);
  expect(fields[0]?.problem).toMatch(remedy);
  expect(refusal.message).toBe(`${field}: ${fields[0]?.problem}.`);
});

test.each<[title: string, input: unknown]>([
  ['a list', []],
  ['a list of inputs', [{ name: 'x' }]],
  ['a text', 'name'],
  ['a number', 7],
  ['false', false],
  ['a function', () => undefined],
])('%s is no input', (_title, input) => {
  expect(refusalOf(createSession, input).message).toBe('the input: must be a JSON object.');
});

test('what is wrong with several fields alike is said once, and each of them is named', () => {
  const refusal = refusalOf(operations.listEvents, { types: ['a', 'b', 'c'], limit: 0 });
  expect(refusal.message).toMatch(/^types\.0, types\.1, types\.2: must be one of [^:]*; limit: must be at least 1\.$/);
  expect(refusal.details.fields).toMatchObject([
    { field: 'types.0' },
    { field: 'types.1' },
    { field: 'types.2' },
    { field: 'limit' },
  ]);
});

test('every wrong field is named, up to ten', () => {
  const input = { name: 1, status: 2, state: 3, progress: 'x', extra: true };
  expect(
    (refusalOf(createSession, input).details.fields as { field: string }[]).map((one) => one.field).sort(),
  ).toEqual(['extra', 'name', 'progress', 'state', 'status']);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`extra${i}`, i]));
  expect(refusalOf(createSession, { name: 'x', ...many }).details.fields).toHaveLength(10);
});

describe('nesting', () => {
  const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
    let value: unknown = 1;
    for (let i = 0; i < depth; i++) value = wrap(value);
    return value;
  };
  test.each<[title: string, wrap: (inner: unknown) => unknown]>([
    ['maps', (inner) => ({ a: inner })],
    ['lists', (inner) => [inner]],
  ])('10,000 levels of %s are refused before any schema recurses', (_title, wrap) => {
    for (const field of ['name', 'unknown', 'config']) {
      expect(refusalOf(updateProgramState, { ...PROGRAM, [field]: nested(10_000, wrap) }).message).toBe(
        'the input: must not be nested deeper than 20 levels.',
      );
    }
  });

  test('20 levels are what an input may have', () => {
    const settings = (depth: number) => ({
      ...PROGRAM,
      config: { customSettings: nested(depth, (inner) => ({ a: inner })) },
    });
    expect(validateInput(updateProgramState, settings(18))).toMatchObject(settings(18));
    expect(refusalOf(updateProgramState, settings(19)).message).toContain('20 levels');
  });

  test('a value that holds itself is refused', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(refusalOf(createSession, circle).message).toContain('20 levels');
  });
});

describe('prototypes', () => {
  test.each([
    ['at the top', '{"name":"x","__proto__":{"admin":true}}'],
    ['deeper down', '{"programId":"builder","config":{"customSettings":{"a":[{"__proto__":{"admin":true}}]}}}'],
    ['as a value', '{"name":"x","__proto__":1}'],
  ])('__proto__ %s is refused', (_title, json) => {
    for (const operation of [createSession, updateProgramState]) {
      expect(refusalOf(operation, JSON.parse(json)).message).toBe('__proto__: is not a field name.');
    }
    expect({}).not.toHaveProperty('admin');
  });

  test.each(['constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is an unknown field like any other',
    (name) => {
      expect((refusalOf(createSession, { name: 'x', [name]: 1 }).details.fields as { field: string }[])[0]?.field).toBe(
        name,
      );
    },
  );
});

/** Long enough that an echo would show. */
const MEGABYTE = 'Q'.repeat(1_000_000);
const LONG_WAYS: readonly [title: string, input: (long: string) => object][] = [
  ['as a value', (long) => ({ ...PROGRAM, sessionId: long })],
  ['as an id', (long) => ({ programId: long })],
  ['as a field', (long) => ({ ...PROGRAM, [long]: 1 })],
  ['as a field deeper down', (long) => ({ ...PROGRAM, config: { [long]: 1 } })],
  ['as a key of a map', (long) => ({ ...PROGRAM, config: { toolPreferences: { [long]: 'x' } } })],
  ['as a value of a map', (long) => ({ ...PROGRAM, config: { toolPreferences: { x: long } } })],
  [
    'as a field of one of several shapes',
    (long) => ({ ...PROGRAM, contextSummary: { lastTask: { title: 'x', [long]: 1 } } }),
  ],
  [
    'as a field of one of several shapes, none of which fits',
    (long) => ({ ...PROGRAM, contextSummary: { lastTask: { [long]: 1 } } }),
  ],
  ['as a value of one of several shapes', (long) => ({ ...PROGRAM, contextSummary: { lastTask: long } })],
  ['as an id of a pattern', (long) => ({ ...PROGRAM, learnedPatterns: [{ id: long }] })],
  ['in a list', (long) => ({ ...PROGRAM, removePatternIds: [long] })],
];

test.each(LONG_WAYS)(
  'a text of a megabyte %s is refused in no more time than its length asks for, and never echoed',
  (_title, input) => {
    const work = (size: number) => refusalOf(updateProgramState, input(MEGABYTE.slice(0, size)));
    expect(growth(work, MEGABYTE.length / 10)).toBeLessThan(LINEAR);
    const refusal = refusalOf(updateProgramState, input(MEGABYTE));
    expect(refusal.message.length).toBeLessThan(1000);
    expect(JSON.stringify(refusal.details).length).toBeLessThan(1000);
    expect(refusal.message).not.toContain('Q'.repeat(100));
  },
);

test('a message stays short whatever is wrong with it', () => {
  const long = (i: number) => `${i}`.padEnd(100_000, 'Q');
  const wrong = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [long(i), 1]));
  for (const operation of allOperations) {
    expect(refusalOf(operation, wrong).message.length).toBeLessThan(4000);
  }
});

test.each<[title: string, email: (size: number) => string]>([
  ['letters without an end', (size) => `${'a'.repeat(size)}@`],
  ['dots between letters', (size) => `a@${'a.'.repeat(size / 2)}`],
  ['hyphens between letters', (size) => `a@${'a-'.repeat(size / 2)}a`],
  ['dots alone', (size) => '.'.repeat(size)],
])('e-mail addresses that make careless patterns crawl are refused in time: %s', (_title, email) => {
  const work = (size: number) => refusalOf(operations.inviteMember, { email: email(size) });
  expect(work(100_000).reason).toBe('INVALID_FIELD');
  expect(growth(work, 10_000)).toBeLessThan(LINEAR);
});

/** What patterns backtrack over. */
const CRAWLING = ['a', 'a.', 'a-', ' ', 'a ', '0', '/', 'a@', '[a](', '-->', '\n'];

test('no field of any operation takes more time over a text than its length asks for', () => {
  const slow: string[] = [];
  for (const operation of allOperations) {
    for (const field of Object.keys(operation.input.shape)) {
      for (const text of CRAWLING) {
        const long = `${text.repeat(50_000)}!`;
        const work = (size: number) => outcomeOf(operation, { [field]: long.slice(-size) });
        if (growth(work, 5000) >= LINEAR) slow.push(`${operation.name} ${field} ${JSON.stringify(text)}`);
      }
    }
  }
  expect(slow).toEqual([]);
});

test('every operation refuses a field that it does not declare', () => {
  for (const operation of allOperations) {
    expect(refusalOf(operation, { surprise: 1 }).message).toContain('surprise: is not a field of this operation');
  }
});
