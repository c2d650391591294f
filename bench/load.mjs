// @ts-check
import { Agent, request as httpRequest } from 'node:http';
import autocannon from 'autocannon';
import { cpuSeconds } from './processes.mjs';
import { percentile } from './statistics.mjs';

/** @import { Door } from './doors.mjs' */
/** @import { Measured } from './operations.mjs' */

/** @typedef {Omit<Measured, 'doors'>} Asked */

/** Clients at once where throughput is measured. */
export const CLIENTS = 16;

/** Requests after which a phase may end at the earliest, so that a slow operation has a median too. */
const FEWEST = 5;

/** Requests are numbered over the whole run, so that no input comes twice. */
let serial = 0;

/**
 * @typedef {{ p50: number, p99: number, count: number }} Latency milliseconds
 * @typedef {{ answer: string, headers: import('node:http').IncomingHttpHeaders }} Answered the body and the headers
 * @typedef {{ perSecond: number, serverCpuMs: number | null, emulatorCpuMs: number | null }} Throughput processor milliseconds are per request
 */

/**
 * One client that asks again as soon as it was answered, over one connection.
 *
 * @param {string} functions
 * @param {Asked} measured
 * @param {Door} door
 * @param {number} ms
 * @returns {Promise<Latency>}
 */
export async function measureLatency(functions, measured, door, ms) {
  const ask = (/** @type {number} */ n) => {
    const { key, data } = measured.request(n);
    return { url: door.url(functions, measured.operation), ...door.http(measured.operation, key, data) };
  };
  return await measurePosts(ms, ask, ({ answer, headers }) => {
    const result = door.result(JSON.parse(answer), headers);
    if (!result || (measured.isMeant && !measured.isMeant(result)))
      throw new Error(`${measured.label} measures something else: ${answer}`);
  });
}

/**
 * @param {number} ms
 * @param {(n: number) => { url: string, headers: Record<string, string>, body: string }} ask the n-th request; all go over one connection
 * @param {(answer: Answered) => void} [check] throws when the answer is not what was meant; its own time is not counted
 * @returns {Promise<Latency>}
 */
export async function measurePosts(ms, ask, check) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    return await measureRepeatedly(
      ms,
      (n) => {
        const { url, ...wanted } = ask(n);
        return post(agent, url, wanted);
      },
      check,
    );
  } finally {
    agent.destroy();
  }
}

/**
 * @template Answer
 * @param {number} ms
 * @param {(n: number) => Promise<Answer>} work
 * @param {(answer: Answer) => void} [check] throws when the answer is not what was meant; its own time is not counted
 * @returns {Promise<Latency>}
 */
export async function measureRepeatedly(ms, work, check = () => undefined) {
  const latencies = [];
  const until = performance.now() + ms;
  while (performance.now() < until || latencies.length < FEWEST) {
    const n = serial++;
    const started = performance.now();
    const answer = await work(n);
    latencies.push(performance.now() - started);
    check(answer);
  }
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), count: latencies.length };
}

/**
 * @param {string} functions
 * @param {Asked} measured
 * @param {Door} door
 * @param {number} ms
 * @param {{ serverPid: number, emulatorPid: number }} pids
 * @returns {Promise<Throughput>}
 * @throws Error when a request was refused: what failed fast would look fast
 */
export async function measureThroughput(functions, measured, door, ms, { serverPid, emulatorPid }) {
  const next = () => {
    const { key, data } = measured.request(serial++);
    return door.http(measured.operation, key, data);
  };
  const before = [cpuSeconds(serverPid), cpuSeconds(emulatorPid)];
  const result = await autocannon({
    url: door.url(functions, measured.operation),
    connections: CLIENTS,
    duration: ms / 1000,
    requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0)
    throw new Error(`${measured.label}: ${failed} of ${result.requests.total} requests failed at ${CLIENTS} clients`);
  const answered = result['2xx'];
  const perRequest = (/** @type {number | undefined} */ from, /** @type {number | undefined} */ to) =>
    from === undefined || to === undefined ? null : ((to - from) * 1000) / answered;
  return {
    perSecond: answered / result.duration,
    serverCpuMs: perRequest(before[0], cpuSeconds(serverPid)),
    emulatorCpuMs: perRequest(before[1], cpuSeconds(emulatorPid)),
  };
}

/**
 * @param {number} ms
 * @param {(n: number) => Promise<unknown>} work
 * @returns {Promise<number>} how many times a second it was done by CLIENTS at once
 */
export async function measureRate(ms, work) {
  const started = performance.now();
  let done = 0;
  const client = async () => {
    while (performance.now() < started + ms) {
      await work(serial++);
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (done * 1000) / (performance.now() - started);
}

/**
 * @param {Agent} agent
 * @param {string} url
 * @param {{ headers: Record<string, string>, body: string }} wanted
 * @returns {Promise<Answered>}
 */
export function post(agent, url, { headers, body }) {
  const length = Buffer.byteLength(body);
  return new Promise((answered, failed) => {
    const sent = httpRequest(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', failed);
        response.on('end', () => {
          if (response.statusCode === 200) answered({ answer: text, headers: response.headers });
          else failed(new Error(`${url} answered ${response.statusCode}: ${text}`));
        });
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}
