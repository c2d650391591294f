import { aConversation, type HookBody } from '../support/claude-code-events.js';
import { aHook, aHookWorld, type HookWorld } from '../support/hooks.js';

/** What a hook event reads, writes and deletes on a warm instance, exactly: `1/2/0`. */
let world: HookWorld;

beforeEach(async () => {
  world = await aHookWorld({ tier: 'team' });
});
afterEach(() => world.close());

async function costOf(event: HookBody): Promise<string> {
  world.spy.since();
  expect(await world.send(event)).not.toMatch(/[A-Z]/);
  const { reads, writes, deletes } = world.spy.since();
  return `${reads}/${writes}/${deletes}`;
}

/** A clock that moved by 30 seconds asks once for what has been revoked: that is not the event's. */
async function passHalfAMinute(): Promise<void> {
  world.clock.advance({ seconds: 31 });
  await world.call('getAccount', {}, { apiKey: world.key });
}

test.each(['PostToolUse', 'PostToolUseFailure', 'PreToolUse', 'SubagentStart', 'SubagentStop', 'TeammateIdle'])(
  '%s is one write and no read while its session works, and nothing at all when it says nothing new within 30 seconds',
  async (name) => {
    await world.send(aHook('one', 'UserPromptSubmit', { prompt: 'Go' }));
    // The first event after a change of state finds out when the document was written.
    await passHalfAMinute();
    await world.send(aHook('one', 'PostToolUse'));
    await passHalfAMinute();
    expect(await costOf(aHook('one', name))).toBe('0/1/0');
    world.clock.advance({ seconds: 29 });
    expect(await costOf(aHook('one', name))).toBe('0/0/0');
    await passHalfAMinute();
    expect(await costOf(aHook('one', name))).toBe('0/1/0');
  },
);

test('what says something new is written at once', async () => {
  await world.send(aHook('one', 'UserPromptSubmit', { prompt: 'Go' }));
  await world.send(aHook('one', 'UserPromptSubmit', { prompt: 'Go on' }));
  expect(await costOf(aHook('one', 'UserPromptSubmit', { prompt: 'And on' }))).toBe('0/1/0');
  expect(await costOf(aHook('one', 'UserPromptSubmit', { prompt: 'And on' }))).toBe('0/0/0');
  expect(await costOf(aHook('one', 'Stop'))).toBe('0/1/0');
  expect(await costOf(aHook('one', 'Stop'))).toBe('0/0/0');
  expect(await costOf(aHook('one', 'PreCompact'))).toBe('0/1/0');
  expect(await costOf(aHook('one', 'PreCompact'))).toBe('0/0/0');
});

test('a late event of a session that is over is three reads, and no write', async () => {
  await world.send(aHook('one', 'UserPromptSubmit', { prompt: 'Go' }));
  await world.send(aHook('one', 'SessionEnd'));
  expect(await costOf(aHook('one', 'PostToolUse'))).toBe('3/0/0');
  expect(await costOf(aHook('one', 'SessionEnd'))).toBe('2/0/0');
});

test('a whole conversation, event by event', async () => {
  await world.call('getAccount', {}, { apiKey: world.key });
  const costs: string[] = [];
  for (const { event } of aConversation('one')) costs.push(`${event.hook_event_name} ${await costOf(event)}`);
  expect(costs).toEqual([
    'SessionStart 9/4/0',
    'UserPromptSubmit 1/1/0',
    'PreToolUse 0/0/0',
    'Notification 1/2/0',
    'PostToolUse 1/2/0',
    'PostToolUseFailure 0/0/0',
    'SubagentStart 0/0/0',
    'PostToolUse 0/0/0',
    'SubagentStop 0/0/0',
    'PermissionRequest 0/0/0',
    'Notification 0/0/0',
    'Stop 1/1/0',
    'Notification 1/2/0',
    'UserPromptSubmit 1/2/0',
    'StopFailure 0/1/0',
    'UserPromptSubmit 1/1/0',
    'PreCompact 0/1/0',
    'PostCompact 0/1/0',
    'SessionStart 6/1/0',
    'Notification 1/2/0',
    'Notification 0/0/0',
    'Notification 0/0/0',
    'PostToolUse 1/2/0',
    'Notification 0/0/0',
    'Notification 1/2/0',
    'PostToolUse 1/2/0',
    'UserPromptSubmit 1/1/0',
    'PostToolUse 0/0/0',
    'Stop 0/1/0',
    'SessionEnd 2/3/1',
  ]);
});
