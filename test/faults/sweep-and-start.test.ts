import { collections, documents } from '@quarterdeck/contract';
import type { SweepStore } from '../../functions/src/operations/ports.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { anEndedSession } from '../support/builders.js';
import { FaultGate } from '../support/fault-gate.js';
import type { Rpc } from '../support/firestore-spy.js';
import { anInstance, aWorld, caller, type Instance, type World } from '../support/world.js';

/** A visit to an account in which nothing lives, and a start of a session at the same time. */
let world: World;
let key: { apiKey: string };
const [visitFaults, startFaults] = [new FaultGate(), new FaultGate()];
let visitor: Instance;
let starter: Instance;

const MINUTE_MS = 60_000;
const STALE_MS = 15 * MINUTE_MS;
/** More than either has. */
const RPCS_MAX = 40;

beforeAll(async () => {
  world = await aWorld({ tier: 'unlimited' });
  key = await world.aKey('builder');
  visitor = anInstance({ clock: world.clock, gate: visitFaults.gate });
  starter = anInstance({ clock: world.clock, gate: startFaults.gate });
  // The first call of a key notes the day of its use.
  await caller(starter.app)('getAccount', {}, key);
});
afterAll(async () => {
  for (const instance of [world, visitor, starter]) await instance.close();
});

/** No live session, nothing remembered of any, and the account due. */
async function anIdleAccount(): Promise<void> {
  const { db, account, clock } = world;
  const live = await db.collection(collections.sessions(account)).get();
  for (const doc of live.docs) await doc.ref.delete();
  for (const path of [documents.slots(account), documents.fleet(account), documents.endedSession(account, 'waits')])
    await db.doc(path).delete();
  await db.doc(documents.account(account)).update({ nextSweepAt: clock.now(), endsHeldUntil: null });
}

interface Way {
  readonly held: FaultGate;
  readonly passing: FaultGate;
  readonly first: () => Promise<unknown>;
  readonly second: () => Promise<unknown>;
  /** The commit that the second ends with when nothing is in its way. */
  readonly isLastOfSecond: (commit: Rpc) => boolean;
}

/** Runs one up to its n-th RPC, then all of the other, or as much of it as the locks of the first allow; then the rest. @returns whether it has an n-th */
async function interleave({ held, passing, first, second, isLastOfSecond }: Way, n: number): Promise<boolean> {
  let goOn = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let heldRpc: Rpc | undefined;
  const reached = held.holdAt(n, until).then((rpc) => {
    heldRpc = rpc;
  });
  const running = first();
  await Promise.race([reached, running]);
  const hasLock = heldRpc?.method === 'commit' && heldRpc.paths.some((path) => /\/(slots|sessions)\//.test(path));
  let lastCommits = 0;
  passing.arm((rpc) => {
    if (rpc.method === 'commit' && isLastOfSecond(rpc)) lastCommits++;
    // Its last commit, or a repetition of it, waits for a lock of the one that is held: the two go on together.
    if (rpc.method === 'rollback' || lastCommits > 1 || (hasLock && lastCommits === 1)) goOn();
    return undefined;
  });
  await second();
  goOn();
  await running;
  return heldRpc !== undefined;
}

/** The ways in which the visit and the start can meet. */
function ways(sweeps: SweepStore = visitor.app.ports.sweeps): Record<string, Way> {
  const visit = () => sweepAccount(world.account, { ...visitor.app.ports, sweeps });
  let ids = 0;
  const start = () => caller(starter.app)('createSession', { name: 'x', sessionId: `own-${++ids}` }, key);
  const startNew = () => caller(starter.app)('createSession', { name: 'x' }, key);
  // Before it, a visit writes as many commits as the fleet and the day need.
  const letsFallIdle = ({ written }: Rpc) => written.includes(documents.account(world.account));
  return {
    'the visit waits for a start': {
      held: visitFaults,
      passing: startFaults,
      first: visit,
      second: start,
      isLastOfSecond: () => true,
    },
    'a start waits for the visit': {
      held: startFaults,
      passing: visitFaults,
      first: start,
      second: visit,
      isLastOfSecond: letsFallIdle,
    },
    'a start without an id waits for the visit': {
      held: startFaults,
      passing: visitFaults,
      first: startNew,
      second: visit,
      isLastOfSecond: letsFallIdle,
    },
  };
}

/** The same, but that an ended session waits for its archiving. */
async function aWaitingAccount(): Promise<void> {
  const { db, account, clock } = world;
  await anIdleAccount();
  const waiting = anEndedSession({ sessionId: 'waits', endedAt: clock.now(), startedAt: clock.now() });
  await db.doc(documents.endedSession(account, 'waits')).set(waiting);
}

/** By how much the next visit comes too late for the session that lives; null: never. */
async function lateness(): Promise<number | null> {
  const nextSweepAt = (await world.stored(documents.account(world.account)))?.nextSweepAt;
  return nextSweepAt ? nextSweepAt.toMillis() - world.clock.now().getTime() - STALE_MS : null;
}

async function latest(way: Way, prepare = anIdleAccount): Promise<readonly (number | null)[]> {
  const found: (number | null)[] = [];
  for (let n = 0; n < RPCS_MAX; n++) {
    await prepare();
    const hasNth = await interleave(way, n);
    expect((await world.db.collection(collections.sessions(world.account)).get()).size).toBe(1);
    found.push(await lateness());
    if (!hasNth) return found;
  }
  throw new Error('more RPCs than were thought possible');
}

const inTime = (found: readonly (number | null)[]) => found.every((late) => late !== null && late <= 0);

describe.each<[string, limit: number | null, heardOf: number | null]>([
  ['without a limit', null, null],
  ['with a limit', 5, 5],
  ['with a limit that the start has not heard of', 5, null],
])('an account %s', (_name, sessionLimit, heardOf) => {
  beforeAll(async () => {
    await world.call('updateAccount', { sessionLimit: heardOf, archiveAfterMinutes: 24 * 60 });
    world.clock.advance({ seconds: 31 });
    // What an instance has seen of an account it believes for half a minute.
    await caller(starter.app)('getAccount', {}, key);
    await world.call('updateAccount', { sessionLimit });
  });

  test.each([
    'the visit waits for a start',
    'a start waits for the visit',
    'a start without an id waits for the visit',
  ])('that falls idle is visited in time for a session that starts meanwhile: %s', async (name) => {
    const found = await latest(ways()[name] as Way);
    expect(found.length).toBeGreaterThan(2);
    expect(found.filter((late) => late === null || late > 0)).toEqual([]);
  });

  test('would be seen: an idle account that is written without a look at what lives', async () => {
    const blind: Partial<SweepStore> = {
      schedule: async (account, nextSweepAt, endsHeldUntil) => {
        await visitor.db.doc(documents.account(account)).update({ nextSweepAt, endsHeldUntil });
      },
    };
    const broken: SweepStore = Object.assign(Object.create(visitor.app.ports.sweeps), blind);
    expect(inTime(await latest(ways(broken)['the visit waits for a start'] as Way))).toBe(false);
  });

  test.each(['the visit waits for a start', 'a start waits for the visit'])(
    'that waits for an archiving far ahead is visited in time for a session that starts meanwhile: %s',
    async (name) => {
      const found = await latest(ways()[name] as Way, aWaitingAccount);
      expect(found.filter((late) => late === null || late > 0)).toEqual([]);
    },
  );
});
