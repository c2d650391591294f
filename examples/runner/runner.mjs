// @ts-check
/** Runs agents: a process of its own for every session that somebody spawns for its program, until the session is over. See README.md. */
import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { PubSub } from '@google-cloud/pubsub';
import { createClient, QuarterdeckError } from '@quarterdeck/client';

/** How long a process that was asked to end may take before it is made to. */
const GRACE_MS = 10_000;
/** Beats come this often, and well before the account's shortest patience: an interval of 30 seconds is stale after 45. */
const BEAT_MS = 30_000;
const ALREADY_EXISTS = 6;

const [command, ...args] = process.argv.slice(2);
const { QUARTERDECK_ORIGIN: origin, QUARTERDECK_KEY: apiKey, QUARTERDECK_PROGRAM: programId } = process.env;
if (!command || !origin || !apiKey || !programId) {
  console.error(
    'QUARTERDECK_ORIGIN=… QUARTERDECK_PROGRAM=… QUARTERDECK_KEY=cb_… node runner.mjs <command> [arguments]',
  );
  process.exit(2);
}

const client = createClient({ origin, apiKey });
const { account } = await client.getAccount();
/** The processes that run, by session. @type {Map<string, import('node:child_process').ChildProcess>} */
const running = new Map();
/** What the sessions that run were told to do, when it was something. @type {Map<string, 'stop' | 'drain' | null>} */
const obeyed = new Map();
/** Sessions that are being started, so that a message that comes twice starts one process. @type {Set<string>} */
const starting = new Set();

