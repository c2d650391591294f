import { FaultGate, grpcError } from '../support/fault-gate.js';
import { recordFunctionLog } from '../support/function-log.js';
import { aHook, aHookWorld, type HookWorld, missed, newId, outcomeOf } from '../support/hooks.js';

const log = recordFunctionLog();
const gate = new FaultGate();
let world: HookWorld;
/** With the deadline that Claude Code's user has. */
let prompt: HookWorld;
let deadlineMs: number;
/** Lets the deadline pass of an answer that is waited for. No deadline passes by itself: a busy machine may miss one where nothing is wrong. */
let passDeadline: () => Promise<void>;

beforeAll(async () => {
  world = await aHookWorld({ gate: gate.gate });
  prompt = await aHookWorld({ gate: gate.gate }, {});
  // As aHookWorld: only now may it be loaded.
  ({ HOOK_DEADLINE_MS: deadlineMs } = await import('../../functions/src/entries/hooks/door.js'));
});
beforeEach(() => {
  log.clear();
  const later = globalThis.setTimeout;
  let pass: (() => void) | undefined;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((...given: Parameters<typeof setTimeout>) => {
    if (given[1] !== deadlineMs) return later(...given);
    pass = given[0] as () => void;
    return later(() => undefined, 0);
  }) as typeof setTimeout);
  passDeadline = async () => {
    pass = undefined;
    while (pass === undefined) await new Promise((done) => later(done, 10));
    (pass as () => void)();
  };
});
afterEach(() => {
  gate.arm();
  jest.restoreAllMocks();
});
afterAll(() => Promise.all([world.close(), prompt.close()]));

/** From now on the database does not answer, until it is told how. */
function freeze(): { thaw(): void; fail(): void } {
  let thaw = () => {};
  let fail = () => {};
  const frozen = new Promise<void>((resolve, reject) => {
    thaw = resolve;
    fail = () => reject(grpcError(14));
  });
  gate.arm(() => frozen);
  return {
    thaw: () => {
      gate.arm();
      thaw();
    },
    fail,
  };
}

test('the deadline is well within a second', () => {
  expect(deadlineMs).toBeLessThanOrEqual(800);
});

test.each([
  ['SessionStart', 'ready'],
  ['PostToolUse', 'active'],
  ['SessionEnd', 'exited'],
])(
  'while the database does not answer, %s has its answer at the deadline, and is recorded when it does',
  async (name, activity) => {
    const id = newId();
    const { send, post, session } = prompt;
    await send(aHook(id, 'Notification'));
    prompt.clock.advance({ seconds: 31 });
    log.clear();
    const { thaw } = freeze();
    const answering = post(aHook(id, name));
    await passDeadline();
    const answer = await answering;
    expect([outcomeOf(answer), answer.json]).toEqual(['DEADLINE_EXCEEDED', {}]);
    expect(log.entries).toMatchObject([missed('DEADLINE_EXCEEDED', name, id)]);
    expect(prompt.running()).toBe(1);
    thaw();
    await prompt.idle();
    expect((await session(id)).activity).toBe(activity);
    expect(log.entries).toHaveLength(1);
  },
);

test('what fails after the answer is in the log all the same', async () => {
  const id = newId();
  await prompt.send(aHook(id, 'UserPromptSubmit', { prompt: 'Go' }));
  await prompt.send(aHook(id, 'PostToolUse'));
  log.clear();
  const { fail } = freeze();
  const outcome = prompt.send(aHook(id, 'Stop'));
  await passDeadline();
  expect(await outcome).toBe('DEADLINE_EXCEEDED');
  fail();
  await prompt.idle();
  expect(log.entries).toMatchObject([
    missed('DEADLINE_EXCEEDED', 'Stop', id),
    missed('DATABASE_UNAVAILABLE', 'Stop', id),
  ]);
});

test.each([
  [14, 'DATABASE_UNAVAILABLE'],
  [4, 'DATABASE_TIMEOUT'],
])('when the database fails with %i, that is the outcome', async (code, reason) => {
  const id = newId();
  await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'Go' }));
  await world.send(aHook(id, 'PostToolUse'));
  gate.failAt(0, code);
  expect(await world.send(aHook(id, 'Stop'))).toBe(reason);
  expect(log.entries).toMatchObject([missed(reason, 'Stop', id)]);
});
