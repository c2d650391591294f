import { DEFAULT_THRESHOLDS } from '@quarterdeck/contract';
import { readAccount } from './read-account.js';

const CREATED = new Date('2026-03-01T12:00:00.000Z');
const stored = {
  name: 'Lab',
  tier: 'pro',
  sessionLimit: null,
  createdAt: { toDate: () => CREATED },
  staleAfterMinutes: 5,
};

test('an account is read as it is stored, and thresholds that it lacks are the defaults', () => {
  expect(readAccount(stored)).toEqual({
    name: 'Lab',
    tier: 'pro',
    sessionLimit: 5,
    createdAt: CREATED,
    thresholds: { ...DEFAULT_THRESHOLDS, staleAfterMinutes: 5 },
  });
});

test.each<[fields: object, limit: number | null | undefined]>([
  [{ tier: 'free' }, 1],
  [{ tier: 'unlimited' }, null],
  [{ tier: 'free', sessionLimit: 40 }, 40],
  [{ tier: 'of a newer version' }, undefined],
  [{ tier: 'of a newer version', sessionLimit: 40 }, 40],
])('with %j an account may have %p sessions live', (fields, limit) => {
  expect(readAccount({ ...stored, ...fields })?.sessionLimit).toBe(limit);
});

test('where no document is, there is no account', () => {
  expect(readAccount(undefined)).toBeNull();
});