const pubsub = new PubSub();
const subscription = await openSubscription();
subscription.on('message', async (message) => {
  try {
    await handle(message.attributes);
    message.ack();
  } catch (error) {
    console.error(`${message.attributes.subject}: ${error}`);
    message.nack();
  }
});
subscription.on('error', (error) => {
  console.error(`Pub/Sub: ${error.message}`);
  process.exitCode = 1;
  void stop();
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, stop);
console.log(`Waiting for sessions of ${programId} to be spawned.`);

/**
 * Pub/Sub delivers at least once, and an emulator may not know filters.
 *
 * @param {Record<string, string>} attributes
 */
async function handle({ account: of, type, subject = '' }) {
  if (of !== account.accountId || !subject.startsWith('session/')) return;
  const sessionId = subject.slice('session/'.length);
  if (type === 'session.spawn_requested') await start(sessionId);
  // The message may be older than a return of the session: only what is over now is ended.
  if (type === 'session.ended' && running.has(sessionId) && (await isOver(sessionId))) end(sessionId);
  if (type === 'session.commanded' && running.has(sessionId)) obey(sessionId, await commandOf(sessionId));
}

/** @param {string} sessionId */
async function start(sessionId) {
  if (running.has(sessionId) || starting.has(sessionId)) return;
  starting.add(sessionId);
  try {
    const { session, spawnRequest } = await client.getSession({ sessionId });
    // Of another program, or started already.
    if (spawnRequest === undefined || session.programId !== programId || session.lifecycle !== 'spawning') return;
    await run(sessionId, spawnRequest);
  } finally {
    starting.delete(sessionId);
  }
}

/**
 * @param {string} sessionId
 * @param {{ prompt: string | null, agent: string | null }} request
 */
async function run(sessionId, { prompt, agent }) {
  const env = { ...process.env, QUARTERDECK_SESSION: sessionId, QUARTERDECK_AGENT: agent ?? '' };
  const child = spawn(/** @type {string} */ (command), args, { env, stdio: ['pipe', 'inherit', 'inherit'] });
  /** @type {Promise<{ code: number | null, error?: Error }>} */
  const exit = new Promise((done) => {
    child.once('error', (error) => done({ code: null, error }));
    child.once('close', (code) => done({ code }));
  });
  // An agent that does not read its prompt is no reason to fall.
  child.stdin.on('error', () => {});
  child.stdin.end(prompt ?? '');
  running.set(sessionId, child);
  const beat = setInterval(() => void keepAlive(sessionId), BEAT_MS);
  void exit.then(async ({ code, error }) => {
    clearInterval(beat);
    await reportExit(sessionId, code, error).catch((failure) => console.error(`${sessionId}: ${failure}`));
    running.delete(sessionId);
    obeyed.delete(sessionId);
  });
  if (child.pid === undefined) return;
  await tell(sessionId, {
    status: `Started on ${hostname()}`,
    lifecycle: 'working',
    runtimeHandle: { id: String(child.pid), runtimeName: 'process', data: { host: hostname() } },
    expectedIntervalSeconds: BEAT_MS / 1000,
    lastHeartbeat: true,
  });
  console.log(`${sessionId}: started as process ${child.pid}`);
}

/** A sign of life; and where it is refused because the session is over, the end of the process. @param {string} sessionId */
async function keepAlive(sessionId) {
  try {
    const { inbox } = await client.heartbeat({ sessionId, includeInbox: true });
    obey(sessionId, inbox?.command ?? null);
  } catch (error) {
    if (isGone(error)) end(sessionId);
    else console.error(`${sessionId}: ${error}`);
  }
}

/**
 * What stops is asked to end. What drains goes on: its process has the one prompt that it was started with, and the server gives it no task.
 *
 * @param {string} sessionId
 * @param {'stop' | 'drain' | null} command
 */
function obey(sessionId, command) {
  if ((obeyed.get(sessionId) ?? null) === command) return;
  obeyed.set(sessionId, command);
  if (command !== null) console.log(`${sessionId}: told to ${command}`);
  // It may take its time to tidy up: kill_session is for whoever can't wait.
  if (command === 'stop') running.get(sessionId)?.kill('SIGTERM');
}

/**
 * @param {string} sessionId
 * @param {number | null} code
 * @param {Error | undefined} error
 */
async function reportExit(sessionId, code, error) {
  const how = error
    ? `could not start: ${error.message}`
    : code === null
      ? 'was ended by a signal'
      : `ended with ${code}`;
  const lifecycle = code === 0 ? 'done' : error || code !== null ? 'errored' : 'terminated';
  const isTold = await tell(sessionId, { status: `The process ${how}`.slice(0, 200), lifecycle, activity: 'exited' });
  console.log(`${sessionId}: the process ${how}${isTold ? `, and the session is ${lifecycle}` : ''}`);
}

/**
 * Reports, unless the session ended elsewhere: then the process has to end too, and the answer is false.
 *
 * @param {string} sessionId
 * @param {Omit<Parameters<typeof client.updateSession>[0], 'sessionId'>} report
 */
async function tell(sessionId, report) {
  try {
    await client.updateSession({ ...report, sessionId });
    return true;
  } catch (error) {
    if (!isGone(error)) throw error;
    end(sessionId);
    return false;
  }
}

/** @param {string} sessionId */
function end(sessionId) {
  const child = running.get(sessionId);
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}

/** @param {string} sessionId */
async function isOver(sessionId) {
  return (await client.getSession({ sessionId })).session.state === 'complete';
}

/** What the session is to do now: the message may be older than another command. @param {string} sessionId */
async function commandOf(sessionId) {
  return (await client.getSession({ sessionId })).session.command?.name ?? null;
}

/** @param {unknown} error */
function isGone(error) {
  return error instanceof QuarterdeckError && ['SESSION_ENDED', 'SESSION_ARCHIVED'].includes(error.reason ?? '');
}

/** One for all runners of the program: they share the work, and what is spawned while none runs waits for the next. */
async function openSubscription() {
  const name = `runner-${account.accountId}-${programId}`;
  const types = ['session.spawn_requested', 'session.commanded', 'session.ended']
    .map((type) => `attributes.type = "${type}"`)
    .join(' OR ');
  const topic = pubsub.topic('events');
  await topic.create().catch(unlessThere);
  const filter = `attributes.account = "${account.accountId}" AND (${types})`;
  await topic.createSubscription(name, { filter }).catch(unlessThere);
  return pubsub.subscription(name);
}

/** @param {{ code?: number }} error */
function unlessThere(error) {
  if (error.code !== ALREADY_EXISTS) throw error;
}

/** Hears nothing more, and ends what runs; each process says so itself as it goes. */
async function stop() {
  await subscription.close();
  for (const sessionId of running.keys()) end(sessionId);
  while (running.size > 0) await new Promise((done) => setTimeout(done, 50));
  await client.close();
  await pubsub.close();
}
