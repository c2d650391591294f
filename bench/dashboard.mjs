// @ts-check
/**
 * Measures the dashboard in a browser: how soon a write is on the screen, how long frames take while much happens, and what is loaded. See README.md.
 *
 * `node bench/dashboard.mjs [--quick]`
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageSizes } from '../scripts/build-web.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { killAll, processTree } from '../scripts/lib/processes.mjs';
import { step } from '../scripts/lib/steps.mjs';
import { goals } from './goals.mjs';
import { median } from './statistics.mjs';

/** @import { Browser, Page } from 'playwright-core' */
/** @import { Firestore } from 'firebase-admin/firestore' */

const SESSIONS = 1000;
const CHANGES_PER_SECOND = 10;
const quick = process.argv.includes('--quick');
/** How long frames are watched, and how many writes are timed. */
const plan = quick ? { framesMs: 5000, writes: 20 } : { framesMs: 20_000, writes: 60 };

const { initializeApp } = createRequire(join(root, 'functions/package.json'))('firebase-admin/app');
const { getFirestore } = createRequire(join(root, 'functions/package.json'))('firebase-admin/firestore');
const home = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-web-'));
const copy = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  env: { ...process.env, QUARTERDECK_HOME: home, QUARTERDECK_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
/** True in the page once all are shown. */
const ALL_CARDS = `document.querySelectorAll('.card').length >= ${SESSIONS}`;
/** @type {Browser | undefined} */
let browser;
try {
  console.log(`load before: ${(loadavg()[0] ?? 0).toFixed(1)}`);
  const local = await step('start a copy', () => started());
  process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
  const db = getFirestore(initializeApp({ projectId: local.projectId }));
  await step(`write ${SESSIONS} live sessions`, () => seed(db, local));
  const page = await step('open the page', () => openPage(local));
  const openMs = await step('open the fleet', () => measureOpening(page, local));
  const writes = await step('writes', () => measureWrites(page, db, local));
  const frames = await step('frames', () => measureFrames(page, db, local));
  print({ openMs, ...writes, ...frames, ...bundleKilobytes() });
} finally {
  await browser?.close();
  if (copy.pid !== undefined) killAll(processTree(copy.pid));
  rmSync(home, { recursive: true, force: true });
}

/** @typedef {{ projectId: string, origin: string, firestore: string, account: string }} Local */

/** @returns {Promise<Local>} */
function started() {
  return new Promise((done, fail) => {
    let said = '';
    copy.stdout.on('data', (text) => {
      said += text;
      if (/^Ready in/m.test(said)) done(JSON.parse(readFileSync(join(home, 'local.json'), 'utf8')));
    });
    copy.once('exit', () => fail(new Error(said)));
  });
}

/** @param {number} n */
function idOf(n) {
  return `s${String(n).padStart(4, '0')}`;
}

/**
 * Sessions as the functions write them, of a hundred programs.
 *
 * @param {Firestore} db
 * @param {Local} local
 */
async function seed(db, { account }) {
  const now = new Date();
  for (let from = 0; from < SESSIONS; from += 400) {
    const batch = db.batch();
    for (let n = from; n < Math.min(from + 400, SESSIONS); n++) {
      const state = n % 10 === 0 ? 'blocked' : 'working';
      batch.set(db.doc(`accounts/${account}/sessions/${idOf(n)}`), {
        sessionId: idOf(n),
        programId: `program-${n % 100}`,
        name: `Session ${n} of many, with a name of usual length`,
        status: 'Running the tests of the second half',
        state,
        lifecycle: state === 'blocked' ? 'needs_input' : 'working',
        progress: n % 100,
        projectName: `project-${n % 7}`,
        contextBytes: 1000 * (n % 150),
        contextLimitBytes: 200_000,
        handoffRequired: false,
        handoffDecision: null,
        contextSamples: {},
        metadata: {},
        createdAt: new Date(now.getTime() - n * 1000),
        startedAt: now,
        lastHeartbeat: now,
        lastActivityAt: now,
      });
    }
    await batch.commit();
  }
}

/** @param {Local} local */
async function openPage({ origin }) {
  const { chromium } = await import('playwright-core');
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  const packaged = async () => {
    const { default: chromium } = await import('@sparticuz/chromium');
    return { executablePath: await chromium.executablePath(), args: chromium.args };
  };
  browser = await chromium.launch(installed ? { executablePath: installed, args: ['--no-sandbox'] } : await packaged());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  await page.goto(origin);
  await page.getByRole('button', { name: 'Sign in as the local admin' }).click();
  await page.waitForFunction(ALL_CARDS);
  return page;
}

/**
 * From the address to all cards, as somebody sees it who was here before.
 *
 * @param {Page} page
 * @param {Local} local
 */
async function measureOpening(page, { origin }) {
  const times = [];
  for (let round = 0; round < 3; round++) {
    const begun = performance.now();
    await page.goto(origin);
    await page.waitForFunction(ALL_CARDS);
    times.push(performance.now() - begun);
  }
  return median(times);
}

/**
 * From the moment at which a write is sent to the one at which its text is on the screen.
 *
 * @param {Page} page
 * @param {Firestore} db
 * @param {Local} local
 */
async function measureWrites(page, db, { account }) {
  /** @type {number[]} */
  const times = [];
  for (let n = 0; n < plan.writes; n++) {
    const status = `Step ${n} of the measurement`;
    const session = idOf((n * 7) % 100);
    const seen = page.waitForFunction(`document.body.textContent.includes(${JSON.stringify(status)})`, undefined, {
      polling: 'raf',
    });
    const begun = performance.now();
    await db.doc(`accounts/${account}/sessions/${session}`).update({ status, lastActivityAt: new Date() });
    await seen;
    times.push(performance.now() - begun);
  }
  return { writeMs: median(times), writeP95Ms: percentile(times, 0.95) };
}

/**
 * What runs in the page: the times between frames.
 *
 * @param {number} milliseconds
 */
function framesFor(milliseconds) {
  return `new Promise((done) => {
  const times = [];
  let last = performance.now();
  const end = last + ${milliseconds};
  const frame = (now) => {
    times.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(frame);
    else done(times);
  };
  requestAnimationFrame(frame);
})`;
}

/**
 * Times between frames while sessions change, ten a second, each a beat with another progress; one in ten changes its zone.
 *
 * @param {Page} page
 * @param {Firestore} db
 * @param {Local} local
 */
async function measureFrames(page, db, { account }) {
  const frames = /** @type {Promise<number[]>} */ (page.evaluate(framesFor(plan.framesMs)));
  let n = 0;
  const timer = setInterval(() => {
    const at = new Date();
    const state = n % 10 === 0 ? { state: n % 20 === 0 ? 'blocked' : 'working' } : {};
    const change = { progress: n % 100, lastHeartbeat: at, lastActivityAt: at, ...state };
    void db.doc(`accounts/${account}/sessions/${idOf((n * 37) % SESSIONS)}`).update(change);
    n++;
  }, 1000 / CHANGES_PER_SECOND);
  const times = await frames;
  clearInterval(timer);
  return { frameP50Ms: median(times), frameP95Ms: percentile(times, 0.95), frameP99Ms: percentile(times, 0.99) };
}

function bundleKilobytes() {
  const dist = join(root, 'web/dist');
  const firebase = readdirSync(join(dist, 'assets')).filter((name) => /^firebase-.*\.js$/.test(name));
  return {
    pageKilobytes: Math.max(...Object.values(pageSizes(dist))) / 1000,
    firebaseKilobytes: firebase.reduce(
      (sum, name) => sum + gzipSync(readFileSync(join(dist, 'assets', name))).length / 1000,
      0,
    ),
  };
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** @param {Record<string, number>} figures */
function print(figures) {
  const rows = /** @type {const} */ ([
    ['a write shows after, median', 'writeMs', 'ms', goals.dashboardWriteMs],
    ['a write shows after, 95th percentile', 'writeP95Ms', 'ms', null],
    [`a frame with ${SESSIONS} sessions at ${CHANGES_PER_SECOND} changes a second, median`, 'frameP50Ms', 'ms', null],
    ['the same, 95th percentile', 'frameP95Ms', 'ms', goals.dashboardFrameMs],
    ['the same, 99th percentile', 'frameP99Ms', 'ms', null],
    [`from the address to ${SESSIONS} cards, for who was here before`, 'openMs', 'ms', null],
    ['scripts of ours that the largest page loads, gzipped', 'pageKilobytes', 'kB', goals.dashboardKilobytes],
    ['the Firebase SDK, gzipped', 'firebaseKilobytes', 'kB', null],
  ]);
  console.log();
  for (const [what, name, unit, goal] of rows) {
    const value = figures[name] ?? Number.NaN;
    const verdict = goal === null ? '' : value <= goal ? `  (goal ${goal})` : `  MISSES ${goal}`;
    console.log(`${what.padEnd(72)} ${value.toFixed(1).padStart(8)} ${unit}${verdict}`);
  }
}
