import {
  type InputOf,
  type OperationName,
  type Operations,
  operations,
  WEBHOOK_DELIVERIES_TOPIC,
} from '@quarterdeck/contract';
import { type Counts, sumOf, wholeCounts } from '../../forecast/costs/counts.js';
import { OPERATION_COUNTS } from '../../forecast/costs/operation-counts.js';
import { SITUATION_COUNTS, type Situation } from '../../forecast/costs/situation-counts.js';
import { type Attempt, deliverWebhook } from '../../functions/src/operations/deliver-webhook.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { notifyWebhooks } from '../../functions/src/operations/notify-webhooks.js';
import { publishEvent } from '../../functions/src/operations/publish-event.js';
import { pushAlert } from '../../functions/src/operations/push-alert.js';
import { requestSweeps } from '../../functions/src/operations/request-sweeps.js';
import { requestWebhookDeliveries } from '../../functions/src/operations/request-webhook-deliveries.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { type OwnEmulator, useOwnEmulator } from '../support/own-emulator.js';
import { type Actor, allNames, type Scene, validCalls } from '../support/valid-calls.js';
import { anInstance, aWorld, caller, type World } from '../support/world.js';

/**
 * The counts that docs/cost.md makes money of are what an instance that is warm really does. Dearer is a mistake until it is meant; cheaper asks for the new
 * figure.
 */

const EVENT = /^accounts\/[^/]+\/events\//;
/** What the fleet of the dashboard listens to: web/src/fleet/sessions.ts. */
const HEARD = /^accounts\/[^/]+(\/(sessions|sessionHistory|fleet)\/[^/]+)?$/;

/** An account with a program and an admin, each with a key. */
interface Stage extends World {
  readonly program: Credentials;
  readonly chief: Credentials;
  readonly scene: Scene;
}

let emulator: OwnEmulator;
beforeAll(async () => {
  // Whatever takes access away writes a document that all accounts share: other test files would make it try again, and count twice.
  emulator = await useOwnEmulator();
});
afterAll(() => emulator.close());

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

async function aStage(settings: Parameters<typeof aWorld>[0] = {}): Promise<Stage> {
  const world = await aWorld(settings);
  const webhookSender = { allowsLoopback: false, send: async () => ({ status: 200, error: null, durationMs: 1 }) };
  Object.assign(world.app.ports, { webhookSender });
  const who = { program: await world.aKey('builder'), admin: await world.aKey('chief', 'admin') };
  let made = 0;
  const fresh = (kind: string) => `${kind}-${++made}`;
  const credentials = (actor: Actor): Credentials => (actor === 'newcomer' ? aPerson(world) : who[actor]);
  const scene: Scene = {
    programId: 'builder',
    webhookUrl: 'https://example.com/hook',
    fresh,
    call: (name, input, actor = 'program') => world.call(name, input, credentials(actor)),
  };
  const stage = { ...world, ...{ program: who.program, chief: who.admin, scene } };
  stages.push(stage);
  return stage;
}

function aPerson({ account, clock }: World): Credentials {
  const uid = `newcomer-${account}`;
  const authTimeSeconds = clock.now().getTime() / 1000;
  return { idToken: { uid, authTimeSeconds, verifiedEmail: null, displayName: 'Grace' } };
}

/** What the instance knows of keys and accounts is known again, and so is what has been revoked. */
async function warm({ call, program, chief }: Stage): Promise<void> {
  await call('getAccount', {}, program);
  await call('getAccount', {}, chief);
}

async function measured({ spy, published }: Stage, work: () => Promise<unknown>): Promise<Required<Counts>> {
  published.splice(0);
  const before = spy.rpcs.length;
  await work();
  const rpcs = spy.rpcs.slice(before);
  const sum = (of: 'reads' | 'writes' | 'deletes' | 'counts') => rpcs.reduce((total, rpc) => total + rpc[of], 0);
  const written = rpcs.flatMap((rpc) => rpc.written);
  return {
    reads: sum('reads'),
    writes: sum('writes'),
    deletes: sum('deletes'),
    counts: sum('counts'),
    events: written.filter((path) => EVENT.test(path)).length,
    heard: written.filter((path) => HEARD.test(path)).length,
    messages: published.length,
  };
}

