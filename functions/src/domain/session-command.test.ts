import type { EndedSession, LiveSession, SessionCommand } from '@quarterdeck/contract';
import { after, anEndedSession, aSession, START } from '../../../test/support/builders.js';
import { commandSession } from './session-command.js';
import { applyReport, endSession } from './session-report.js';
import { restoreSession, resumeSession } from './session-start.js';

const NOW = after({ minutes: 5 });
const OWNER = { isOwner: true, actor: 'program/builder' };
const waits = (name: SessionCommand) => ({ name, by: 'person/ada', at: START });

test.each<[waiting: SessionCommand | null, said: SessionCommand | null, changes: boolean]>([
  [null, 'stop', true],
  [null, 'drain', true],
  [null, null, false],
  ['drain', 'stop', true],
  ['stop', 'drain', true],
  ['drain', 'drain', false],
  ['stop', 'stop', false],
  ['drain', null, true],
  ['stop', null, true],
])('where %s waits, saying %s changes something: %s', (waiting, said, changes) => {
  const session = aSession({ command: waiting && waits(waiting), lastHeartbeat: START });
  const change = commandSession(session, said, 'program/planner', NOW);
  if (!changes) return expect(change).toBeUndefined();
  const command = said && { name: said, by: 'program/planner', at: NOW };
  // No other field: in particular it is no sign of life.
  expect(change?.next).toEqual({ ...session, command });
  expect(change?.events).toEqual([
    {
      type: 'session.commanded',
      subject: 'session/session-1',
      actor: 'program/planner',
      data: { sessionId: 'session-1', programId: 'builder', command: said, from: waiting },
    },
  ]);
});

const commanded = aSession({ command: waits('stop') });
const endedWithOne = anEndedSession({ command: waits('stop') });

test.each<[title: string, next: LiveSession | EndedSession]>([
  ['ends', endSession(commanded, 'timed_out', 'sweep', NOW).next],
  ['is completed by a report', applyReport(commanded, { state: 'complete' }, OWNER, NOW).next],
  ['is restored', restoreSession(endedWithOne, {}, OWNER, NOW).next],
  ['resumes', resumeSession(endedWithOne, { state: 'working' }, OWNER, NOW).next],
])('a command is gone when its session %s', (_title, next) => {
  expect(next.command).toBeNull();
});

test('a report leaves the command as it is, also one that changes the state', () => {
  expect(applyReport(commanded, { state: 'blocked' }, OWNER, NOW).next.command).toEqual(waits('stop'));
});
