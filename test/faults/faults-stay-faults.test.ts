import '../../functions/src/entries/quiet-debug.js';
import { type OperationName, operations } from '@quarterdeck/contract';
import { comparableDifference } from '../support/comparable.js';
import { claimsOf, type ServedDoors, serveEveryDoor } from '../support/every-door.js';
import { FaultGate, grpcError } from '../support/fault-gate.js';
import { useOwnEmulator } from '../support/own-emulator.js';
import { aScriptedAccount, closeReceiver, type ScriptedAccount } from '../support/scripted-account.js';
import type { Attempt, ScriptedClient } from '../support/scripted-calls.js';
import { chance, seeded, shuffled } from '../support/seeded.js';
import { allNames } from '../support/valid-calls.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, recordedAuth, type World } from '../support/world.js';

/**
 * The database fails at one RPC in twenty, or answers nobody for a while. Clients call every operation of the registry at every door and repeat what failed with
 * the same idempotency key. QUARTERDECK_RUNS sets how many runs.
 */
const { runs, seed } = chance(1);
const CLIENTS = 4;
/** How often the database freezes, and what passes before each time. */
const FREEZES = 6;
const RPCS_BETWEEN_FREEZES = 40;
/** Of gRPC. */
const [ABORTED, UNAVAILABLE] = [10, 14];
const CODES = ['unavailable', 'deadline-exceeded', 'aborted', 'resource-exhausted'];

const opened: { close(): Promise<unknown> }[] = [];
beforeAll(async () => {
  opened.push(await useOwnEmulator());
});
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await closeReceiver();
});

interface Disturbed {
  readonly world: World;
  readonly doors: ServedDoors;
  readonly faults: FaultGate;
  readonly account: ScriptedAccount;
  /** What clients were refused with. */
  readonly verdicts: ReadonlySet<string>;
}

interface DisturbedSettings {
  readonly undisturbed?: boolean;
  readonly clients?: number;
  /** Another account, whose instance and doors this one shares. */
  readonly beside?: Disturbed | undefined;
}

async function aDisturbedAccount(
  runSeed: number,
  { undisturbed = false, clients = CLIENTS, beside }: DisturbedSettings = {},
): Promise<Disturbed> {
  const faults = beside?.faults ?? new FaultGate();
  faults.arm();
  const auth = recordedAuth(async (token) => claimsOf(token));
  const world = await aWorld(beside ? { beside: beside.world } : { gate: faults.gate, auth });
  sendToThisMachine(world);
  const doors = beside?.doors ?? (await serveEveryDoor(world.app));
  if (beside === undefined) opened.push(world, doors);
  const verdicts = new Set<string>();
  const attempt: Attempt = async (door, ...call) => {
    const answer = await doors.ask[door](...call);
    if (answer.verdict !== 'accepted') verdicts.add(answer.verdict);
    return answer;
  };
  const account = await aScriptedAccount(world, { clients, seed: runSeed, attempt, undisturbed });
  return { world, doors, faults, account, verdicts };
}

/** The refusals that are no fault of the database, and no answer about an effect that is there already. */
function unexpected(verdicts: ReadonlySet<string>): string[] {
  const told = ['PROGRAM_EXISTS', 'MEMBER_UNKNOWN', 'WEBHOOK_UNKNOWN'];
  return [...verdicts].filter((verdict) => {
    const [code = '', reason = ''] = verdict.split(' ');
    return !CODES.includes(code) && !told.includes(reason);
  });
}

test('every operation has a valid call', () => {
  expect([...allNames].sort()).toEqual(Object.keys(operations).sort());
});

/** Resolves when a number has begun to grow, and then stayed the same for as long as requests of this machine can be on their way. */
async function quiet(count: () => number): Promise<void> {
  for (let same = 0, last = count(); same < 300 || last === 0; same = count() === last ? same + 1 : 0) {
    last = count();
    await new Promise((next) => setImmediate(next));
  }
}

/** Each client makes some of the calls, so that all of them together make each once. */
function sharesOf(runSeed: number): OperationName[][] {
  const order = shuffled(allNames, seeded(runSeed));
  return Array.from({ length: CLIENTS }, (_, n) => order.filter((_name, index) => index % CLIENTS === n));
}

/** All clients at once, or one after another. */
async function runAll({ account }: Disturbed, runSeed: number, atOnce: boolean): Promise<void> {
  const shares = sharesOf(runSeed);
  const run = (client: ScriptedClient, n: number) => client.run(shares[n]);
  if (atOnce) await Promise.all(account.clients.map(run));
  else for (const [n, client] of account.clients.entries()) await run(client, n);
}

