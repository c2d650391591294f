import '../../functions/src/entries/quiet-debug.js';
import { allOperations, type Door, type Operation, REASONS, type Reason } from '@quarterdeck/contract';
import { databaseHash } from '../support/database-hash.js';
import { type Asker, type ServedDoors, serveEveryDoor } from '../support/every-door.js';
import { aWorld, type World } from '../support/world.js';

/**
 * The same callers ask for the same things at every door, and hear the same verdict. Inputs have a field that no operation knows, so whoever may call
 * is refused for that alone, and nothing changes.
 */

let w: World;
let stranger: World;
let doors: ServedDoors;
let askers: Readonly<Record<string, Asker>>;

/** The verdict of one door. */
async function ask(door: Door, operation: Operation, input: object, asker: Asker = {}): Promise<string> {
  return (await doors.ask[door](operation, input, asker)).verdict;
}

beforeAll(async () => {
  w = await aWorld();
  stranger = await aWorld();
  doors = await serveEveryDoor(w.app);
  askers = await callers();
});

afterAll(async () => {
  await doors.close();
  await Promise.all([w.close(), stranger.close()]);
});

async function callers(): Promise<Record<string, Asker>> {
  const keyOf = async (programId: string, role?: 'program' | 'auditor' | 'admin') =>
    (await w.aKey(programId, role)).apiKey;
  const builder = await keyOf('builder');
  const revoked = await w.call('createKey', { programId: 'builder', label: 'revoked' });
  await w.call('revokeKey', { keyHash: revoked.keyHash });
  const expired = await w.call('createKey', { programId: 'builder', label: 'expired', expiresInDays: 1 });
  const { sessionToken: late } = await w.call('activateAgent', { hours: 1 }, { apiKey: builder });
  w.clock.advance({ days: 2 });
  const { sessionToken: token } = await w.call('activateAgent', {}, { apiKey: builder });
  const other = await keyOf('other');
  const foreign = (await stranger.aKey('builder')).apiKey;
  return {
    nobody: {},
    'a program': { key: builder },
    'a program in its window': { key: builder, token },
    'a program with the token of an expired window': { key: builder, token: late },
    'a program with the token of another': { key: other, token },
    'a program with a forged token': { key: builder, token: `${token.slice(0, -4)}AAAA` },
    'an auditor': { key: await keyOf('watcher', 'auditor') },
    'an admin': { key: await keyOf('overseer', 'admin') },
    'a revoked key': { key: revoked.key },
    'an expired key': { key: expired.key },
    'a key with a typing error': { key: `${builder.slice(0, -1)}${builder.endsWith('0') ? '1' : '0'}` },
    'a well-formed key that nobody has': { key: 'cb_00000000000000000000000000000000000000000000aBcDeF' },
    'a foreign token': { key: foreign, token },
  };
}

const ASKERS = [
  'nobody',
  'a program',
  'a program in its window',
  'a program with the token of an expired window',
  'a program with the token of another',
  'a program with a forged token',
  'an auditor',
  'an admin',
  'a revoked key',
  'an expired key',
  'a key with a typing error',
  'a well-formed key that nobody has',
  'a foreign token',
] as const;

/** What each caller hears of an operation that its role may not, and may, call. */
function expected({ access }: Operation, asker: (typeof ASKERS)[number]): Reason {
  if (access.includes('anyone')) return 'INVALID_FIELD';
  if (access.includes('person')) return 'NO_CREDENTIAL';
  const byRole = (role: 'program' | 'auditor' | 'admin'): Reason =>
    access.includes(role) ? 'INVALID_FIELD' : 'ROLE_NOT_ALLOWED';
  switch (asker) {
    case 'nobody':
      return 'NO_CREDENTIAL';
    case 'a program':
    case 'a program in its window':
    case 'a program with the token of an expired window':
      return byRole('program');
    case 'an auditor':
      return byRole('auditor');
    case 'an admin':
      return byRole('admin');
    case 'a program with the token of another':
      return 'NOT_OWNER';
    case 'a program with a forged token':
    case 'a foreign token':
      return 'INVALID_SESSION_TOKEN';
    default:
      return 'INVALID_KEY';
  }
}

