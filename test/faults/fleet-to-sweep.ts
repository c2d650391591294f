import { randomBytes } from 'node:crypto';
import { type Account, documents, type EndedSession, type LiveSession, type Task } from '@quarterdeck/contract';
import type { Firestore } from 'firebase-admin/firestore';
import { nextDecayAt } from '../../functions/src/domain/program-state.js';
import {
  aClaimedTask,
  after,
  anAccount,
  anEndedSession,
  aPattern,
  aProgramState,
  aSession,
  aTask,
} from '../support/builders.js';

/** When the fleet is swept: long enough after START that everything which can fall due has. */
export const SWEPT_AT = after({ hours: 30 });

const beforeSweep = (minutes: number) => new Date(SWEPT_AT.getTime() - minutes * 60_000);

/** Silent for so many minutes, and live since long before. */
function silent(sessionId: string, minutes: number, fields: Partial<LiveSession> = {}): LiveSession {
  const lastHeartbeat = beforeSweep(minutes);
  return aSession({ sessionId, lastHeartbeat, lastActivityAt: lastHeartbeat, programId: sessionId, ...fields });
}

/** One session of every kind that a visit meets. The name says what becomes of it. */
export const liveSessions: readonly LiveSession[] = [
  silent('stays-fresh', 5),
  silent('stays-stale', 20, { staleSince: beforeSweep(5) }),
  silent('stays-pinned', 3000, { state: 'pinned', startedAt: after({ hours: -30 }), staleSince: beforeSweep(2985) }),
  silent('stays-between-long-beats', 80, { expectedIntervalSeconds: 3600 }),
  silent('turns-stale', 16),
  silent('turns-stale-by-its-interval', 2, { expectedIntervalSeconds: 60 }),
  silent('turns-stale-blocked', 600, { state: 'blocked' }),
  silent('turns-stale-of-the-account', 30, { programId: null }),
  silent('recovers', 1, { staleSince: beforeSweep(40) }),
  silent('recovers-blocked', 2, { state: 'blocked', staleSince: beforeSweep(40) }),
  silent('dies', 66),
  silent('dies-known-stale', 70, { staleSince: beforeSweep(55) }),
  silent('dies-of-the-account', 90, { programId: null }),
  silent('dies-blocked', 24 * 60 + 1, { state: 'blocked', staleSince: beforeSweep(24 * 60 - 14) }),
  silent('dies-by-its-interval', 241, { expectedIntervalSeconds: 3600 }),
];

const endedSessions: readonly EndedSession[] = [
  anEndedSession({ sessionId: 'is-archived', endedAt: beforeSweep(61) }),
  anEndedSession({ sessionId: 'is-archived-too', endedAt: beforeSweep(600), outcome: 'timed_out' }),
  anEndedSession({ sessionId: 'waits-for-its-archiving', endedAt: beforeSweep(30) }),
  anEndedSession({ sessionId: 'was-archived', endedAt: beforeSweep(900), archivedAt: beforeSweep(800) }),
];

const forgetful = aProgramState({
  programId: 'forgets',
  revision: 3,
  updatedAt: after({}),
  learnedPatterns: [
    aPattern({ id: 'old', discoveredAt: after({ days: -60 }) }),
    aPattern({ id: 'young' }),
    aPattern({ id: 'promoted', discoveredAt: after({ days: -60 }), promoted: true }),
  ],
});

/** A task of every kind that a visit meets. The name says what becomes of it. */
export const openTasks: readonly Task[] = [
  aTask({ taskId: 'stays-waiting' }),
  aTask({ taskId: 'stays-waiting-for-a-while', expiresAt: beforeSweep(-1) }),
  aTask({ taskId: 'expires', expiresAt: beforeSweep(0) }),
  aTask({ taskId: 'expires-long-since', expiresAt: beforeSweep(60), target: 'group:makers' }),
  aClaimedTask({ taskId: 'stays-with-its-holder', sessionId: 'stays-fresh' }),
  aClaimedTask({ taskId: 'stays-with-its-stale-holder', sessionId: 'stays-stale', expiresAt: beforeSweep(1) }),
  aClaimedTask({ taskId: 'stays-with-its-program', sessionId: null }),
  aClaimedTask({ taskId: 'returns-from-the-dead', sessionId: 'dies' }),
  aClaimedTask({ taskId: 'returns-from-the-ended', sessionId: 'was-archived', attempt: 3 }),
  aClaimedTask({ taskId: 'expires-with-its-holder', sessionId: 'dies-blocked', expiresAt: beforeSweep(5) }),
];

const doneTask = aClaimedTask({
  taskId: 'was-done',
  sessionId: 'dies',
  ...{ status: 'done', outcome: 'SUCCESS', completedAt: beforeSweep(20), completedBy: 'program/builder' },
});

/** Writes a new account with every kind of session, due now. @returns its id */
export async function writeFleetToSweep(db: Firestore, fields: Partial<Account> = {}): Promise<string> {
  const accountId = randomBytes(10).toString('hex');
  const account = anAccount({ accountId, tier: 'team', sessionLimit: 50, nextSweepAt: SWEPT_AT, ...fields });
  const batch = db.batch();
  batch.set(db.doc(documents.account(accountId)), account);
  for (const session of liveSessions) batch.set(db.doc(documents.session(accountId, session.sessionId)), session);
  for (const session of endedSessions) batch.set(db.doc(documents.endedSession(accountId, session.sessionId)), session);
  const slots = liveSessions.map((one) => [one.sessionId, { programId: one.programId, since: one.startedAt }]);
  batch.set(db.doc(documents.slots(accountId)), { sessions: Object.fromEntries(slots) });
  for (const programId of ['forgets', 'never-seen', 'builder'])
    batch.set(db.doc(documents.program(accountId, programId)), { programId });
  const { customSettings, ...config } = forgetful.config;
  batch.set(db.doc(documents.programState(accountId, 'forgets')), {
    ...forgetful,
    config: { ...config, customSettingsJson: JSON.stringify(customSettings) },
    decayAt: nextDecayAt(forgetful, SWEPT_AT),
  });
  for (const task of [...openTasks, doneTask]) {
    const found = { rank: 1, liveUntil: task.expiresAt ?? after({ days: 1_000_000 }) };
    batch.set(db.doc(documents.task(accountId, task.taskId)), { ...task, ...found });
  }
  await batch.commit();
  return accountId;
}
