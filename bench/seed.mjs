// @ts-check
/** @import { Application } from './application.js' */

/** Programs of an account that is worked on: as many as there are clients at once, so that each client speaks for its own. */
export const PROGRAMS = 16;

/** Live sessions of such an account, evenly over its programs. */
export const SESSIONS = 64;

/**
 * An account with its keys.
 *
 * @typedef {object} Account
 * @property {string} accountId
 * @property {string} adminKey
 * @property {string[]} programIds
 * @property {string[]} keys one for each program, in the same order
 * @property {string[]} sessionIds live ones; the n-th belongs to the program n modulo the number of programs
 */

/**
 * @param {Application} application
 * @param {string} name
 * @param {object} size
 * @param {number} size.programs the admin key's own counts as one of them
 * @param {number} size.sessions
 * @returns {Promise<Account>}
 */
export async function seedAccount({ dispatch }, name, { programs, sessions }) {
  const person = {
    uid: `bench-${name}`,
    authTimeSeconds: Date.now() / 1000,
    verifiedEmail: null,
    displayName: 'Bench',
  };
  const admin = { idToken: person };
  const { accountId } = /** @type {{ accountId: string }} */ (await dispatch('createAccount', { name }, admin));
  const makeKey = async (/** @type {string} */ programId, /** @type {string} */ role) => {
    const { key } = /** @type {{ key: string }} */ (
      await dispatch('createKey', { programId, label: 'bench', role }, admin)
    );
    return key;
  };
  const programIds = numbered('program', programs - 1);
  const adminKey = await makeKey('overseer', 'admin');
  const keys = await eachOf(programIds, (programId) => makeKey(programId, 'program'));
  const sessionIds = await eachOf(numbered('session', sessions), async (sessionId, n) => {
    const apiKey = /** @type {string} */ (keys[n % keys.length]);
    await dispatch('createSession', { name: `Session ${n}`, sessionId, projectName: 'bench' }, { apiKey });
    return sessionId;
  });
  return { accountId, adminKey, programIds, keys, sessionIds };
}

/**
 * An account with a fleet of one live session per program, and an admin key, whose program is one of the fleet. Making a thousand programs one by
 * one takes a minute; so one is made, and its documents are copied under other names.
 *
 * @param {Application} application
 * @param {number} programs
 * @returns {Promise<Account>}
 */
export async function seedFleet(application, programs) {
  const { db, documents } = application;
  const account = await seedAccount(application, `fleet-${programs}`, { programs: 2, sessions: 1 });
  const { accountId } = account;
  const [program, session] = await Promise.all([
    db.doc(documents.program(accountId, 'program-0')).get(),
    db.doc(documents.session(accountId, 'session-0')).get(),
  ]);
  const writer = db.bulkWriter({ throttling: false });
  const written = [];
  for (let n = 1; n <= programs - 2; n++) {
    const [programId, sessionId] = [`program-${n}`, `session-${n}`];
    const programRef = db.doc(documents.program(accountId, programId));
    const sessionRef = db.doc(documents.session(accountId, sessionId));
    written.push(writer.create(programRef, { ...program.data(), programId }));
    written.push(writer.create(sessionRef, { ...session.data(), programId, sessionId }));
  }
  await writer.close();
  await Promise.all(written);
  return account;
}

/**
 * Gives an account sessions that are long over, evenly over its programs: one is made, and its document is copied under other names.
 *
 * @param {Application} application
 * @param {Account} account
 * @param {number} sessions
 * @param {{ archived?: boolean }} [options]
 * @returns {Promise<string[]>} their ids
 */
