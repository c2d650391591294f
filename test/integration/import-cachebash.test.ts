import { createHash } from 'node:crypto';
import type { ExportRecord } from '@quarterdeck/contract';
import {
  mapCachebash,
  mapUndescribedPrograms,
  newCachebashSurvey,
  readCachebashLine,
  surveyCachebash,
} from '@quarterdeck/contract/cachebash';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { CACHEBASH_LINES } from '../support/cachebash.js';
import { invariants } from '../support/invariants.js';
import { imported } from '../support/transfers.js';
import { aWorld, type World } from '../support/world.js';

/** What an export of CacheBash is in an account: its agents go on where they stood. */

const ORDER = ['program', 'program_state', 'context_snapshot', 'session', 'task', 'message'];
const uuidOf = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

function records(): ExportRecord[] {
  const documents = CACHEBASH_LINES.flatMap((line) => {
    const read = readCachebashLine(line);
    return 'documents' in read ? read.documents : [];
  });
  const survey = newCachebashSurvey();
  for (const document of documents) surveyCachebash(survey, document);
  const mapped = documents.flatMap((document) => {
    const mapping = mapCachebash(document, survey, uuidOf);
    return 'records' in mapping ? mapping.records : [];
  });
  const all = [...mapUndescribedPrograms(survey), ...mapped];
  return all.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

test('it goes in as a whole, and again without a change', async () => {
  const all = records();
  expect(all.length).toBeGreaterThan(25);
  expect(await imported(world, all)).toEqual({ imported: all.length, unchanged: 0, refused: [] });
  expect(await imported(world, records())).toEqual({ imported: 0, unchanged: all.length, refused: [] });
  expect(await invariants(world.db, world.account)).toEqual([]);
});

test('a program boots with the state, the tasks and the messages that it had', async () => {
  await imported(world, records());
  const basher = await world.aKey('basher');
  const boot = await world.call('boot', {}, basher);
  expect(boot.programState).toMatchObject({ revision: 7, contextSummary: { handoffNotes: 'The tests are red.' } });
  const { tasks } = await world.call('getTasks', {}, basher);
  expect(tasks.map(({ taskId }) => taskId)).toEqual(['waits', 'for-builders', 'foreign']);
  expect((await world.call('claimTask', { taskId: 'for-builders' }, basher)).message).toBe('Task claimed');
  const { messages } = await world.call('getMessages', { unreadOnly: false }, basher);
  // A day after they were sent, those without a longer time to live are over: the clock stands at 26 hours.
  expect(messages).toMatchObject([{ message: 'Message m3a', target: 'group:builders', from: 'iso', readAt: null }]);
  const { history } = await world.call('getContextHistory', { programId: 'basher' }, basher);
  expect(history.map(({ revision }) => revision)).toEqual([7, 6]);
});

test('a session that was left alive is ended by the next visit as at home, and the task that it held waits again', async () => {
  await imported(world, records());
  await sweepAccount(world.account, world.app.ports);
  const { session } = await world.call('getSession', { sessionId: 'basher.lexer' });
  expect(session).toMatchObject({ state: 'complete', outcome: 'timed_out', programId: 'basher' });
  expect((await world.call('getTask', { taskId: 'held' })).task).toMatchObject({ status: 'pending', claimedBy: null });
});
