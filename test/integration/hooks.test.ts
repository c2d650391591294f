import { documents, type SessionView } from '@quarterdeck/contract';
import { aConversation, type HookBody } from '../support/claude-code-events.js';
import { aHook, aHookWorld, contextOf, type HookWorld, newId, outcomeOf } from '../support/hooks.js';
import { invariants } from '../support/invariants.js';
import { anInstance } from '../support/world.js';

let world: HookWorld;

beforeAll(async () => {
  world = await aHookWorld();
});
afterAll(async () => {
  expect(await invariants(world.db, world.account)).toEqual([]);
  await world.close();
});

describe('a conversation', () => {
  test('is a session from its first event to its last, in the state that each event says', async () => {
    const id = newId();
    for (const { event, becomes } of aConversation(id)) {
      expect(await world.send(event)).toBe('recorded');
      expect([event.hook_event_name, await world.session(id)]).toEqual([
        event.hook_event_name,
        expect.objectContaining({
          sessionId: id,
          programId: 'builder',
          name: 'Claude Code in storefront',
          projectName: 'storefront',
          ...becomes,
        }),
      ]);
      world.clock.advance({ seconds: 7 });
    }
  });

  test.each([0, 31])(
    'ends the same when any two neighbours come in the other order, %i seconds apart',
    async (seconds) => {
      const straight = aConversation(newId()).map(({ event }) => event);
      const swapped = straight.slice(1).map((_, first) => {
        const events = aConversation(newId()).map(({ event }) => event);
        return events.toSpliced(first, 2, events[first + 1] as HookBody, events[first] as HookBody);
      });
      for (const step of straight.keys()) {
        await Promise.all([straight, ...swapped].map((events) => world.send(events[step] as HookBody)));
        world.clock.advance({ seconds });
      }
      const expected = await lasting(straight);
      expect(expected).toMatchObject({ state: 'complete', outcome: 'completed', status: 'Thank you, commit it.' });
      for (const [first, events] of swapped.entries()) {
        const names = `${first}: ${events[first]?.hook_event_name} before ${events[first + 1]?.hook_event_name}`;
        expect([names, await lasting(events)]).toEqual([names, expected]);
      }
    },
  );

  test('is the same all along when each event comes twice, at once', async () => {
    const id = newId();
    for (const { event, becomes } of aConversation(id)) {
      await Promise.all([world.send(event), world.send(event)]);
      const { hook_event_name: name } = event;
      expect([name, await world.session(id)]).toEqual([name, expect.objectContaining(becomes)]);
    }
  });

  /** A session as it stays for ever: without what depends on when each event came. */
  async function lasting(events: readonly HookBody[]): Promise<Partial<SessionView>> {
    const session = await world.session(String(events[0]?.session_id));
    const { createdAt, lastHeartbeat, lastSeenAt, heartbeatAge, endedAt, ...rest } = session;
    return { ...rest, sessionId: '' };
  }
});

describe('what comes late', () => {
  test('revives nothing once the process has ended, and changes nothing', async () => {
    const id = newId();
    const events = aConversation(id).map(({ event }) => event);
    for (const event of events) await world.send(event);
    const before = await world.stored(documents.endedSession(world.account, id));
    for (const event of events)
      expect([event.hook_event_name, await world.send(event)]).toEqual([event.hook_event_name, 'ignored']);
    expect(await world.stored(documents.endedSession(world.account, id))).toEqual(before);
    expect(await world.stored(documents.session(world.account, id))).toBeUndefined();
  });

  test('only a conversation that is resumed goes on, also when it is history', async () => {
    const id = newId();
    await world.send(aHook(id, 'SessionStart', { source: 'startup' }));
    await world.send(aHook(id, 'SessionEnd', { reason: 'other' }));
    await world.pass(130);
    expect((await world.session(id)).archivedAt).not.toBeNull();
    expect(await world.send(aHook(id, 'SessionStart', { source: 'startup' }))).toBe('ignored');
    const resumed = await world.post(aHook(id, 'SessionStart', { source: 'resume' }));
    expect(outcomeOf(resumed)).toBe('recorded');
    expect(contextOf(resumed)).toContain(id);
    expect(await world.session(id)).toMatchObject({
      state: 'working',
      activity: 'ready',
      outcome: null,
      archivedAt: null,
    });
  });

  test('a session that the agent completed goes on with the next prompt, and with nothing less', async () => {
    const id = newId();
    await world.send(aHook(id, 'SessionStart', { source: 'startup' }));
    await world.call('updateSession', { sessionId: id, status: 'Done', state: 'complete' }, { apiKey: world.key });
    for (const name of ['PostToolUse', 'Stop', 'Notification', 'SubagentStop', 'PreCompact']) {
      expect(await world.send(aHook(id, name))).toBe('ignored');
    }
    expect(await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'One more thing' }))).toBe('recorded');
    expect(await world.session(id)).toMatchObject({ state: 'working', activity: 'active', status: 'One more thing' });
    await world.call('updateSession', { sessionId: id, status: 'Done', state: 'complete' }, { apiKey: world.key });
    expect(await world.send(aHook(id, 'SessionEnd'))).toBe('recorded');
    expect(await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'A late one' }))).toBe('ignored');
    expect(await world.session(id)).toMatchObject({ state: 'complete', activity: 'exited', status: 'Done' });
  });

  test.each(['PostToolUse', 'UserPromptSubmit', 'Stop', 'SubagentStop', 'TeammateIdle'])(
    'a session that was given up while a laptop slept is back with its first %s, from the archive too',
    async (name) => {
      for (const minutes of [80, 200]) {
        const id = newId();
        await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'Before the night' }));
        await world.pass(minutes);
        expect(await world.session(id)).toMatchObject({ outcome: 'timed_out' });
        expect(await world.send(aHook(id, name))).toBe('recorded');
        expect(await world.session(id)).toMatchObject({
          state: 'working',
          outcome: null,
          status: 'Before the night',
          stale: false,
        });
        await world.send(aHook(id, 'SessionEnd'));
      }
    },
  );

  test('hooks that are installed in the middle of a conversation start its session; an end of nothing leaves no trace', async () => {
    const id = newId();
    expect(await world.send(aHook(id, 'SessionEnd'))).toBe('ignored');
    expect(await world.stored(documents.endedSession(world.account, id))).toBeUndefined();
    expect(await world.send(aHook(id, 'PostToolUse'))).toBe('recorded');
    expect(await world.session(id)).toMatchObject({
      name: 'Claude Code in storefront',
      state: 'working',
      activity: 'active',
    });
  });
});

