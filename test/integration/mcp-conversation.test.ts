import { limits, operations, type Role } from '@quarterdeck/contract';
import { createMcpDoor } from '../../functions/src/entries/mcp/door.js';
import { type ServedDoor, serveDoor } from '../support/doors.js';
import { CLIENTS, type McpClient, operationsFor, refusalOf, type ToolResult } from '../support/mcp.js';
import { aWorld, type World } from '../support/world.js';

let world: World;
let door: ServedDoor;
let keys: Record<Role, string>;

beforeAll(async () => {
  world = await aWorld();
  door = await serveDoor(createMcpDoor(world.app));
  const [program, auditor, admin] = await Promise.all([
    world.aKey('builder'),
    world.aKey('watcher', 'auditor'),
    world.aKey('chief', 'admin'),
  ]);
  keys = { program: program.apiKey, auditor: auditor.apiKey, admin: admin.apiKey };
});
afterAll(async () => {
  await door.close();
  await world.close();
});

describe.each(['v1', 'v2'] as const)('with the %s client', (version) => {
  const connect = (role: Role) => CLIENTS[version](door.url, { Authorization: `Bearer ${keys[role]}` });
  let agent: McpClient;
  beforeAll(async () => {
    agent = await connect('program');
    // A client that knows the tools holds every answer against its output schema.
    await agent.tools();
  });
  afterAll(() => agent.close());

  test.each(['program', 'auditor', 'admin'] as const)(
    'the tools of %s are those that the registry gives it',
    async (role) => {
      const client = await connect(role);
      const tools = await client.tools();
      expect(tools.map(({ name }) => name).sort()).toEqual(
        operationsFor(role)
          .map(({ name }) => name)
          .sort(),
      );
      await client.close();
    },
  );

  test('an agent is told how to start', () => {
    expect(agent.instructions()).toMatch(/boot.*create_session.*update_session.*update_program_state.*activate_agent/s);
  });

  test('a conversation: create, report, beat, list, complete', async () => {
    const sessionId = `talk-${version}`;
    const created = await answerOf('createSession', agent.call('create_session', { sessionId, name: 'Talk' }));
    expect(created.session).toMatchObject({ sessionId, programId: 'builder', state: 'working' });
    const report = { sessionId, status: 'Testing', progress: 40, lastHeartbeat: true };
    expect(await answerOf('updateSession', agent.call('update_session', report))).toMatchObject({
      heartbeatAt: world.clock.now().toISOString(),
    });
    expect(await answerOf('heartbeat', agent.call('heartbeat', { sessionId }))).toMatchObject({ coalesced: true });
    const { sessions } = await answerOf('listSessions', agent.call('list_sessions'));
    expect(sessions).toContainEqual(expect.objectContaining({ sessionId, status: 'Testing', progress: 40 }));
    const done = await answerOf(
      'updateSession',
      agent.call('update_session', { sessionId, status: 'Done', state: 'complete' }),
    );
    expect(done.message).toBe('Session completed');
  });

  test('what one session leaves behind, the next one finds', async () => {
    const contextSummary = { lastTask: `The ${version} door`, handoffNotes: 'Tests are green' };
    await answerOf('updateProgramState', agent.call('update_program_state', { programId: 'builder', contextSummary }));
    const next = await connect('program');
    const state = await answerOf('getProgramState', next.call('get_program_state', { programId: 'builder' }));
    expect(state.contextSummary).toMatchObject(contextSummary);
    const brief = await answerOf('boot', next.call('boot'));
    expect(brief.brief).toContain('Tests are green');
    await next.close();
  });

  test('an agent with a window remembers and recalls', async () => {
    await answerOf('activateAgent', agent.call('activate_agent'));
    await answerOf('remember', agent.call('remember', { content: `Lanterns need the ${version} oil`, type: 'fact' }));
    const { memories } = await answerOf('recall', agent.call('recall', { query: 'which oil for lanterns' }));
    expect(memories[0]?.content).toContain('Lanterns');
    expect((await answerOf('currentSession', agent.call('current_session'))).sessionId).toEqual(expect.any(String));
    await answerOf('deactivateAgent', agent.call('deactivate_agent'));
  });

  test('what an admin reads fits the output schemas too', async () => {
    const admin = await connect('admin');
    await admin.tools();
    await answerOf('getFleetHealth', admin.call('get_fleet_health'));
    await answerOf('getFleetTimeline', admin.call('get_fleet_timeline'));
    await answerOf('listPrograms', admin.call('list_programs'));
    await answerOf('listKeys', admin.call('list_keys'));
    await answerOf('listMembers', admin.call('list_members'));
    await answerOf('getAccount', admin.call('get_account'));
    await answerOf('getContextUtilization', admin.call('get_context_utilization', { programId: 'builder' }));
    await answerOf('getContextHistory', admin.call('get_context_history', { programId: 'builder' }));
    await admin.close();
  });

  test('a refusal says code, reason and what to do, to the agent and to programs', async () => {
    const refused = await agent.call('get_session', { sessionId: 'nobody' });
    expect(refused).toMatchObject({ isError: true });
    expect(refused.structuredContent).toBeUndefined();
    expect(textsOf(refused)[0]).toMatch(/^not-found SESSION_UNKNOWN: .*"nobody"/);
    expect(refusalOf(refused)).toBe('not-found SESSION_UNKNOWN');
  });

  test('wrong arguments are a tool error that names the field', async () => {
    const refused = await agent.call('create_session', { name: 'x', progress: 101, colour: 'red' });
    expect(refusalOf(refused)).toBe('invalid-argument INVALID_FIELD');
    expect(textsOf(refused).join()).toMatch(/progress: .*colour: is not a field/s);
    expect(JSON.parse(textsOf(refused)[1] ?? '')).toMatchObject({
      fields: [{ field: 'progress' }, { field: 'colour' }],
    });
  });

  test('a tool of another role is refused as such; one that does not exist, by the protocol', async () => {
    expect(refusalOf(await agent.call('create_key', { programId: 'x', label: 'x' }))).toBe(
      'permission-denied ROLE_NOT_ALLOWED',
    );
    await expect(agent.call('launch_missiles')).rejects.toMatchObject({ code: -32602 });
    // It is an operation, and has no door here.
    await expect(agent.call('exchange_key', { key: 'x' })).rejects.toMatchObject({ code: -32602 });
  });

  test('a client without a key, or with a wrong one, is told why it does not connect', async () => {
    await expect(CLIENTS[version](door.url, {})).rejects.toThrow(/NO_CREDENTIAL|401|[Uu]nauthorized/);
    await expect(CLIENTS[version](door.url, { Authorization: 'Bearer cb_wrong' })).rejects.toThrow(
      /INVALID_KEY|401|[Uu]nauthorized/,
    );
  });
});