export async function seedHistory(application, { accountId, programIds, keys }, sessions, { archived = true } = {}) {
  const { db, dispatch, documents } = application;
  const apiKey = /** @type {string} */ (keys[0]);
  await dispatch('createSession', { name: 'Session that is over', sessionId: 'over' }, { apiKey });
  await dispatch('updateSession', { sessionId: 'over', status: 'Done', state: 'complete' }, { apiKey });
  const ended = (await db.doc(documents.endedSession(accountId, 'over')).get()).data();
  const ids = numbered('over', sessions);
  const newest = Date.now() - 86_400_000;
  const writer = db.bulkWriter({ throttling: false });
  for (const [n, sessionId] of ids.entries()) {
    const endedAt = new Date(newest - n * 60_000);
    const own = { sessionId, programId: programIds[n % programIds.length], endedAt, createdAt: endedAt };
    void writer.create(db.doc(documents.endedSession(accountId, sessionId)), {
      ...ended,
      ...own,
      archivedAt: archived ? endedAt : null,
    });
    // What is not written yet is kept in memory.
    if (n % 5000 === 4999) await writer.flush();
  }
  await writer.close();
  return ids;
}

/**
 * Gives each program of an account something to remember.
 *
 * @param {Application} application
 * @param {Account} account
 */
export async function seedProgramStates({ dispatch }, { programIds, keys }) {
  await eachOf(programIds, async (programId, n) => {
    const contextSummary = {
      lastTask: 'Moved the session limit into one transaction',
      activeWorkItems: ['Write the migration', 'Measure the sweep'],
      handoffNotes: 'The migration runs; the index is still being built. '.repeat(10),
      openQuestions: ['May an auditor see the context of a session?'],
    };
    const learnedPatterns = numbered('pattern', 10).map((id) => ({
      id,
      domain: 'testing',
      pattern: `What holds for ${id} holds for its neighbours`,
      confidence: 0.8,
    }));
    const apiKey = /** @type {string} */ (keys[n]);
    await dispatch('updateProgramState', { programId, contextSummary, learnedPatterns }, { apiKey });
  });
}

/** Memories of the program that recalls. */
export const MEMORIES = 10_000;
/** As many as one call takes. */
const BATCH = 100;

const SUBJECTS = ['deploy', 'customer', 'test', 'migration', 'index', 'invoice', 'login', 'cache', 'release', 'review'];
const OBJECTS = ['staging', 'retry', 'timeout', 'rollback', 'schema', 'token', 'queue', 'dashboard', 'budget', 'alert'];
const VERBS = [
  'prefers',
  'decided',
  'failed with',
  'waits for',
  'depends on',
  'was fixed by',
  'must avoid',
  'is slower than',
];

/**
 * Gives an account's first program an open window and MEMORIES memories: every word is common, as in the memories of one project.
 *
 * @param {Application} application
 * @param {Account} account
 */
export async function seedMemories({ dispatch }, { keys }) {
  const agent = { apiKey: /** @type {string} */ (keys[0]) };
  await dispatch('activateAgent', { hours: 168 }, agent);
  const pick = (/** @type {string[]} */ words, /** @type {number} */ n) => words[n % words.length];
  for (let first = 0; first < MEMORIES; first += BATCH) {
    const memories = Array.from({ length: BATCH }, (_, offset) => {
      const n = first + offset;
      const [subject, verb, object] = [
        pick(SUBJECTS, n),
        pick(VERBS, n * 7),
        pick(OBJECTS, n * 3 + Math.floor(n / 10)),
      ];
      const content = `The ${subject} of service ${n % 97} ${verb} the ${object}. Seen in run ${n}, flaky until the ${pick(OBJECTS, n + 3)} was changed; the ${pick(SUBJECTS, n + 5)} team prefers invoices that name the index.`;
      return { content, type: n % 3 === 0 ? 'decision' : 'fact', tags: [`service-${n % 97}`] };
    });
    await dispatch('remember', { memories }, agent);
  }
}

/**
 * @param {string} word
 * @param {number} count
 */
function numbered(word, count) {
  return Array.from({ length: count }, (_, n) => `${word}-${n}`);
}

/**
 * One after another: what starts at once in a new account waits for the same documents.
 *
 * @template T
 * @param {string[]} items
 * @param {(item: string, n: number) => Promise<T>} work
 * @returns {Promise<T[]>} in the order of the items
 */
async function eachOf(items, work) {
  const results = [];
  for (const [n, item] of items.entries()) results.push(await work(item, n));
  return results;
}
