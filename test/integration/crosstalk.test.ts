import '../../functions/src/entries/quiet-debug.js';
import { randomUUID } from 'node:crypto';
import { allOperations, type Door, type Operation } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { type ServedDoors, serveEveryDoor } from '../support/every-door.js';
import { CLIENTS, modernClient, post, type ToolResult, toolCall } from '../support/mcp.js';
import { anInstance, caller, type Instance } from '../support/world.js';

/** One process serves many accounts at once, and no answer ever carries what is another account's. */

let instance: Instance;
let doors: ServedDoors;
beforeAll(async () => {
  instance = anInstance();
  doors = await serveEveryDoor(instance.app);
});
afterAll(async () => {
  await doors.close();
  await instance.close();
});

interface Tenant {
  readonly number: number;
  /** Marks all that it makes. */
  readonly mark: string;
  readonly key: string;
  readonly headers: Record<string, string>;
}

/** An account with a session of its own, whose id and name bear its mark. */
async function aTenant(_: unknown, number: number): Promise<Tenant> {
  const call = caller(instance.app);
  const uid = randomUUID();
  const person: Credentials = {
    idToken: { uid, authTimeSeconds: Date.now() / 1000 + 1, verifiedEmail: null, displayName: null },
  };
  const mark = `tenant-${number}-${uid.slice(0, 8)}`;
  await call('createAccount', { name: mark }, person);
  const { key } = await call('createKey', { programId: 'builder', label: mark }, person);
  await call('createSession', { sessionId: mark, name: mark }, { apiKey: key });
  return { number, mark, key, headers: { 'X-Api-Key': key } };
}

/** The marks of tenants that an answer bears. */
function marksIn(answer: unknown): string[] {
  return [...new Set(JSON.stringify(answer).match(/tenant-\d+-[0-9a-f]{8}/g))];
}

/** The n-th call of a tenant: another tool each time. */
function nthCall({ mark }: Tenant, n: number): [tool: string, input: Record<string, unknown>] {
  const calls: [string, Record<string, unknown>][] = [
    ['list_sessions', {}],
    ['get_session', { sessionId: mark }],
    ['update_session', { sessionId: mark, status: `${mark} ${n}`, progress: n % 100 }],
    ['get_account', {}],
    ['heartbeat', { sessionId: mark, contextBytes: n }],
  ];
  return calls[n % calls.length] as [string, Record<string, unknown>];
}

test('50 MCP clients of 10 accounts, 500 calls: every answer is its own', async () => {
  const tenants = await Promise.all(Array.from({ length: 10 }, aTenant));
  const clients = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const tenant = tenants[n % tenants.length] as Tenant;
      return { tenant, client: await CLIENTS[n % 2 === 0 ? 'v1' : 'v2'](doors.addresses.mcp, tenant.headers) };
    }),
  );
  let calls = 0;
  await Promise.all(
    clients.map(async ({ tenant, client }, n) => {
      for (let i = 0; i < 10; i++) {
        const result = await client.call(...nthCall(tenant, n + i));
        expect(result).not.toMatchObject({ isError: true });
        expect(marksIn(result)).toEqual([tenant.mark]);
        calls++;
      }
      await client.close();
    }),
  );
  expect(calls).toBe(500);
});

/** By id, so that every call of a tenant is made at another door than the one before. */
const DOORS: readonly Door[] = ['mcp', 'rest', 'callable', 'mcp'];

/** What a door answers to the n-th call of a tenant; at the MCP door the request bears that number. */
async function answerTo(tenant: Tenant, n: number): Promise<unknown> {
  const { key, headers } = tenant;
  const [tool, input] = nthCall(tenant, n);
  const door = DOORS[n % DOORS.length] as Door;
  if (door === 'mcp') {
    const response = await post(doors.addresses.mcp, toolCall(tool, input, n), headers);
    const { id, result } = (await response.json()) as { id: number; result: ToolResult };
    expect([id, result.isError ?? false]).toEqual([n, false]);
    return result;
  }
  const operation = allOperations.find(({ name }) => name === tool) as Operation;
  const { verdict, wire } = await doors.ask[door](operation, input, { key });
  expect([door, tool, verdict]).toEqual([door, tool, 'accepted']);
  return wire;
}

test('500 requests of 50 accounts at once, at three doors: every answer is its own, and bears the id of its request', async () => {
  const tenants = await Promise.all(Array.from({ length: 50 }, aTenant));
  // Ids repeat between accounts, as they do between clients that count from one.
  const requests = tenants.flatMap((tenant) => Array.from({ length: 10 }, (_, id) => ({ tenant, id })));
  const shuffled = requests.sort(
    (a, b) => ((a.tenant.number * 7 + a.id * 31) % 97) - ((b.tenant.number * 7 + b.id * 31) % 97),
  );
  const answers = await Promise.all(
    shuffled.map(async ({ tenant, id }) => ({ tenant, answer: await answerTo(tenant, id) })),
  );
  expect(answers).toHaveLength(500);
  for (const { tenant, answer } of answers) expect(marksIn(answer)).toEqual([tenant.mark]);
});

test('a guessed id of another account is never found, however many ask at once', async () => {
  const [victim, ...others] = await Promise.all(Array.from({ length: 6 }, aTenant));
  const guess = { sessionId: victim?.mark };
  const results = await Promise.all(
    others.map(async ({ headers }) => {
      const client = await modernClient(doors.addresses.mcp, headers);
      const answers = await Promise.all(['get_session', 'heartbeat'].map((tool) => client.call(tool, guess)));
      await client.close();
      return answers;
    }),
  );
  for (const result of results.flat()) {
    expect(result._meta).toMatchObject({ 'quarterdeck/refusal': { code: 'not-found', reason: 'SESSION_UNKNOWN' } });
  }
});