describe('a pinned session', () => {
  test('stays pinned through a whole conversation, until its process ends', async () => {
    const id = newId();
    for (const { event } of aConversation(id)) {
      await world.send(event);
      if (event.hook_event_name === 'SessionEnd') break;
      if ((await world.session(id)).state !== 'pinned') {
        await world.call('updateSession', { sessionId: id, status: 'Keep', state: 'pinned' }, { apiKey: world.key });
      }
      expect((await world.session(id)).state).toBe('pinned');
    }
    expect(await world.session(id)).toMatchObject({ state: 'complete', activity: 'exited' });
  });

  test('and one that waits: an instance with an old memory neither unpins the one nor leaves the other blocked', async () => {
    const other = anInstance({ clock: world.clock });
    const elsewhere = await world.serve(other);
    const [pinned, waiting] = [newId(), newId()];
    for (const id of [pinned, waiting]) {
      await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'Go' }));
      await world.send(aHook(id, 'PostToolUse'));
    }
    const update = { sessionId: pinned, status: 'Keep', state: 'pinned' };
    await elsewhere('/v1/update_session', { body: update, key: world.key });
    await world.send(aHook(waiting, 'Notification', { notification_type: 'permission_prompt', message: 'May I?' }), {
      to: elsewhere,
    });
    expect((await world.session(waiting)).state).toBe('blocked');
    world.clock.advance({ seconds: 31 });
    for (const id of [pinned, waiting]) expect(await world.send(aHook(id, 'PostToolUse'))).toBe('recorded');
    expect((await world.session(pinned)).state).toBe('pinned');
    expect((await world.session(waiting)).state).toBe('working');
  });
});

describe('what a session is told as it starts', () => {
  test('holds what the one before left, and not itself', async () => {
    const agent = (await world.aKey('writer')).apiKey;
    const [former, next] = [newId(), newId()];
    await world.send(aHook(former, 'SessionStart', { source: 'startup' }), { as: agent });
    const contextSummary = { handoffNotes: 'The clock is mocked in setup.ts.', openQuestions: ['Which region?'] };
    await world.call(
      'updateProgramState',
      { programId: 'writer', sessionId: former, contextSummary },
      { apiKey: agent },
    );
    await world.send(aHook(former, 'SessionEnd', { reason: 'clear' }), { as: agent });

    const answer = await world.post(aHook(next, 'SessionStart', { source: 'clear' }), { as: agent });
    expect(outcomeOf(answer)).toBe('recorded');
    expect(answer.json).toEqual({
      hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: expect.any(String) },
    });
    const context = contextOf(answer) ?? '';
    for (const words of [next, 'writer', former, 'The clock is mocked in setup.ts.', 'Which region?']) {
      expect(context).toContain(words);
    }
    expect(context.split(next)).toHaveLength(2);
    expect(context.length).toBeLessThanOrEqual(10_000);
  });

  test('every other event is answered with nothing', async () => {
    const id = newId();
    for (const { event } of aConversation(id)) {
      const { json } = await world.post(event);
      if (event.hook_event_name !== 'SessionStart')
        expect([event.hook_event_name, json]).toEqual([event.hook_event_name, {}]);
    }
  });
});

test('a prompt that is hidden leaves the status as it was, and reaches no document', async () => {
  const id = newId();
  await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'In the open' }));
  await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'A secret' }), { query: '?prompts=hidden' });
  expect(await world.session(id)).toMatchObject({ status: 'In the open', activity: 'active' });
});
