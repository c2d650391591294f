import { DeliveryView } from '@quarterdeck/contract';
import { aDelivery, after, START } from '../../../test/support/builders.js';
import {
  cancelDelivery,
  finishAttempt,
  newDelivery,
  type Receipt,
  resendDelivery,
  startAttempt,
  viewDelivery,
} from './webhook-delivery.js';

const DAY_MS = 86_400_000;
const answered = (status: number): Receipt => ({
  status,
  error: status >= 200 && status < 300 ? null : `answered ${status}`,
  durationMs: 1,
});
const UNREACHED: Receipt = { status: null, error: 'the connection was refused', durationMs: 1 };

test('a new delivery is due at once and was never tried', () => {
  const delivery = newDelivery('w', { id: 'e', type: 'session.stale' }, START);
  expect(delivery).toMatchObject({ status: 'waiting', attempts: 0, nextAttemptAt: START, since: START });
});

test.each([
  ['due now', {}, 1, true],
  ['due since an hour', { nextAttemptAt: after({ hours: -1 }) }, 1, true],
  ['due in five seconds: clocks differ', { nextAttemptAt: after({ seconds: 5 }) }, 1, true],
  ['due in six seconds', { nextAttemptAt: after({ seconds: 6 }) }, 1, false],
  ['the attempt that was made already', { attempts: 1 }, 1, false],
  ['an attempt that skips one', { attempts: 1 }, 3, false],
  ['the next attempt', { attempts: 1 }, 2, true],
  ['under way', { status: 'sending', attempts: 1, nextAttemptAt: after({ seconds: 30 }) }, 2, false],
  ['under way when its instance died', { status: 'sending', attempts: 1, nextAttemptAt: START }, 2, true],
  ['delivered', { status: 'delivered', nextAttemptAt: null }, 1, false],
  ['failed', { status: 'failed', nextAttemptAt: null }, 1, false],
  ['canceled', { status: 'canceled', nextAttemptAt: null }, 1, false],
] as const)('an attempt begins only when it is due and not under way: %s', (_what, fields, attempt, begins) => {
  expect(startAttempt(aDelivery(fields), attempt, START) !== undefined).toBe(begins);
});

test('while an attempt is under way, no other begins for longer than it may take', () => {
  const started = startAttempt(aDelivery(), 1, START);
  if (started === undefined) throw new Error('it did not begin');
  expect(started).toMatchObject({ status: 'sending', attempts: 1, lastAttemptAt: START });
  expect(startAttempt(started, 2, after({ seconds: 50 }))).toBeUndefined();
  expect(startAttempt(started, 2, after({ seconds: 60 }))).toBeDefined();
});

test.each([
  [answered(200), 'delivered'],
  [answered(204), 'delivered'],
  [answered(301), 'waiting'],
  [answered(400), 'waiting'],
  [answered(404), 'waiting'],
  [answered(410), 'failed'],
  [answered(429), 'waiting'],
  [answered(503), 'waiting'],
  [UNREACHED, 'waiting'],
])('%j makes a first attempt %s', (receipt, status) => {
  const finished = finishAttempt(aDelivery({ attempts: 1 }), receipt, START, 0.5);
  expect(finished).toMatchObject({ status, lastStatus: receipt.status, lastError: receipt.error });
  expect(finished.nextAttemptAt === null).toBe(status !== 'waiting');
});

/** When attempts are made at an endpoint that never answers, in milliseconds after the first. */
function attemptsOver(share: number): { at: number[]; end: ReturnType<typeof aDelivery> } {
  let delivery = aDelivery();
  const at: number[] = [];
  for (let now = START; delivery.nextAttemptAt !== null; now = delivery.nextAttemptAt ?? now) {
    at.push(now.getTime() - START.getTime());
    const started = startAttempt(delivery, delivery.attempts + 1, now);
    if (started === undefined) throw new Error('it was not due');
    delivery = finishAttempt(started, UNREACHED, now, share);
  }
  return { at, end: delivery };
}

test.each([0, 0.25, 0.5, 0.999])(
  'attempts go on with ever longer waits for three days, the last at their very end (jitter %f)',
  (share) => {
    const { at, end } = attemptsOver(share);
    const waits = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    expect(at.at(-1)).toBe(3 * DAY_MS);
    expect(at.length).toBeGreaterThan(9);
    expect(at.length).toBeLessThan(20);
    expect(waits[0]).toBeGreaterThanOrEqual(45_000);
    expect(waits[0]).toBeLessThanOrEqual(75_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15 * 3_600_000);
    for (let n = 1; n < 6; n++) expect(waits[n]).toBeGreaterThan(waits[n - 1] ?? 0);
    expect(end.status).toBe('failed');
    expect(end.expiresAt.getTime() - START.getTime()).toBe(33 * DAY_MS);
  },
);

test('what failed together does not come back together', () => {
  const next = (share: number) => finishAttempt(aDelivery({ attempts: 3 }), UNREACHED, START, share).nextAttemptAt;
  expect(next(0)).toEqual(after({ minutes: 12 }));
  expect(next(1)).toEqual(after({ minutes: 20 }));
});

test('what is over is kept for 30 days from then', () => {
  const delivered = finishAttempt(aDelivery({ attempts: 1 }), answered(200), after({ days: 2 }), 0);
  expect(delivered.expiresAt).toEqual(after({ days: 32 }));
  expect(cancelDelivery(aDelivery(), 'gone', START)).toMatchObject({
    status: 'canceled',
    nextAttemptAt: null,
    lastError: 'gone',
    expiresAt: after({ days: 30 }),
  });
});

test('sending again starts from the beginning, and never beside an attempt that is under way', () => {
  const failed = aDelivery({ status: 'failed', attempts: 12, nextAttemptAt: null });
  const later = after({ days: 5 });
  expect(resendDelivery(failed, later)).toMatchObject({
    status: 'waiting',
    attempts: 0,
    since: later,
    nextAttemptAt: later,
    expiresAt: after({ days: 38 }),
  });
  const leaseEndsAt = after({ seconds: 60 });
  const sending = aDelivery({ status: 'sending', attempts: 1, nextAttemptAt: leaseEndsAt });
  expect(resendDelivery(sending, START)).toMatchObject({ status: 'waiting', nextAttemptAt: leaseEndsAt });
});

test('what admins see of a delivery is what the contract says', () => {
  expect(() => DeliveryView.strict().parse(viewDelivery(aDelivery({ lastAttemptAt: START })))).not.toThrow();
});
