import type { LiveState, Outcome, SessionState } from '@quarterdeck/contract';
import fc from 'fast-check';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { chance } from '../support/seeded.js';
import { aWorld, refusal, type World } from '../support/world.js';

/** R7: random sequences of calls, time and visits of the sweep, held after every step against a model that knows nothing of Firestore. */
const { runs: numRuns, seed } = chance(25);

interface Model {
  phase: 'none' | 'live' | 'ended' | 'archived';
  state: SessionState;
  name: string;
  status: string | null;
  progress: number | null;
  contextBytes: number | null;
  outcome: Outcome | null;
  lastSeenAt: number;
  endedAt: number;
}

type Report = { name?: string; status?: string; state?: SessionState; progress?: number; contextBytes?: number };
type Command =
  | { readonly kind: 'create' | 'update' | 'beat'; readonly report: Report; readonly by: 'owner' | 'admin' }
  | { readonly kind: 'wait'; readonly minutes: number };

const MINUTE = 60_000;
const state = fc.constantFrom<SessionState>('working', 'blocked', 'pinned', 'complete');
const text = fc.constantFrom('one', 'two', 'three');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const percent = fc.integer({ min: 0, max: 100 });
const by = fc.constantFrom<'owner' | 'admin'>('owner', 'owner', 'owner', 'admin');
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      by,
      report: fc.record({ name: text, status: optional(text), state: optional(state), progress: optional(percent) }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      by,
      report: fc.record({
        status: text,
        state: optional(state),
        progress: optional(percent),
        contextBytes: optional(percent),
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('beat' as const),
      by: fc.constant('owner' as const),
      report: fc.record({ contextBytes: optional(percent) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 16, 70) }) },
) as fc.Arbitrary<Command>;

/** After so many sequences comes another account: what thousands of them leave makes the emulator slow. */
const SEQUENCES_OF_AN_ACCOUNT = 100;

let first: World;
let world: World;
let owner: { apiKey: string };

beforeAll(async () => {
  first = await aWorld();
});
afterAll(() => first.close());

async function openAccount(): Promise<void> {
  world = await aWorld({ beside: first });
  owner = await world.aKey('builder');
}

test('any sequence of reports, time and sweeps leaves the session that the model says', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
      if (number % SEQUENCES_OF_AN_ACCOUNT === 0) await openAccount();
      const sessionId = `s${number++}`;
      let model: Model = {
        phase: 'none',
        state: 'working',
        name: '',
        status: null,
        progress: null,
        contextBytes: null,
        outcome: null,
        lastSeenAt: 0,
        endedAt: 0,
      };
      for (const one of commands) {
        if (one.kind === 'wait') {
          await passTime(one.minutes);
          model = aged(model, world.clock.now().getTime());
        } else {
          const { next, answer } = expected(model, one, world.clock.now().getTime());
          expect({ one, answer: await refusal(carryOut(sessionId, one)) }).toEqual({ one, answer });
          model = next;
        }
        await expectSession(sessionId, model);
      }
      if (model.phase === 'live') await world.call('updateSession', { sessionId, status: 'x', state: 'complete' });
    }),
    { numRuns, seed },
  );
});

function carryOut(sessionId: string, { kind, report, by: who }: Exclude<Command, { kind: 'wait' }>): Promise<unknown> {
  const credentials = who === 'owner' ? owner : world.admin;
  const said = Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined)) as Report;
  if (kind === 'create')
    return world.call('createSession', { name: 'x', programId: 'builder', ...said, sessionId }, credentials);
  if (kind === 'beat')
    return world.call('heartbeat', { contextBytes: said.contextBytes, sessionId } as never, credentials);
  return world.call('updateSession', { status: 'x', ...said, sessionId, lastHeartbeat: true }, credentials);
}

/** Time passes as in production: the sweep comes at every moment that the account asked for. */
async function passTime(minutes: number): Promise<void> {
  const until = world.clock.now().getTime() + minutes * MINUTE;
  for (;;) {
    const due = (await world.stored(`accounts/${world.account}`))?.nextSweepAt?.toMillis();
    if (due === undefined || due > until) break;
    world.clock.advance({ seconds: Math.max(0, due - world.clock.now().getTime()) / 1000 });
    await sweepAccount(world.account, world.app.ports);
  }
  world.clock.advance({ seconds: (until - world.clock.now().getTime()) / 1000 });
}

function expected(
  model: Model,
  { kind, report, by: who }: Exclude<Command, { kind: 'wait' }>,
  now: number,
): { next: Model; answer: string } {
  const unchanged = (answer: string) => ({ next: model, answer });
  const changed = (over: Partial<Model> = {}) => {
    const said = Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined)) as Report;
    const seen = who === 'owner' || over.phase === 'live' ? { lastSeenAt: now } : {};
    const next: Model = { ...model, ...over, ...seen, ...said };
    if (said.state === 'complete') {
      return {
        next: {
          ...next,
          phase: 'ended' as const,
          outcome: 'completed' as const,
          progress: said.progress ?? 100,
          endedAt: now,
        },
        answer: 'accepted',
      };
    }
    return { next, answer: 'accepted' };
  };
  const started: Partial<Model> = { phase: 'live', state: 'working', outcome: null };
  switch (model.phase) {
    case 'none':
      return kind === 'create' ? changed(started) : unchanged('not-found SESSION_UNKNOWN');
    case 'live':
      return changed();
    case 'archived':
      return kind !== 'beat' && report.state === 'complete' && model.outcome === 'completed'
        ? unchanged('accepted')
        : unchanged('failed-precondition SESSION_ARCHIVED');
    case 'ended':
      if (kind !== 'beat' && report.state === 'complete' && model.outcome === 'completed') return unchanged('accepted');
      if (kind === 'create' && report.state !== 'complete') return changed(started);
      if (kind === 'update' && report.state === 'working') return changed(started);
      return unchanged('failed-precondition SESSION_ENDED');
  }
}

function aged(model: Model, now: number): Model {
  let next = model;
  if (next.phase === 'live' && next.state !== 'pinned') {
    const dead = (next.state === 'blocked' ? 24 * 60 : 65) * MINUTE;
    if (now - next.lastSeenAt > dead) {
      next = { ...next, phase: 'ended', state: 'complete', outcome: 'timed_out', endedAt: next.lastSeenAt + dead + 1 };
    }
  }
  if (next.phase === 'ended' && now - next.endedAt >= 60 * MINUTE) next = { ...next, phase: 'archived' };
  return next;
}

async function expectSession(sessionId: string, model: Model): Promise<void> {
  if (model.phase === 'none') {
    expect(await refusal(world.call('getSession', { sessionId }))).toBe('not-found SESSION_UNKNOWN');
    return;
  }
  const { session } = await world.call('getSession', { sessionId });
  const { name, status, progress, contextBytes, outcome } = model;
  expect(session).toMatchObject({
    name,
    status,
    progress,
    contextBytes,
    outcome,
    state: model.state satisfies SessionState | LiveState,
  });
  expect(session.archivedAt !== null).toBe(model.phase === 'archived');
  if (model.phase === 'live') expect(Date.parse(session.lastSeenAt)).toBe(model.lastSeenAt);
}