/** Somebody works in it, it has been visited, and its program remembers something. */
async function anAccountInUse(): Promise<Stage> {
  const stage = await aFleet(1);
  const state = { programId: 'builder', contextSummary: { handoffNotes: 'Go on' } };
  await stage.call('updateProgramState', state, stage.program);
  return stage;
}

async function costOfOperation<N extends OperationName>(name: N): Promise<Required<Counts>> {
  const stage = await anAccountInUse();
  const { as = 'program', input } = validCalls[name];
  const given = (await input(stage.scene)) as InputOf<Operations[N]>;
  await warm(stage);
  return measured(stage, () => stage.scene.call(name, given, as));
}

test.each(allNames)('%s costs what the table says', async (name) => {
  const { grows: _grows, ...counts } = OPERATION_COUNTS[name];
  expect(await costOfOperation(name)).toEqual(wholeCounts(counts));
});

test('an operation that only reads writes nothing', () => {
  const writing = allNames.filter((name) => operations[name].effect === 'read' && (OPERATION_COUNTS[name].writes ?? 0));
  expect(writing).toEqual([]);
});

/** What was measured, and of what it is the sum. */
interface Measurement {
  readonly counts: Required<Counts>;
  /** Default: the situation, once. */
  readonly of?: readonly (readonly [times: number, situation: Situation])[];
  /** Reads that fall together: an empty query is billed as one, and one that finds something only for that. Default: 0. */
  readonly sharedReads?: number;
}

const SESSION = 'session-0';

