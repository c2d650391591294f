// @ts-check
/**
 * How long the sweep takes to archive many sessions, and how much memory it uses: in a process of its own. A visit leaves what it has no time for to the next.
 *
 * `node bench/archive.mjs <account>` is that process; measureArchive starts it.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isMain } from '../scripts/lib/command-line.mjs';
import { residentMebibytes } from './processes.mjs';
import { seedAccount, seedHistory } from './seed.mjs';
import { loadApplication } from './stage.mjs';

/** @import { Stage } from './stage.mjs' */

/**
 * @typedef {object} Archive
 * @property {number} sessions
 * @property {number} seconds of all visits
 * @property {number} visits
 * @property {number} peakMebibytes of the process that sweeps, all of it
 */

/**
 * @param {Stage} stage
 * @param {number} sessions
 * @param {(text: string) => void} note
 * @returns {Promise<Archive>}
 */
export async function measureArchive({ application, env }, sessions, note) {
  const { db, documents, collections } = application;
  const account = await seedAccount(application, 'archive', { programs: 2, sessions: 0 });
  const { accountId } = account;
  note(`write ${sessions} ended sessions`);
  await application.sweep(accountId);
  await seedHistory(application, account, sessions, { archived: false });
  // As if the visit before had seen the oldest of them.
  await db.doc(documents.fleet(accountId)).update({ oldestEndedAt: new Date(Date.now() - 400 * 86_400_000) });
  note('sweep');
  const command = [fileURLToPath(import.meta.url), accountId, collections.sessionHistory(accountId)];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env, timeout: 1_800_000 });
  note('');
  return { sessions, ...JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) };
}

if (isMain(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-archive-'));
  try {
    const application = await loadApplication(folder);
    const [accountId = '', history = ''] = process.argv.slice(2);
    const waiting = application.db.collection(history).where('archivedAt', '==', null).count();
    let [seconds, visits, left] = [0, 0, Number.POSITIVE_INFINITY];
    // One has ended just now.
    while (left > 1) {
      const began = performance.now();
      await application.sweep(accountId);
      seconds += (performance.now() - began) / 1000;
      visits++;
      const before = left;
      left = (await waiting.get()).data().count;
      if (left >= before) throw new Error(`A visit archived nothing, and left ${left} sessions.`);
    }
    console.log(JSON.stringify({ seconds, visits, peakMebibytes: residentMebibytes(process.pid, 'peak') }));
    await application.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
