import { randomUUID } from 'node:crypto';
import {
  type Access,
  callableName,
  type ErrorCode,
  type OperationName,
  operations,
  type Reason,
} from '@quarterdeck/contract';
import fc from 'fast-check';
import type { z } from 'zod';
import { DomainError } from '../../functions/src/domain/domain-error.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { encodePageToken } from '../../functions/src/store/page-token.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { chance } from '../support/seeded.js';
import { aWorld, caller, hashOf, type World } from '../support/world.js';

/** Inputs per operation. */
const { runs: numRuns, seed } = chance(50);
const TIMEOUT_MS = 300_000 + numRuns * 100;
/** What is wrong with a request, or with what it asks for. Never that something broke. */
const CLIENT_ERRORS: readonly ErrorCode[] = [
  'invalid-argument',
  'unauthenticated',
  'permission-denied',
  'not-found',
  'already-exists',
  'failed-precondition',
  'aborted',
  'resource-exhausted',
];

/** Reasons that every operation may have. */
const COMMON_REASONS: readonly Reason[] = [
  'INVALID_FIELD',
  'NO_CREDENTIAL',
  'INVALID_KEY',
  'TOKEN_REVOKED',
  'NO_ACCOUNT',
  'ROLE_NOT_ALLOWED',
];

/** Tokens of the right shape with places that no list has. */
const FORGED_PLACES = [
  { id: '..' },
  { id: '__x__' },
  { id: 'a\ud83d' },
  { id: 'x'.repeat(129) },
  { id: '\u0000' },
  { createdAt: 1e300, id: 'a' },
  { createdAt: -1, id: 'a' },
  { createdAt: 0.5, id: 'a' },
  { createdAt: 253_402_300_799_999, id: 'a' },
  { createdAt: 253_402_300_800_000, id: 'a' },
  { part: 'live', createdAt: 1e300, id: 'a' },
  { part: 'ended', createdAt: 0, id: '.' },
  { part: 'nowhere', createdAt: 0, id: 'a' },
  { part: 'ended', createdAt: 0, id: 'a' },
] as const;
const tokenOf = (place: object) => encodePageToken(place as Record<string, string | number>);

const HOSTILE_NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.1 + 0.2,
  1.5,
  30,
  60,
  100,
  101,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

const HOSTILE_THINGS: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  [],
  [[]],
  {},
  { length: -1 },
  { toString: null },
  { toJSON: 'x' },
  { constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  Array(1000).fill('a'),
  nested(15),
  10n,
  Symbol('x'),
  () => 'x',
  new Date(Number.NaN),
  new Map([['a', 1]]),
  Buffer.from('abc'),
];

const ORDINARY = [
  'builder',
  'session-1',
  'x',
  'Auth refactor',
  '#1a2b3c',
  'ada@example.com',
  'working',
  'f'.repeat(64),
];
const LEAVES: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  ...FORGED_PLACES.map(tokenOf),
  ...HOSTILE_NUMBERS,
  ...HOSTILE_THINGS,
  ...ORDINARY,
];

/** Too deep for a schema; only what guards it may see it. */
const DEEP = nested(10_000);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? { a: value } : [value];
  return value;
}

/** What zod says of a schema, as far as this test asks. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Record<string, string>;
}
const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** Values that a schema takes, or nearly takes: what passes validation is what can still hurt behind it. */
function nearly(schema: z.ZodType, known: readonly unknown[]): fc.Arbitrary<unknown> {
  const { type, shape, innerType, element, options, keyType, valueType, entries } = definitionOf(schema);
  if (shape) {
    const fields = Object.entries(shape).map(([name, field]) => [name, mixed(field, known)] as const);
    const requiredKeys = Object.keys(shape).filter((name) => !shape[name]?.safeParse(undefined).success);
    return fc.record(Object.fromEntries(fields), { requiredKeys });
  }
  if (innerType) return fc.oneof({ weight: 3, arbitrary: nearly(innerType, known) }, fc.constantFrom(undefined, null));
  if (element) return fc.array(mixed(element, known), { maxLength: 4 });
  if (options) return fc.oneof(...options.map((option) => nearly(option, known)));
  if (keyType && valueType) {
    const key = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length <= 1500)), fc.string());
    return fc.dictionary(key, type === 'record' ? mixed(valueType, known) : fc.jsonValue(), { maxKeys: 4 });
  }
  if (entries) return fc.constantFrom(...Object.values(entries));
  const fitting = [...known, ...LEAVES].filter((value) => schema.safeParse(value).success);
  return fitting.length === 0 ? fc.anything() : fc.constantFrom(...fitting);
}

function mixed(schema: z.ZodType, known: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: nearly(schema, known) },
    { weight: 1, arbitrary: fc.constantFrom(...LEAVES, DEEP) },
    { weight: 1, arbitrary: fc.anything({ maxDepth: 3, withBigInt: true, withNullPrototype: true }) },
  );
}

function anInput(schema: z.ZodObject, known: readonly unknown[]): fc.Arbitrary<unknown> {
  const extra = fc.tuple(nearly(schema, known), fc.string(), fc.constantFrom(...LEAVES));
  return fc.oneof(
    { weight: 8, arbitrary: nearly(schema, known) },
    { weight: 1, arbitrary: extra.map(([input, name, value]) => ({ ...(input as object), [name]: value })) },
    { weight: 1, arbitrary: fc.constantFrom(...LEAVES) },
  );
}

