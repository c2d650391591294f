import { limits, type Push } from '@quarterdeck/contract';
import { after, START } from '../../../test/support/builders.js';
import { finishPush, isSettled, newPush, type PushReceipt, startPush } from './push.js';

const push = newPush('event', 'session.stale', 'session-1', START);
const receipts = (outcomes: Record<string, PushReceipt['outcome']>) =>
  new Map(
    Object.entries(outcomes).map(([id, outcome]) => [id, { outcome, error: outcome === 'sent' ? null : outcome }]),
  );

test.each<[what: string, fields: Partial<Push>, minutes: number, expected: unknown]>([
  ['is under way', {}, 2, 'busy'],
  ['died', {}, 3, { status: 'sending', attempts: 2, leaseEndsAt: after({ minutes: 6 }) }],
  ['is to be repeated', { status: 'waiting', attempts: 4 }, 0, { status: 'sending', attempts: 5 }],
  ['was the last and died', { attempts: limits.PUSH_ATTEMPTS_MAX }, 3, 'spent'],
  ['is done', { status: 'done' }, 10, 'over'],
  ['is parked', { status: 'parked' }, 10, 'over'],
])('another attempt when one %s', (_what, fields, minutes, expected) => {
  const next = startPush({ ...push, ...fields }, after({ minutes }));
  if (typeof expected === 'string') expect(next).toBe(expected);
  else expect(next).toMatchObject(expected as object);
});

test.each<[outcomes: Record<string, PushReceipt['outcome']>, attempts: number, expected: Partial<Push>]>([
  [{}, 1, { status: 'done', got: ['before'], refused: [], lastError: null }],
  [{ a: 'sent', b: 'sent' }, 1, { status: 'done', got: ['before', 'a', 'b'], lastError: null }],
  [{ a: 'sent', b: 'later' }, 1, { status: 'waiting', got: ['before', 'a'], lastError: 'later' }],
  [{ a: 'gone', b: 'refused' }, 1, { status: 'done', got: ['before'], refused: ['a', 'b'], lastError: 'gone' }],
  [{ a: 'later' }, limits.PUSH_ATTEMPTS_MAX - 1, { status: 'waiting' }],
  [{ a: 'later', b: 'sent' }, limits.PUSH_ATTEMPTS_MAX, { status: 'parked', got: ['before', 'b'] }],
  [{ a: 'sent' }, limits.PUSH_ATTEMPTS_MAX, { status: 'done' }],
])('%j at attempt %s leads to %j', (outcomes, attempts, expected) => {
  const finished = finishPush({ ...push, attempts, got: ['before'] }, receipts(outcomes));
  expect(finished).toMatchObject(expected);
  for (const [id, outcome] of Object.entries(outcomes)) expect(isSettled(finished, id)).toBe(outcome !== 'later');
});

test('who was told is known for as long as the event is kept', () => {
  expect(push.expiresAt).toEqual(after({ days: limits.EVENT_RETENTION_DAYS }));
});
