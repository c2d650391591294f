// @ts-check
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, projectId } from './paths.mjs';

/** The scheduled functions, with the suffix that the functions emulator gives to the address of a scheduled one. */
const SCHEDULED = ['sweep-0', 'retryWebhooks-0'];

const MINUTE_MS = 60_000;
const SLACK_MS = 500;

/** As Cloud Scheduler's default: a run that takes longer counts as failed. */
const ATTEMPT_MS = 3 * MINUTE_MS;

/**
 * Rings the scheduled functions at every full minute, as Cloud Scheduler does; the Emulator Suite has no scheduler of its own.
 * A ring is left out while the former one of the same function is still being answered. The first ring is at once: what is behind it is warm when this returns.
 *
 * @param {number} backgroundPort the functions emulator's
 * @returns {Promise<() => void>} stops ringing
 */
export async function startScheduler(backgroundPort) {
  const rings = SCHEDULED.map((name) => bell(backgroundPort, name));
  /** @type {NodeJS.Timeout} */
  let timer;
  const next = () => {
    // Timers fire a little early or late; the slack keeps an early one from ringing the same minute twice.
    const sinceMinute = (Date.now() + SLACK_MS) % MINUTE_MS;
    timer = setTimeout(
      () => {
        next();
        for (const ring of rings) void ring();
      },
      MINUTE_MS - sinceMinute + SLACK_MS,
    );
  };
  await Promise.all(rings.map((ring) => ring()));
  next();
  return () => clearTimeout(timer);
}

/**
 * @param {number} backgroundPort
 * @param {string} name of a scheduled function
 * @returns {() => Promise<void>} rings it, unless it is being rung
 */
function bell(backgroundPort, name) {
  const url = `http://127.0.0.1:${backgroundPort}/functions/projects/${projectId}/triggers/us-central1-${name}`;
  const note = (/** @type {string} */ text) =>
    appendFileSync(join(home, 'scheduler.log'), `${new Date().toISOString()} ${name} ${text}\n`);
  let ringing = false;
  return async () => {
    if (ringing) return note('left out: the former ring is still being answered');
    ringing = true;
    const minute = Math.floor((Date.now() + SLACK_MS) / MINUTE_MS) * MINUTE_MS;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-CloudScheduler-ScheduleTime': new Date(minute).toISOString(),
        },
        body: '{}',
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      const text = await response.text();
      if (!response.ok) note(`refused: ${response.status} ${text.slice(0, 500)}`);
    } catch (error) {
      note(`failed: ${error}`);
    } finally {
      ringing = false;
    }
  };
}
