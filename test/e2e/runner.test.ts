import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient, createSessionManager } from '@quarterdeck/client';
import type { Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** From a request to spawn to a merged pull request: the example runner, with real processes, against what `npm start` starts. */

const TEST_TIMEOUT_MS = 300_000;
const root = join(__dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'quarterdeck-runner-'));
let visit: Visit;
let local: Local;
let client: Client;
let runner: Runner;

/** An agent that opens a pull request with its prompt as the title and waits, or ends as its prompt says. */
const AGENT = `
import { text } from 'node:stream/consumers';
const prompt = await text(process.stdin);
if (prompt.startsWith('exit ')) process.exit(Number(prompt.slice(5)));
const pr = { number: 12, url: 'https://example.com/pull/12', title: prompt };
const body = { sessionId: process.env.QUARTERDECK_SESSION, status: 'Waiting for a review', lifecycle: 'pr_open', pr };
const answer = await fetch(process.env.REST + '/update_session', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + process.env.QUARTERDECK_KEY },
  body: JSON.stringify(body),
});
console.log(process.env.QUARTERDECK_SESSION + ': the agent was answered ' + answer.status);
setInterval(() => {}, 60_000);
`;

/** The runner's process, and what it said. */
class Runner {
  private said = '';
  private readonly child: ChildProcess;
  private listeners: (() => void)[] = [];
  readonly exited: Promise<number | null>;

  constructor(env: NodeJS.ProcessEnv, command: readonly string[]) {
    const file = join(root, 'examples/runner/runner.mjs');
    this.child = spawn(process.execPath, [file, ...command], { env: { ...process.env, ...env } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text) => {
        this.said += text;
        for (const listener of this.listeners) listener();
      });
    }
    this.exited = new Promise((done) => this.child.once('close', done));
  }

  /** Waits until it has said something. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const ended = this.exited.then(() => Promise.reject(new Error(`the runner ended:\n${this.said}`)));
    const heard = new Promise<RegExpExecArray>((done) => {
      const look = () => {
        const match = pattern.exec(this.said);
        if (match) done(match);
      };
      this.listeners.push(look);
      look();
    });
    return Promise.race([heard, ended]);
  }

  interrupt(): void {
    this.child.kill('SIGTERM');
  }
}

beforeAll(async () => {
  const agent = join(home, 'agent.mjs');
  writeFileSync(agent, AGENT);
  visit = await visitSharedCopy();
  ({ local } = visit);
  client = createClient({ origin: local.origin, apiKey: local.programKey });
  runner = new Runner(
    {
      QUARTERDECK_ORIGIN: local.origin,
      QUARTERDECK_KEY: local.programKey,
      QUARTERDECK_PROGRAM: local.programId,
      PUBSUB_EMULATOR_HOST: local.pubsub,
      GOOGLE_CLOUD_PROJECT: local.projectId,
      REST: local.rest,
    },
    [process.execPath, agent],
  );
  await runner.says(/Waiting for sessions/);
}, START_TIMEOUT_MS);

afterAll(async () => {
  runner?.interrupt();
  await runner?.exited;
  await client?.close();
  visit?.leave();
  rmSync(home, { recursive: true, force: true });
});

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Spawns a session and waits for its process. */
async function started(prompt: string): Promise<{ id: string; pid: number }> {
  const { id, status } = await createSessionManager(client).spawn({ projectId: 'my-app', issueId: '#12', prompt });
  expect(status).toBe('spawning');
  const [, pid] = await runner.says(new RegExp(`${id}: started as process (\\d+)`));
  return { id, pid: Number(pid) };
}