/** Reads that write what they computed, for the next reader. */
const KEEPS_WHAT_IT_READ: ReadonlySet<OperationName> = new Set(['getFleetHealth']);

let first: World;
let world: World;
let builder: { apiKey: string };
beforeAll(async () => {
  first = await aWorld();
  await openAccount();
});
afterAll(() => first.close());

/** From now on another account is tried. */
async function openAccount(): Promise<void> {
  world = await aWorld({ beside: first });
  builder = await world.aKey('builder');
  await world.aKey('reviewer');
}

interface Answer {
  readonly accepted: boolean;
  readonly code: string;
  readonly writes: number;
}

/** Calls with anything at all, and says what came of it. What is no refusal is thrown on. */
async function send(name: OperationName, input: unknown, who: Credentials): Promise<Answer> {
  world.spy.since();
  const answer = (accepted: boolean, code: string): Answer => {
    const { writes, deletes } = world.spy.since();
    return { accepted, code, writes: writes + deletes };
  };
  try {
    await caller(world.app)(name, input as never, who);
    return answer(true, 'accepted');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(CLIENT_ERRORS).toContain(error.code);
    expect([...COMMON_REASONS, ...operations[name].errors]).toContain(error.reason);
    expect(error.message.length).toBeLessThan(5000);
    expect(JSON.stringify(error.details).length).toBeLessThan(20_000);
    return answer(false, error.code);
  }
}

const cases = (Object.keys(operations) as OperationName[]).map((name) => [operations[name].name, name] as const);

test.each(cases)(
  '%s answers whatever it is sent, and what it refuses changes nothing',
  async (snakeName, name) => {
    expect(callableName(snakeName)).toBe(name);
    await openAccount();
    const operation = operations[name];
    const { sessionId } = await world.call('createSession', { name: 'x', sessionId: 'session-1' }, builder);
    // Without an open window most of what memories are asked would end at the door.
    await world.call('activateAgent', { hours: 168 }, builder);
    const { memoryIds } = await world.call('remember', { content: 'x builder' }, builder);
    // Things that are there, so that inputs reach as far as they can.
    const known = [sessionId, 'builder', 'reviewer', hashOf(builder), ...memoryIds];
    const access: readonly Access[] = operation.access;
    const callers = access.includes('program') ? [world.admin, builder] : [world.admin];
    // A key notes the day of its first use, whatever the operation.
    await world.call('getAccount', {}, builder);

    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anInput(operation.input, known), fc.constantFrom(...callers), async (input, who) => {
        const { accepted, code, writes } = await send(name, input, who);
        if (!accepted || (operation.effect === 'read' && !KEEPS_WHAT_IT_READ.has(name)))
          expect({ code, writes }).toEqual({ code, writes: 0 });
        if (code === 'invalid-argument') refused++;
      }),
      { numRuns, seed },
    );
    expect({}).not.toHaveProperty('polluted');
    expect(refused).toBeGreaterThan(5);
  },
  TIMEOUT_MS,
);

test('depth and prototypes are refused by every operation, in every field and below', async () => {
  const proto = JSON.parse('{"__proto__":{"polluted":true}}') as unknown;
  const settings = (value: unknown) => ({ programId: 'builder', config: { customSettings: { a: value } } });
  for (const value of [DEEP, proto]) {
    expect((await send('updateProgramState', settings(value), builder)).code).toBe('invalid-argument');
    for (const [, name] of cases) {
      for (const field of ['surprise', ...Object.keys(operations[name].input.shape)]) {
        expect([name, field, (await send(name, { [field]: value }, world.admin)).code]).toEqual([
          name,
          field,
          'invalid-argument',
        ]);
      }
    }
  }
  expect({}).not.toHaveProperty('polluted');
});

describe('places that no list has', () => {
  const lists = ['listSessions', 'listKeys', 'listPrograms', 'listMembers', 'listMemories'] as const;
  test.each(lists.flatMap((name) => FORGED_PLACES.map((place) => [name, place] as const)))(
    '%s from %j',
    async (name, place) => {
      const program = name === 'listMemories' ? { programId: 'builder' } : {};
      const input = { ...program, pageToken: tokenOf(place) };
      expect(await send(name, input, world.admin)).toMatchObject({ writes: 0 });
    },
  );
});

describe('people whose token says anything', () => {
  test.each([
    ['nothing', null],
    ['100 rockets', '🚀'.repeat(100)],
    ['a name of 300 rockets', `x${'🚀'.repeat(300)}`],
    ['half a character', 'a\ud83d'],
    ['a blank', ' '],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('can make an account: %s', async (_title, displayName) => {
    const uid = `someone-${randomUUID()}`;
    const person: Credentials = {
      idToken: { uid, authTimeSeconds: world.clock.now().getTime() / 1000, verifiedEmail: null, displayName },
    };
    expect(await send('createAccount', {}, person)).toMatchObject({ accepted: true });
    const { account } = await caller(world.app)('getAccount', {}, person);
    // Half a character is stored as the replacement character, or not at all.
    expect(account.name).not.toMatch(/[\ud800-\udfff\ufffd]/u);
    expect(account.name.length).toBeLessThanOrEqual(200);
    const { members } = await caller(world.app)('listMembers', {}, person);
    expect((members[0]?.displayName ?? '').length).toBeLessThanOrEqual(200);
  });
});