/** How each situation is brought about in an account of its own. */
const MEASUREMENTS: Readonly<Record<Situation, () => Promise<Measurement>>> = {
  beat: async () => {
    const stage = await aSessionAtWork();
    const counts = await measured(stage, () => beat(stage));
    return { counts };
  },
  absorbedBeat: async () => {
    const stage = await aSessionAtWork();
    await beat(stage);
    return { counts: await measured(stage, () => beat(stage)) };
  },
  askingBeat: async () => {
    const stage = await aSessionAtWork();
    const ask = () => stage.call('heartbeat', { sessionId: SESSION, includeInbox: true }, stage.program);
    // The first one finds out when the document was written.
    await ask();
    await pass(stage, 1);
    return { counts: await measured(stage, ask) };
  },
  report: async () => {
    const stage = await aSessionAtWork();
    const report = { sessionId: SESSION, status: 'Tests', progress: 10, lastHeartbeat: true } as const;
    return { counts: await measured(stage, () => stage.call('updateSession', report, stage.program)) };
  },
  stateChange: async () => {
    const stage = await aSessionAtWork();
    return { counts: await measured(stage, () => say(stage, 'blocked')) };
  },
  start: async () => {
    const stage = await aSessionAtWork();
    return { counts: await measured(stage, () => stage.call('createSession', { name: 'Build' }, stage.program)) };
  },
  end: async () => {
    const stage = await aSessionAtWork();
    return { counts: await measured(stage, () => say(stage, 'complete')) };
  },
  limitedStart: async () => {
    const stage = await aSessionAtWork({ tier: 'team' });
    return { counts: await measured(stage, () => stage.call('createSession', { name: 'Build' }, stage.program)) };
  },
  limitedEnd: async () => {
    const stage = await aSessionAtWork({ tier: 'team' });
    return { counts: await measured(stage, () => say(stage, 'complete')) };
  },
  idempotencyKey: async () => {
    const stage = await aSessionAtWork();
    const input = { sessionId: SESSION, status: 'Tests', lastHeartbeat: true };
    const options = { idempotencyKey: 'once' };
    const counts = await measured(stage, () => stage.app.dispatch('updateSession', input, stage.program, options));
    return {
      counts,
      of: [
        [1, 'report'],
        [1, 'idempotencyKey'],
      ],
    };
  },
  firstCallOfDay: async () => {
    const stage = await aSessionAtWork();
    stage.clock.advance({ days: 1 });
    await stage.call('getAccount', {}, stage.chief);
    return { counts: await measured(stage, () => stage.call('getAccount', {}, stage.program)) };
  },
  invalidations: async () => {
    const stage = await aSessionAtWork();
    stage.clock.advance({ seconds: 31 });
    return { counts: await measured(stage, () => stage.call('getAccount', {}, stage.program)) };
  },
  coldSession: async () => {
    const stage = await aSessionAtWork();
    const cold = await anotherInstance(stage);
    const counts = await measured(cold, () => beat(cold));
    return {
      counts,
      of: [
        [1, 'beat'],
        [1, 'coldSession'],
      ],
    };
  },

  sweepTick: async () => {
    const stage = await aStage();
    // Accounts of other tests are due: before all of them, nobody is.
    const clock = { now: () => new Date(0) };
    return { counts: await measured(stage, () => requestSweeps({ ...stage.app.ports, clock })) };
  },
  visit: async () => {
    const stage = await aSessionAtWork();
    return {
      counts: await visitLater(stage, 3),
      of: [
        [1, 'visit'],
        [1, 'visitedSession'],
      ],
    };
  },
  visitedSession: async () => {
    const stage = await aFleet(9);
    return {
      counts: await visitLater(stage, 3),
      of: [
        [1, 'visit'],
        [9, 'visitedSession'],
      ],
    };
  },
  markedSession: async () => {
    const stage = await aFleet(5);
    const counts = await visitLater(stage, 16);
    return {
      counts,
      of: [
        [1, 'visit'],
        [5, 'visitedSession'],
        [5, 'markedSession'],
      ],
    };
  },
  deadSession: async () => {
    const stage = await aFleet(5);
    // On time: after a visit that comes late, nobody is ended for a while. One goes on, so that the account doesn't fall idle.
    for (let minutes = 4; minutes <= 64; minutes += 4) await visitLater(stage, 4, () => beat(stage));
    const counts = await visitLater(stage, 2, () => beat(stage));
    return {
      counts,
      of: [
        [1, 'visit'],
        [5, 'visitedSession'],
        [4, 'deadSession'],
      ],
      sharedReads: 1,
    };
  },
  archivedSession: archived,
  archiving: archived,
  decayLook: async () => {
    const stage = await aSessionAtWork();
    await visitLater(stage, 61, () => beat(stage));
    const counts = await visitLater(stage, 61, () => beat(stage));
    return {
      counts,
      of: [
        [1, 'visit'],
        [1, 'visitedSession'],
        [1, 'decayLook'],
      ],
    };
  },
  fallingIdle: async () => {
    const stage = await aStage();
    await sweepAccount(stage.account, stage.app.ports);
    // A query that finds no session is one read, as one that finds one.
    return {
      counts: await visitLater(stage, 3),
      of: [
        [1, 'visit'],
        [1, 'visitedSession'],
        [1, 'fallingIdle'],
      ],
    };
  },

  publishedEvent: async () => {
    const { stage, id } = await anEvent();
    const { ports } = stage.app;
    return {
      counts: await measured(stage, () => publishEvent(stage.account, id, 'session.ended', 'session/x', ports)),
    };
  },
  unwantedEvent: async () => {
    const { stage, id } = await anEvent();
    return { counts: await measured(stage, () => notifyWebhooks(stage.account, id, 'session.ended', stage.app.ports)) };
  },
  unwantedAlert: async () => {
    const { stage, id } = await anEvent();
    return { counts: await measured(stage, () => pushAlert(stage.account, id, 'session.ended', stage.app.ports)) };
  },
  wantedEvent: async () => {
    const { stage, id } = await anEvent((at) =>
      at.call('createWebhook', { url: 'https://example.com/hook' }, at.chief),
    );
    return { counts: await measured(stage, () => notifyWebhooks(stage.account, id, 'session.stale', stage.app.ports)) };
  },
  delivery: async () => {
    const { stage, id } = await anEvent((at) =>
      at.call('createWebhook', { url: 'https://example.com/hook' }, at.chief),
    );
    await notifyWebhooks(stage.account, id, 'session.stale', stage.app.ports);
    const [message] = stage.published.filter(({ topic }) => topic === WEBHOOK_DELIVERIES_TOPIC);
    const counts = await measured(stage, () => deliverWebhook(message?.json as Attempt, stage.app.ports));
    return { counts };
  },
  retryTick: async () => {
    const stage = await aStage();
    const clock = { now: () => new Date(0) };
    return { counts: await measured(stage, () => requestWebhookDeliveries({ ...stage.app.ports, clock })) };
  },
  alert: async () => {
    const { stage, id, another } = await anEvent((at) =>
      at.call('registerDevice', { token: 'phone', platform: 'web' }, at.program),
    );
    // The first one finds out whether the device's owner may still be told.
    await pushAlert(stage.account, another, 'session.stale', stage.app.ports);
    return { counts: await measured(stage, () => pushAlert(stage.account, id, 'session.stale', stage.app.ports)) };
  },
};

