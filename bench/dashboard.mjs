// @ts-check
/** Measures the dashboard in a browser: how soon a write is on the screen, how long frames take while much happens, and what is loaded. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageSizes } from '../scripts/build-web.mjs';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { killAll, processTree } from '../scripts/lib/processes.mjs';
import { median, percentile } from './statistics.mjs';

/** @import { Browser, Page } from 'playwright-core' */
/** @import { Firestore } from 'firebase-admin/firestore' */

/** Live sessions that the page shows, and how many of them change in a second. */
export const SHOWN = 1000;
export const CHANGES_PER_SECOND = 10;
/** True in the page once all are shown. */
const ALL_CARDS = `document.querySelectorAll('.card').length >= ${SHOWN}`;

/**
 * @typedef {object} DashboardFigures milliseconds, and kilobytes of scripts, gzipped
 * @property {number} openMs from the address to all cards
 * @property {number} writeMs from a write to its text on the screen, median
 * @property {number} writeP95Ms
 * @property {number} frameP50Ms
 * @property {number} frameP95Ms
 * @property {number} frameP99Ms
 * @property {number} pageKilobytes of ours, of the largest page
 * @property {number} firebaseKilobytes
 */

/**
 * @param {object} plan
 * @param {number} plan.framesMs how long frames are watched
 * @param {number} plan.writes how many are timed
 * @param {(text: string) => void} note
 * @returns {Promise<DashboardFigures>}
 */
export async function measureDashboard({ framesMs, writes }, note) {
  const { initializeApp } = createRequire(join(root, 'functions/package.json'))('firebase-admin/app');
  const { getFirestore } = createRequire(join(root, 'functions/package.json'))('firebase-admin/firestore');
  const home = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-web-'));
  const copy = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env: { ...process.env, QUARTERDECK_HOME: home, QUARTERDECK_PORT: '0', FIRESTORE_EMULATOR_HOST: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { chromium } = await import('playwright-core');
  const { env, ...launch } = await findBrowser();
  const browser = await chromium.launch({ ...launch, env: { ...process.env, ...env } });
  const former = process.env.FIRESTORE_EMULATOR_HOST;
  try {
    note('start a copy');
    const local = await started(copy, home);
    process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
    const db = getFirestore(initializeApp({ projectId: local.projectId }, 'dashboard'));
    note(`write ${SHOWN} live sessions`);
    await seed(db, local);
    note('open the page');
    const page = await openPage(browser, local);
    const openMs = await measureOpening(page, local);
    note('writes');
    const written = await measureWrites(page, db, local, writes);
    note('frames');
    const frames = await measureFrames(page, db, local, framesMs);
    note('');
    return { openMs, ...written, ...frames, ...bundleKilobytes() };
  } finally {
    if (former === undefined) delete process.env.FIRESTORE_EMULATOR_HOST;
    else process.env.FIRESTORE_EMULATOR_HOST = former;
    await browser.close();
    if (copy.pid !== undefined) killAll(processTree(copy.pid));
    rmSync(home, { recursive: true, force: true });
  }
}

/** @typedef {{ projectId: string, origin: string, firestore: string, account: string }} Local */

/**
 * @param {import('node:child_process').ChildProcess} copy
 * @param {string} home
 * @returns {Promise<Local>}
 */
function started(copy, home) {
  return new Promise((done, fail) => {
    let said = '';
    copy.stdout?.on('data', (text) => {
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
  for (let from = 0; from < SHOWN; from += 400) {
    const batch = db.batch();
    for (let n = from; n < Math.min(from + 400, SHOWN); n++) {
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

/**
 * @param {Browser} browser
 * @param {Local} local
 */
async function openPage(browser, { origin }) {
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
 * @param {number} count
 */
async function measureWrites(page, db, { account }, count) {
  /** @type {number[]} */
  const times = [];
  for (let n = 0; n < count; n++) {
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
 * @param {number} ms
 */
async function measureFrames(page, db, { account }, ms) {
  const frames = /** @type {Promise<number[]>} */ (page.evaluate(framesFor(ms)));
  let n = 0;
  const timer = setInterval(() => {
    const at = new Date();
    const state = n % 10 === 0 ? { state: n % 20 === 0 ? 'blocked' : 'working' } : {};
    const change = { progress: n % 100, lastHeartbeat: at, lastActivityAt: at, ...state };
    void db.doc(`accounts/${account}/sessions/${idOf((n * 37) % SHOWN)}`).update(change);
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
