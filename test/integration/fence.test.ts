import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { FaultGate } from '../support/fault-gate.js';
import { anInstance, aWorld, caller, type Instance, refusal, type World } from '../support/world.js';

/** A write under a session token waits before any one of its RPCs, while another agent takes the window over. Nothing of it lands behind that. */
let world: World;
let writer: Instance;
let key: Credentials & { apiKey: string };
const faults = new FaultGate();
/** More than any write has. */
const RPCS_MAX = 12;
/** Of the event loop: longer than an activation takes that nothing holds up. One that waits for a lock of the write goes on after it. */
const PATIENCE_TURNS = 20_000;

beforeAll(async () => {
  world = await aWorld();
  writer = anInstance({ clock: world.clock, gate: faults.gate });
  key = await world.aKey('builder');
});
afterAll(() => Promise.all([world.close(), writer.close()]));

type Write = (who: Credentials, n: number) => Promise<unknown>;
const there = () => caller(writer.app);

/** Whatever is written on condition that a window is open. */
const writes: Readonly<Record<string, Write>> = {
  'a program state': (who, n) =>
    there()('updateProgramState', { programId: 'builder', contextSummary: { lastTask: `at ${n}` } }, who),
  'a memory': (who, n) => there()('remember', { content: `At ${n}` }, who),
  'what is forgotten': (who) => there()('forget', { memoryIds: ['00000000-0000-4000-8000-000000000000'] }, who),
};

async function settledWithin(turns: number, work: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void work.finally(() => {
    settled = true;
  });
  for (let turn = 0; turn < turns && !settled; turn++) await new Promise((next) => setImmediate(next));
  return settled;
}

/** @returns what came of the write, and whether the activation was over before it went on; undefined: it has no n-th RPC */
async function heldAt(n: number, write: Write): Promise<{ outcome: string; overtaken: boolean } | undefined> {
  const { sessionToken } = await world.call('activateAgent', {}, key);
  await caller(writer.app)('getAccount', {}, key);
  let goOn = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let held = false;
  const reached = faults.holdAt(n, until).then(() => {
    held = true;
  });
  const running = refusal(write({ ...key, sessionToken }, n));
  await Promise.race([reached, running]);
  const activation = world.call('activateAgent', {}, key);
  const overtaken = held && (await settledWithin(PATIENCE_TURNS, activation));
  goOn();
  const outcome = await running;
  await activation;
  faults.arm();
  return held ? { outcome, overtaken } : undefined;
}

test.each(Object.entries(writes))(
  '%s is not written by a session that was taken over meanwhile',
  async (_what, write) => {
    const outcomes: string[] = [];
    for (let n = 0; n < RPCS_MAX; n++) {
      const found = await heldAt(n, write);
      if (found === undefined) break;
      outcomes.push(found.outcome);
      // One that was not overtaken may have been first.
      if (found.overtaken) expect([n, found.outcome]).toEqual([n, 'aborted SUPERSEDED']);
      else expect(['accepted', 'aborted SUPERSEDED']).toContain(found.outcome);
    }
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.length).toBeLessThan(RPCS_MAX);
    expect(outcomes[0]).toBe('aborted SUPERSEDED');
  },
);