describe.each(Array.from({ length: runs }, (_, n) => seed + n))('with seed %i', (runSeed) => {
  let expected: string[];

  beforeAll(async () => {
    const undisturbed = await aDisturbedAccount(runSeed, { undisturbed: true });
    await runAll(undisturbed, runSeed, false);
    expected = await undisturbed.account.text();
    expect(await undisturbed.account.broken()).toEqual([]);
  });

  test('when one RPC in twenty fails, clients hear of nothing but that, and after repetitions the database is as if none had', async () => {
    const disturbed = await aDisturbedAccount(runSeed);
    const { faults, account, verdicts } = disturbed;
    faults.failAtRandom(20, seeded(runSeed));
    await runAll(disturbed, runSeed, true);
    expect(faults.failed).toBeGreaterThan(0);
    faults.arm();
    expect(unexpected(verdicts)).toEqual([]);
    expect(verdicts.size).toBeGreaterThan(0);
    expect(comparableDifference(await account.text(), expected)).toEqual([]);
    expect(await account.broken()).toEqual([]);
  });

  test('when it answers nobody for a while, whoever waits is answered or told so, and afterwards it is as if it always had', async () => {
    const disturbed = await aDisturbedAccount(runSeed);
    const { faults, account, verdicts } = disturbed;
    faults.arm();
    const work = runAll(disturbed, runSeed, true);
    for (let times = 0; times < FREEZES; times++) {
      while (faults.seen < RPCS_BETWEEN_FREEZES) await new Promise((next) => setImmediate(next));
      const frozen = faults.freeze();
      // Until all that can wait for it does.
      await quiet(() => frozen.waiting());
      frozen.thaw((n) => ((n + times) % 2 === 0 ? grpcError(4) : undefined));
    }
    await work;
    expect(unexpected(verdicts)).toEqual([]);
    expect(verdicts).toContain('deadline-exceeded DATABASE_TIMEOUT');
    expect(comparableDifference(await account.text(), expected)).toEqual([]);
    expect(await account.broken()).toEqual([]);
  });
});

describe('a call of which the database did what was asked, and only its answer was lost', () => {
  const writes = allNames.filter((name) => operations[name].effect !== 'read');

  let first: Disturbed | undefined;

  test.each(writes)('%s has one effect, whichever of its writes it was', async (name) => {
    const undisturbed = await aDisturbedAccount(seed, { clients: 1, undisturbed: true, beside: first });
    first ??= undisturbed;
    const commits = await commitsOf(undisturbed, name);
    const expected = await undisturbed.account.text();
    // Whatever has the same text is as whole.
    expect(await undisturbed.account.broken()).toEqual([]);
    // The first is the call's own claim: see docs/decisions/015-idempotency.md. The others are what it does, and its answer.
    for (let lost = 1; lost < commits; lost++) {
      const disturbed = await aDisturbedAccount(seed, { clients: 1, beside: first });
      await commitsOf(disturbed, name, lost);
      expect({ lost, verdicts: unexpected(disturbed.verdicts) }).toEqual({ lost, verdicts: [] });
      expect(comparableDifference(await disturbed.account.text(), expected)).toEqual([]);
    }
  });

  test('that is so for what adds up too when the database says it was aborted: whoever hears that repeats the call', async () => {
    const undisturbed = await aDisturbedAccount(seed, { clients: 1, undisturbed: true, beside: first });
    first ??= undisturbed;
    const commits = await commitsOf(undisturbed, 'sendMessage');
    for (let lost = 1; lost < commits; lost++) {
      const disturbed = await aDisturbedAccount(seed, { clients: 1, beside: first });
      await commitsOf(disturbed, 'sendMessage', lost, ABORTED);
      expect(comparableDifference(await disturbed.account.text(), await undisturbed.account.text())).toEqual([]);
    }
  });

  /** Makes one call; the answer to one of its writes, counted from 0, gets lost. @returns how many writes there were */
  async function commitsOf(
    { account, faults }: Disturbed,
    name: OperationName,
    lost = -1,
    code = UNAVAILABLE,
  ): Promise<number> {
    let commits = 0;
    for (const client of account.clients) {
      const call = await client.prepare(name);
      faults.arm(({ method }) => (method === 'commit' && commits++ === lost ? grpcError(code) : undefined));
      await call();
    }
    return commits;
  }
});