test('both eras are spoken, each by its client', async () => {
  const headers = { 'X-Api-Key': keys.program };
  const versions = await Promise.all(
    (['v1', 'v2'] as const).map(async (name) => {
      const client = await CLIENTS[name](door.url, headers);
      await client.close();
      return client.protocol;
    }),
  );
  expect(versions).toEqual(['2025-11-25', '2026-07-28']);
});

test('the longest memories of one call fit through the door', async () => {
  const agent = await CLIENTS.v2(door.url, { 'X-Api-Key': keys.program });
  await agent.call('activate_agent');
  const content = 'Lighthouse keepers write letters. '.repeat(limits.MEMORY_MAX_CHARS / 40);
  const memories = Array.from({ length: limits.MEMORY_BATCH_MAX }, () => ({ content, type: 'fact' }));
  const { memoryIds } = await answerOf('remember', agent.call('remember', { memories }));
  expect(memoryIds).toHaveLength(limits.MEMORY_BATCH_MAX);
  await agent.close();
});

/** The answer of a call that went well: the same as data and as text, and exactly what the contract says. */
async function answerOf<N extends keyof typeof operations>(
  name: N,
  call: Promise<ToolResult>,
): Promise<ReturnType<(typeof operations)[N]['output']['parse']>> {
  const result = await call;
  expect(result).not.toMatchObject({ isError: true });
  expect(JSON.parse(textsOf(result)[0] ?? '')).toEqual(result.structuredContent);
  const answer = operations[name].output.parse(result.structuredContent);
  expect(answer).toEqual(result.structuredContent);
  return answer as ReturnType<(typeof operations)[N]['output']['parse']>;
}

function textsOf({ content }: ToolResult): string[] {
  return (content as { text: string }[]).map(({ text }) => text);
}