test(
  'a spawned session works in a process of its own, opens a pull request, and is finished when that is merged',
  async () => {
    const manager = createSessionManager(client);
    const { id, pid } = await started('Fix the parser');
    expect([id, isRunning(pid)]).toEqual(['my-app-1', true]);
    await runner.says(new RegExp(`${id}: the agent was answered 200`));
    expect(await manager.get(id)).toMatchObject({
      status: 'pr_open',
      issueId: '#12',
      pr: { number: 12, title: 'Fix the parser' },
      runtimeHandle: { id: String(pid), runtimeName: 'process' },
    });
    await client.updateSession({ sessionId: id, status: 'Merged', lifecycle: 'merged' });
    await runner.says(new RegExp(`${id}: the process was ended by a signal`));
    expect([(await manager.get(id))?.status, isRunning(pid)]).toEqual(['merged', false]);
    await expect(manager.restore(id)).rejects.toMatchObject({ code: 'failed-precondition', reason: 'NOT_RESTORABLE' });
  },
  TEST_TIMEOUT_MS,
);

test(
  'a kill ends the process, and the session can be restored',
  async () => {
    const manager = createSessionManager(client);
    const { id, pid } = await started('Wait');
    await runner.says(new RegExp(`${id}: the agent was answered 200`));
    await manager.kill(id);
    await runner.says(new RegExp(`${id}: the process was ended by a signal`));
    expect([(await manager.get(id))?.status, isRunning(pid)]).toEqual(['killed', false]);
    const restored = await manager.restore(id);
    expect(restored).toMatchObject({ status: 'working', restoredAt: expect.any(Date) });
    await manager.kill(id);
  },
  TEST_TIMEOUT_MS,
);

test(
  'the exit code of the process is how the session ended',
  async () => {
    const manager = createSessionManager(client);
    const [good, bad] = [await started('exit 0'), await started('exit 3')];
    await runner.says(new RegExp(`${good.id}: .* the session is done`));
    await runner.says(new RegExp(`${bad.id}: .* the session is errored`));
    expect([(await manager.get(good.id))?.status, (await manager.get(bad.id))?.status]).toEqual(['done', 'errored']);
    const { cleaned } = await manager.cleanup('my-app');
    expect([...cleaned].sort()).toEqual(['my-app-1', 'my-app-2', good.id, bad.id].sort());
  },
  TEST_TIMEOUT_MS,
);

test(
  'a session that is told to drain goes on, and one that is told to stop ends its process',
  async () => {
    const { id, pid } = await started('Wait');
    await runner.says(new RegExp(`${id}: the agent was answered 200`));
    await client.commandSession({ sessionId: id, command: 'drain' });
    await runner.says(new RegExp(`${id}: told to drain`));
    expect(isRunning(pid)).toBe(true);
    await client.commandSession({ sessionId: id, command: 'stop' });
    await runner.says(new RegExp(`${id}: told to stop`));
    await runner.says(new RegExp(`${id}: the process was ended by a signal`));
    const { session } = await client.getSession({ sessionId: id });
    expect([session.lifecycle, session.command, isRunning(pid)]).toEqual(['terminated', null, false]);
  },
  TEST_TIMEOUT_MS,
);

test(
  'an orchestrator sends a message to a session that it spawned, and the agent finds it in its inbox',
  async () => {
    const manager = createSessionManager(client);
    const { id } = await started('Wait');
    await manager.send(id, 'Also fix the docs.');
    const { messages } = await client.getMessages({ markAsRead: true });
    expect(messages).toMatchObject([{ message: 'Also fix the docs.', sessionId: id, messageType: 'DIRECTIVE' }]);
    await manager.kill(id);
    await runner.says(new RegExp(`${id}: the process was ended by a signal`));
    await expect(manager.send(id, 'Too late.')).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
  },
  TEST_TIMEOUT_MS,
);

test(
  'a runner that is interrupted ends its processes, and says so of their sessions',
  async () => {
    const { id, pid } = await started('Wait');
    runner.interrupt();
    expect(await runner.exited).toBe(0);
    expect(isRunning(pid)).toBe(false);
    expect((await createSessionManager(client).get(id))?.status).toBe('terminated');
  },
  TEST_TIMEOUT_MS,
);
