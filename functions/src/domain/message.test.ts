import { after, START } from '../../../test/support/builders.js';
import { addressed, type Letter, viewMessage } from './message.js';

const letter: Letter = {
  target: 'reviewer',
  from: 'builder',
  sender: 'program/builder',
  sessionId: null,
  threadId: 't',
  replyTo: null,
  message: 'Please review',
  messageType: 'DIRECTIVE',
  priority: 'high',
  sentAt: START,
  expiresAt: after({ hours: 1 }),
  readAt: null,
};

test('a message for a program keeps its id; those for a group have one for each program', () => {
  expect(addressed(letter, 'id', ['reviewer'])).toEqual([{ ...letter, messageId: 'id', programId: 'reviewer' }]);
  const group = { ...letter, target: 'group:council' };
  expect(addressed(group, 'id', ['a', 'b']).map(({ messageId, programId }) => [messageId, programId])).toEqual([
    ['id.a', 'a'],
    ['id.b', 'b'],
  ]);
});

test('callers see moments as texts, and not which person sent it', () => {
  const [message] = addressed({ ...letter, from: null, sender: 'person/u-1', readAt: START }, 'id', ['reviewer']);
  const view = viewMessage(message as never);
  expect(view).toMatchObject({ from: null, sentAt: START.toISOString(), readAt: START.toISOString() });
  expect(JSON.stringify(view)).not.toContain('u-1');
});