test.each(Object.keys(MEASUREMENTS) as Situation[])('%s is counted as the table says', async (situation) => {
  const { counts, of = [[1, situation]], sharedReads = 0 } = await MEASUREMENTS[situation]();
  const sum = sumOf(of.map(([times, one]) => [times, SITUATION_COUNTS[one]] as const));
  expect(counts).toEqual({ ...sum, reads: sum.reads - sharedReads });
});

async function beat({ call, program }: Stage): Promise<unknown> {
  return call('heartbeat', { sessionId: SESSION }, program);
}

async function start({ call, program }: Stage, number: number): Promise<unknown> {
  return call('createSession', { sessionId: `session-${number}`, name: 'Nightly build' }, program);
}

async function say({ call, program }: Stage, state: 'working' | 'blocked' | 'complete'): Promise<unknown> {
  return call('updateSession', { sessionId: SESSION, status: 'Says it', state, lastHeartbeat: true }, program);
}

async function pass(stage: Stage, minutes: number): Promise<void> {
  stage.clock.advance({ minutes });
  await warm(stage);
}

async function aFleet(sessions: number, settings: Parameters<typeof aWorld>[0] = {}): Promise<Stage> {
  const stage = await aStage(settings);
  for (let number = 0; number < sessions; number++) await start(stage, number);
  await beat(stage);
  await sweepAccount(stage.account, stage.app.ports);
  return stage;
}

/** One session, known to the instance, a minute after its last beat. */
async function aSessionAtWork(settings: Parameters<typeof aWorld>[0] = {}): Promise<Stage> {
  const stage = await aFleet(1, settings);
  await pass(stage, 1);
  return stage;
}

async function anotherInstance(stage: Stage): Promise<Stage> {
  const { app, spy, db, published, pushed, close } = anInstance({ clock: stage.clock });
  const cold: Stage = {
    ...stage,
    ...{ app, spy, db, published, pushed, close },
    call: (name, input, who = stage.admin) => caller(app)(name, input, who),
  };
  stages.push(cold);
  await warm(cold);
  return cold;
}

/** @param meanwhile what happens just before the visit, uncounted */
async function visitLater(
  stage: Stage,
  minutes: number,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Required<Counts>> {
  await pass(stage, minutes);
  await meanwhile();
  return measured(stage, () => sweepAccount(stage.account, stage.app.ports));
}

/** Three sessions end, and are archived an hour later, in the visit that also looks for what has decayed. */
async function archived(): Promise<Measurement> {
  const stage = await aFleet(4);
  for (const number of [1, 2, 3]) {
    const over = { sessionId: `session-${number}`, status: 'Done', state: 'complete' } as const;
    await stage.call('updateSession', over, stage.program);
  }
  await visitLater(stage, 3);
  await visitLater(stage, 50, () => beat(stage));
  const counts = await visitLater(stage, 10, () => beat(stage));
  const of = [
    [1, 'visit'],
    [1, 'visitedSession'],
    [3, 'archivedSession'],
    [1, 'archiving'],
    [1, 'decayLook'],
  ] as const;
  return { counts, of };
}

/** The events of two sessions that have fallen silent. */
async function anEvent(prepare: (stage: Stage) => Promise<unknown> = async () => undefined) {
  const stage = await aFleet(2);
  await prepare(stage);
  await visitLater(stage, 16);
  const { events } = await stage.call('listEvents', { types: ['session.stale'] }, stage.chief);
  await warm(stage);
  return { stage, id: String(events[0]?.id), another: String(events[1]?.id) };
}
