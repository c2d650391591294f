import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { aHookBody } from '../support/claude-code-events';
import { evaluated } from '../support/evaluated';
import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** Claude Code's hooks on a copy that was started as a person does, with the settings that `quarterdeck init` writes. */

interface Hook {
  readonly type: 'command' | 'http';
  readonly command?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly timeout: number;
}

const sessionId = '0d6c1d3e-52a7-4a2b-9c7e-6b0f7a1d2c3b';
const anEvent = (name: string, fields: object = {}) => aHookBody(name, { session_id: sessionId, ...fields });

let visit: Visit;
let local: Local;
let hooks: Record<string, [{ hooks: [Hook] }]>;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  ({ hooks } = evaluated<{ hooks: typeof hooks }>(
    'scripts/lib/claude-code.mjs',
    `it.claudeCodeSettings(${JSON.stringify(local)})`,
  ));
}, START_TIMEOUT_MS);

afterAll(() => visit?.leave());

const hookOf = (name: string) => hooks[name]?.[0].hooks[0] as Hook;

/** Runs a command hook as Claude Code does: in a shell, the event on its standard input. */
async function run(command: string, event: object): Promise<{ code: number | null; printed: string }> {
  const shell = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (printed += text));
  shell.stdin.on('error', () => undefined);
  shell.stdin.end(JSON.stringify(event));
  const code = await new Promise<number | null>((done) => shell.once('close', done));
  return { code, printed };
}

/**
 * Asks again while the answer was late: on a busy machine it may miss the deadlines that a person has. What was told is recorded all the same, and
 * told twice it is the same: see hooks.test.ts and hooks-in-time.test.ts among the integration tests.
 */
async function inTime<T>(ask: () => Promise<T>, isLate: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!isLate(answer)) return answer;
  }
}

/** What the command prints where the door has an answer in time. */
const runInTime = (command: string, event: object) =>
  inTime(
    () => run(command, event),
    ({ code, printed }) => code === 0 && /^(\{\})?$/.test(printed.trim()),
  );

const isLate = ({ headers }: Response) => headers.get('quarterdeck-outcome') === 'DEADLINE_EXCEEDED';

/** Sends an http hook as Claude Code does. */
const send = (event: { hook_event_name: string }, body?: string) => inTime(() => sendOnce(event, body), isLate);

async function sendOnce(event: { hook_event_name: string }, body = JSON.stringify(event)): Promise<Response> {
  const { url = '', headers = {} } = hookOf(event.hook_event_name);
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
}

test('the settings are those that Claude Code takes: a command for SessionStart, http for the rest', () => {
  expect(
    Object.entries(hooks).map(
      ([
        name,
        [
          {
            hooks: [hook],
          },
        ],
      ]) => [name, hook.type],
    ),
  ).toEqual([
    ['SessionStart', 'command'],
    ...[
      'UserPromptSubmit',
      'PostToolUse',
      'PostToolUseFailure',
      'Notification',
      'Stop',
      'StopFailure',
      'PreCompact',
      'PostCompact',
      'SessionEnd',
    ].map((name) => [name, 'http']),
  ]);
  expect(hookOf('Stop')).toEqual({
    type: 'http',
    url: `${local.hooks}/claude-code`,
    headers: { Authorization: `Bearer ${local.programKey}` },
    timeout: 2,
  });
});

test('its command starts a session and prints the context, and the http hooks carry it to its end', async () => {
  const { code, printed } = await runInTime(
    String(hookOf('SessionStart').command),
    anEvent('SessionStart', { source: 'startup' }),
  );
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({
    hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: expect.stringContaining(sessionId) },
  });
  const outcomes = [];
  for (const [name, fields] of [
    ['UserPromptSubmit', { prompt: 'It\'s 5 o\'clock: "go" $HOME' }],
    ['PostToolUse', { tool_name: 'Bash', tool_response: { stdout: 'x'.repeat(100_000) } }],
    ['Notification', { notification_type: 'permission_prompt', message: 'May I?' }],
  ] as const) {
    const answer = await send(anEvent(name, fields));
    outcomes.push([name, answer.status, answer.headers.get('quarterdeck-outcome'), await answer.text()]);
  }
  expect(outcomes).toEqual([
    ['UserPromptSubmit', 200, 'recorded', '{}'],
    ['PostToolUse', 200, 'recorded', '{}'],
    ['Notification', 200, 'recorded', '{}'],
  ]);
  const seen = await call(local, 'getSession', { sessionId }, local.adminKey);
  expect(seen.session).toMatchObject({ state: 'blocked', status: 'May I?', programId: local.programId });
  await send(anEvent('SessionEnd', { reason: 'other' }));
  const ended = await call(local, 'getSession', { sessionId }, local.adminKey);
  expect(ended.session).toMatchObject({ state: 'complete', outcome: 'completed', activity: 'exited' });
});

test.each<[title: string, body: string, outcome: string]>([
  ['what is no JSON', '{"session_id":', 'INVALID_FIELD'],
  [
    'more than the framework reads',
    JSON.stringify(anEvent('Stop', { pad: 'x'.repeat(11_000_000) })),
    'REQUEST_TOO_LARGE',
  ],
])('%s is answered well all the same', async (_title, body, outcome) => {
  const answer = await send(anEvent('Stop'), body);
  expect([answer.status, answer.headers.get('quarterdeck-outcome'), await answer.text()]).toEqual([200, outcome, '{}']);
});

test('the function has the hooks at its own address too', async () => {
  const request = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(anEvent('Stop')),
  };
  const answer = await inTime(() => fetch(`${local.functions}/api/hooks/claude-code`, request), isLate);
  expect([answer.status, answer.headers.get('quarterdeck-outcome')]).toEqual([200, 'NO_CREDENTIAL']);
});

test('a wrong key is told to the person as the session starts', async () => {
  const command = String(hookOf('SessionStart').command).replace(local.programKey, `${local.programKey}x`);
  const { code, printed } = await runInTime(command, anEvent('SessionStart'));
  expect([code, JSON.parse(printed)]).toEqual([
    0,
    { systemMessage: expect.stringMatching(/^Quarterdeck: The API key/) },
  ]);
});

test('its command gives up after 2 s by itself, within the time that it has', () => {
  const { command, timeout } = hookOf('SessionStart');
  expect(command).toContain('--max-time 2 ');
  expect(timeout).toBe(3);
});

describe('the command exits well, and prints nothing into the context,', () => {
  /** Takes every connection, and says nothing. */
  const silent = createServer((socket) => void socket.on('error', () => undefined).resume());
  beforeAll(() => new Promise<void>((done) => silent.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise((done) => silent.close(done)));

  test.each([
    ['where nobody listens', (url: string) => url.replace(/:\d+/, ':9')],
    ['where something else answers', (url: string) => url.replace('/hooks/', '/elsewhere/')],
    ['where nobody ever answers', (url: string) => url.replace(/:\d+/, `:${(silent.address() as AddressInfo).port}`)],
  ])('%s', async (_title, wrong) => {
    const command = String(hookOf('SessionStart').command).replace(/http:[^']+/, wrong);
    expect(await run(command, anEvent('SessionStart'))).toEqual({ code: 0, printed: '' });
  });
});
