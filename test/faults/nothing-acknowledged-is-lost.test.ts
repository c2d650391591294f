import '../../functions/src/entries/quiet-debug.js';
import { callableName, type OperationName, operations } from '@quarterdeck/contract';
import { comparableDifference } from '../support/comparable.js';
import { everyDoor } from '../support/every-door.js';
import { useOwnEmulator } from '../support/own-emulator.js';
import { aScriptedAccount, closeReceiver, credentialsOf, type ScriptedAccount } from '../support/scripted-account.js';
import type { Attempt, ScriptedClient } from '../support/scripted-calls.js';
import { chance, seeded, shuffled } from '../support/seeded.js';
import { type ServedProcess, startServedProcess } from '../support/served-process.js';
import { allNames } from '../support/valid-calls.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { anInstance, aWorld, TestClock, type World } from '../support/world.js';

/**
 * Eight clients make every call of the registry at every door of a process that dies again and again, and repeat with the same idempotency key what was not
 * answered. In the end all is there, once, as if nothing had died. QUARTERDECK_RUNS sets how often the process dies.
 */
const { runs: deaths, seed } = chance(8);
const ACCOUNTS = 2;
const CLIENTS_OF_AN_ACCOUNT = 4;
/** Every call is made by so many clients: enough for all those deaths. */
const COPIES = Math.min(8, Math.ceil(deaths / 10));
const TIMEOUT_MS = 240_000 + deaths * 10_000;

const opened: { close(): Promise<unknown> }[] = [];
let served: ServedProcess;
let found: readonly ScriptedAccount[];
let worlds: World[];

afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await closeReceiver();
});

async function accountsOn(attempt: Attempt, undisturbed: boolean): Promise<ScriptedAccount[]> {
  worlds = [];
  const accounts: ScriptedAccount[] = [];
  for (let n = 0; n < ACCOUNTS; n++) {
    // Limited, so that the slots of its sessions are counted too.
    const world = await aWorld({ sessionLimit: 1000, clock: new SystemClock() });
    sendToThisMachine(world);
    opened.push(world);
    worlds.push(world);
    accounts.push(
      await aScriptedAccount(world, { clients: CLIENTS_OF_AN_ACCOUNT, seed: seed + n, attempt, undisturbed }),
    );
  }
  return accounts;
}

/** The clock of this machine, as the served process has it. */
class SystemClock extends TestClock {
  override now(): Date {
    return new Date();
  }
}

/** Which calls a client makes. */
function shareOf(account: number, client: number): OperationName[] {
  const order = shuffled(allNames, seeded(seed + account));
  const parts = (ACCOUNTS * CLIENTS_OF_AN_ACCOUNT) / COPIES;
  return order.filter((_name, index) => index % parts === (account * CLIENTS_OF_AN_ACCOUNT + client) % parts);
}

async function runAll(accounts: readonly ScriptedAccount[], atOnce: boolean): Promise<void> {
  const runs = accounts.flatMap(({ clients }, account) =>
    clients.map((client: ScriptedClient, n) => () => client.run(shareOf(account, n))),
  );
  if (atOnce) await settled(runs.map((run) => run()));
  else for (const run of runs) await run();
}

/** All of them end before the first failure is told, so that none works on what is looked at. */
async function settled(runs: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Asks the served process; who is cut off hears nothing, waits until it is back, and asks again. */
function askTheMortal(): Attempt {
  const next = seeded(seed);
  let requests = 0;
  let dies = 0;
  let nextDeath = 5;
  let back: Promise<unknown> = Promise.resolve();
  return async (door, ...call) => {
    if (++requests >= nextDeath && dies < deaths) {
      dies++;
      nextDeath = requests + 2 + Math.floor(next() * 10);
      const soon = new Promise((done) => setTimeout(done, next() * 20));
      back = Promise.all([back, soon]).then(() => served.crash());
      back.catch(() => undefined);
    }
    try {
      return await everyDoor(served.addresses())[door](...call);
    } catch (error) {
      // What fetch throws is of another realm than the tests.
      if ((error as Error).name !== 'TypeError') throw error;
      await back;
      return { verdict: 'unavailable DATABASE_UNAVAILABLE', answer: {}, wire: '' };
    }
  };
}

/** Calls within this process, which nothing disturbs. */
function askHere(): Attempt {
  return async (_door, { name }, input, asker = {}) => {
    const { idempotencyKey = '' } = asker;
    const { dispatch } = (worlds[0] as World).app;
    const answer = await dispatch(callableName(name) as OperationName, input, credentialsOf(asker), { idempotencyKey });
    return { verdict: 'accepted', answer, wire: '' };
  };
}

async function textOf(accounts: readonly ScriptedAccount[]): Promise<string[][]> {
  return Promise.all(accounts.map((account) => account.text()));
}

beforeAll(async () => {
  opened.push(await useOwnEmulator());
  const { db, close } = anInstance();
  opened.push({ close });
  served = await startServedProcess(db);
  opened.push(served);
}, TIMEOUT_MS);

test(
  `what was acknowledged is there, once, although the process died ${deaths} times`,
  async () => {
    const reference = await accountsOn(askHere(), true);
    await runAll(reference, false);
    const expected = await textOf(reference);

    found = await accountsOn(askTheMortal(), false);
    await runAll(found, true);
    expect(served.starts).toBe(1 + deaths);
    const texts = await textOf(found);
    for (const [n, text] of texts.entries()) expect(comparableDifference(text, expected[n] ?? [])).toEqual([]);
    for (const account of found) expect(await account.broken()).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'whoever asks again hears the same, and nothing changes',
  async () => {
    const before = await textOf(found);
    const ask = askHere();
    const calls = found.flatMap(({ clients }) => clients.flatMap(({ acknowledged }) => acknowledged));
    for (const { name, input, asker, answer, isWhole } of calls) {
      if (!isWhole || operations[name].effect === 'read') continue;
      expect([name, (await ask('rest', operations[name], input, asker)).answer]).toEqual([name, answer]);
    }
    expect(await textOf(found)).toEqual(before);
  },
  TIMEOUT_MS,
);

test('the process wrote of nothing that nobody foresaw', () => {
  expect(served.log()).not.toMatch(/unexpected error|uncaught|unhandled/);
});
