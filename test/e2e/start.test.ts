import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Message, PubSub } from '@google-cloud/pubsub';
import { evaluated } from '../support/evaluated';
import { call, type Local, LocalCopy, stillRunning } from '../support/local';

const START_TIMEOUT_MS = 300_000;
const inShell = promisify(execFile);
const homes = mkdtempSync(join(tmpdir(), 'quarterdeck-e2e-'));
const copies: LocalCopy[] = [];

function start(name: string, env: NodeJS.ProcessEnv = {}): LocalCopy {
  const copy = new LocalCopy(join(homes, name), env);
  copies.push(copy);
  return copy;
}

let copy: LocalCopy;
/** The start after it, in the same folder. */
let next: LocalCopy;
let local: Local;
/** The first port that the copy was to use, which is taken. */
let takenPort: number;

beforeAll(async () => {
  // Not one that the system chooses: the ports after those are handed out to connections while the copy starts.
  takenPort = evaluated('scripts/lib/ports.mjs', 'it.freePort(it.anyPort())');
  const occupied = createServer().listen(takenPort, '127.0.0.1');
  await once(occupied, 'listening');
  copy = start('main', { QUARTERDECK_PORT: String(takenPort) });
  local = await copy.ready();
  occupied.close();
}, START_TIMEOUT_MS);

afterAll(() => {
  for (const each of copies) each.kill();
  rmSync(homes, { recursive: true, force: true });
});

test('ten agents with keys of their own that beat together are answered by the one process that was there before', async () => {
  const agents = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const programId = `agent-${index}`;
      const { key } = await call(local, 'createKey', { programId, label: programId, role: 'program' }, local.adminKey);
      return { sessionId: `${programId}-session`, key: String(key) };
    }),
  );
  const together = (name: string, data: (sessionId: string) => object) =>
    Promise.all(agents.map(({ sessionId, key }) => call(local, name, data(sessionId), key)));
  await together('createSession', (sessionId) => ({ sessionId, name: sessionId }));
  const door = copy.processes().filter(({ pid }) => pid === copy.pidOf('functions'));
  const beats = [];
  for (let round = 0; round < 5; round++) beats.push(...(await together('heartbeat', (sessionId) => ({ sessionId }))));
  expect(beats).toEqual(Array(50).fill(expect.objectContaining({ success: true })));
  expect(door).toHaveLength(1);
  // A process per concurrent call would be below it.
  expect(copy.processesBelow('functions')).toEqual(door);
});

test('every line of the conversation that the start prints answers in a shell', async () => {
  const lines = copy.said.split('\n').filter((line) => line.startsWith('curl '));
  const answers = [];
  for (const line of lines) answers.push(JSON.parse((await inShell('sh', ['-c', line])).stdout).result);
  expect(answers).toMatchObject([
    { success: true, sessionId: 'first-session' },
    { success: true, sessionId: 'first-session', nextHeartbeatBy: expect.any(String) },
    { success: true, sessions: expect.arrayContaining([expect.objectContaining({ sessionId: 'first-session' })]) },
    {
      success: true,
      programs: expect.arrayContaining([expect.objectContaining({ programId: 'builder', health: 'healthy' })]),
    },
  ]);
});

test('local.json tells other tools everything, and only its owner may read it', () => {
  const address = expect.stringMatching(/^127\.0\.0\.1:\d+$/);
  expect(local).toEqual({
    projectId: 'demo-quarterdeck',
    origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    functions: `${local.origin}/demo-quarterdeck/us-central1`,
    mcp: `${local.origin}/mcp`,
    rest: `${local.origin}/v1`,
    hooks: `${local.origin}/hooks`,
    firestore: address,
    auth: address,
    pubsub: address,
    account: expect.any(String),
    adminEmail: 'admin@quarterdeck.local',
    adminPassword: expect.stringMatching(/^.{16,}$/),
    adminKey: expect.stringMatching(/^cb_/),
    programId: 'builder',
    programKey: expect.stringMatching(/^cb_/),
    pid: expect.any(Number),
  });
  expect(statSync(join(copy.home, 'local.json')).mode & 0o777).toBe(0o600);
});