test('the callers are those of the table', () => {
  expect(Object.keys(askers).sort()).toEqual([...ASKERS].sort());
});

test.each(ASKERS)(
  'every door gives %s the verdict of the registry for every operation, and nothing changes',
  async (name) => {
    const before = await databaseHash(w.db, w.account);
    for (const operation of allOperations) {
      const verdicts = await Promise.all(
        operation.doors.map((door) => ask(door, operation, { noSuchField: 1 }, askers[name] ?? {})),
      );
      const reason = expected(operation, name);
      expect([operation.name, ...verdicts]).toEqual([
        operation.name,
        ...operation.doors.map(() => `${REASONS[reason]} ${reason}`),
      ]);
    }
    expect(await databaseHash(w.db, w.account)).toEqual(before);
  },
  300_000,
);

describe('whose a thing is', () => {
  const cases: { title: string; operation: string; input: object; asker: (typeof ASKERS)[number]; verdict: string }[] =
    [
      {
        title: 'own program state',
        operation: 'get_program_state',
        input: { programId: 'builder' },
        asker: 'a program',
        verdict: 'accepted',
      },
      {
        title: "another program's state",
        operation: 'get_program_state',
        input: { programId: 'other' },
        asker: 'a program',
        verdict: 'permission-denied NOT_OWNER',
      },
      {
        title: "any program's state",
        operation: 'get_program_state',
        input: { programId: 'other' },
        asker: 'an auditor',
        verdict: 'accepted',
      },
      {
        title: "a program's state",
        operation: 'update_program_state',
        input: { programId: 'builder' },
        asker: 'an admin',
        verdict: 'permission-denied NOT_OWNER',
      },
      {
        title: 'own current window',
        operation: 'current_session',
        input: {},
        asker: 'a program in its window',
        verdict: 'accepted',
      },
      {
        title: 'an expired window',
        operation: 'current_session',
        input: {},
        asker: 'a program with the token of an expired window',
        verdict: 'unauthenticated SESSION_EXPIRED',
      },
      {
        title: "another program's window",
        operation: 'current_session',
        input: { programId: 'other' },
        asker: 'a program',
        verdict: 'permission-denied NOT_OWNER',
      },
      {
        title: 'a session that nobody has',
        operation: 'get_session',
        input: { sessionId: 'guessed' },
        asker: 'a program',
        verdict: 'not-found SESSION_UNKNOWN',
      },
      {
        title: 'a key that nobody has',
        operation: 'revoke_key',
        input: { keyHash: '0'.repeat(64) },
        asker: 'an admin',
        verdict: 'not-found KEY_UNKNOWN',
      },
      {
        title: 'a program that nobody has',
        operation: 'get_program',
        input: { programId: 'nobody' },
        asker: 'an admin',
        verdict: 'not-found PROGRAM_UNKNOWN',
      },
    ];

  test.each(cases)(
    '$title: $asker hears “$verdict” of $operation at every door',
    async ({ operation: name, input, asker, verdict }) => {
      const operation = allOperations.find((one) => one.name === name);
      if (operation === undefined) throw new Error(`there is no operation ${name}`);
      const verdicts = operation.doors.map((door) => ask(door, operation, input, askers[asker] ?? {}));
      expect(await Promise.all(verdicts)).toEqual(operation.doors.map(() => verdict));
    },
  );
});

test('a revoked key is refused at every door at once where it was revoked, and after 30 seconds at the latest elsewhere', async () => {
  const { key, keyHash } = await w.call('createKey', { programId: 'brief', label: 'brief' });
  const operation = allOperations.find(({ name }) => name === 'list_sessions') as Operation;
  const everywhere = () => Promise.all(operation.doors.map((door) => ask(door, operation, {}, { key })));
  expect(await everywhere()).toEqual(['accepted', 'accepted', 'accepted']);
  await w.call('revokeKey', { keyHash });
  expect(await everywhere()).toEqual(Array(3).fill('unauthenticated INVALID_KEY'));
});
