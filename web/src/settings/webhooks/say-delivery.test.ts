import { type Delivery, hueOfDelivery, sayLastAttempt } from './say-delivery.js';

function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    eventId: '00000000-0000-0000-0000-000000000000',
    type: 'session.stale',
    status: 'delivered',
    attempts: 1,
    createdAt: '2026-03-01T12:00:00.000Z',
    lastAttemptAt: '2026-03-01T12:00:01.000Z',
    nextAttemptAt: null,
    lastStatus: 204,
    lastError: null,
    ...fields,
  };
}

test.each<[status: string, attempts: number, hue: string]>([
  ['delivered', 1, 'working'],
  ['failed', 9, 'needs'],
  ['waiting', 0, 'quiet'],
  ['waiting', 1, 'stale'],
  ['sending', 2, 'stale'],
  ['canceled', 1, 'quiet'],
  ['of a newer version', 1, 'quiet'],
])('a delivery that is %s after %d attempts is %s', (status, attempts, hue) => {
  expect(hueOfDelivery({ status, attempts })).toBe(hue);
});

test.each<[title: string, fields: Partial<Delivery>, said: string | null]>([
  ['was answered well', {}, 'answered 204'],
  ['was refused', { lastStatus: 500, lastError: 'answered 500' }, 'answered 500'],
  ['was not answered', { lastStatus: null, lastError: 'timed out' }, 'timed out'],
  ['was canceled before', { lastAttemptAt: null, lastStatus: null, lastError: 'deleted' }, 'deleted'],
  ['was not made yet', { lastAttemptAt: null, lastStatus: null }, null],
])('an attempt that %s is said so', (_title, fields, said) => {
  expect(sayLastAttempt(aDelivery(fields))).toBe(said);
});