test('after local.env has set the names, what the README says to type is answered, a line for each call', async () => {
  const page = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const typed = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  const calls = typed.filter((text) => text.includes('curl'));
  expect(calls).toHaveLength(2);
  const file = join(copy.home, 'local.env');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const script = ['set -eu', `. '${file}'`, ...calls].join('\n');
  const { stdout } = await inShell('sh', ['-c', script], { env: { PATH: process.env.PATH } });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers).toHaveLength(5);
  expect(answers[0]).toMatchObject({ success: true });
  for (const { result } of answers.slice(1)) expect(result).toMatchObject({ success: true });
  expect(answers[4].result).toHaveProperty('programs');
});

test('the admin signs in with the password of local.json', async () => {
  const url = `http://${local.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local`;
  const body = JSON.stringify({ email: local.adminEmail, password: local.adminPassword, returnSecureToken: true });
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(await response.json()).toMatchObject({ idToken: expect.any(String) });
});

test('an address without a function says so and names the functions', async () => {
  const response = await fetch(`${local.functions}/createSesion`, { method: 'POST' });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { status: 'NOT_FOUND', message: expect.stringContaining('createSession') },
  });
});

test('a second start in the same folder says that one is running, and leaves it alone', async () => {
  const second = new LocalCopy(copy.home);
  expect(await second.exited).not.toBe(0);
  expect(second.said).toContain(`already running here (process ${local.pid})`);
  expect(await call(local, 'getAccount', {}, local.adminKey)).toMatchObject({ success: true });
});

test('what happens is published to the topic of events', async () => {
  const client = new PubSub({ projectId: local.projectId, apiEndpoint: local.pubsub, emulatorMode: true });
  const [subscription] = await client.topic('events').createSubscription('listener');
  const published = new Promise<Message>((done) => subscription.on('message', done));
  await call(local, 'createSession', { sessionId: 'heard', name: 'Heard' }, local.programKey);
  const message = await published;
  message.ack();
  expect(message.attributes.account).toBe(local.account);
  await subscription.close();
  await client.close();
});

test('where a port is taken, the next free one is chosen, and said', () => {
  const port = Number(new URL(local.origin).port);
  expect(port).toBeGreaterThan(takenPort);
  expect(copy.said).toContain(`http://127.0.0.1:${port}/mcp`);
});

test('the scheduled sweep, rung at the start, is rung again at the full minute', async () => {
  const runs = (): number => copy.log('emulators').split('Finished "us-central1-sweep"').length - 1;
  while (runs() < 2) await new Promise((done) => setTimeout(done, 500));
});

test(
  'Ctrl-C keeps the data and leaves no process; the next start has the same data, keys and address, and the logs of the last',
  async () => {
    await call(local, 'createSession', { sessionId: 'kept', name: 'Kept' }, local.programKey);
    const belonging = copy.processes();
    expect(belonging.length).toBeGreaterThan(5);
    copy.pressCtrlC();
    await copy.exited;
    expect(copy.said).toContain('Stopped in');
    expect(stillRunning(belonging)).toEqual([]);

    next = start('main');
    const again = await next.ready();
    expect(again).toMatchObject({
      account: local.account,
      adminKey: local.adminKey,
      programKey: local.programKey,
      adminPassword: local.adminPassword,
    });
    // What was configured for the first start still reaches the second.
    expect({ origin: again.origin, mcp: again.mcp }).toEqual({ origin: local.origin, mcp: local.mcp });
    expect(next.said).not.toContain('The address changed');
    for (const name of ['functions', 'emulators'])
      expect(readFileSync(join(copy.home, `${name}.log.1`), 'utf8')).toMatch(/functions ready on|All emulators ready/);
    const { sessions } = await call(again, 'listSessions', {}, again.programKey);
    expect(sessions).toContainEqual(expect.objectContaining({ sessionId: 'kept' }));
  },
  START_TIMEOUT_MS,
);

test('when a part dies, the rest is stopped, and what was started says which', async () => {
  const belonging = next.processes();
  process.kill(next.pidOf('functions'), 'SIGKILL');
  expect(await next.exited).toBe(1);
  expect(next.said).toContain('functions ended (signal SIGKILL)');
  expect(next.said).toContain('functions ready on'); // the end of its log
  expect(stillRunning(belonging)).toEqual([]);
});
