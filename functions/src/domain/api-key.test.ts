import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { after, anApiKey, START } from '../../../test/support/builders.js';
import { formatKey, hashKey, isValidAt, isWellFormedKey, validUntil, viewKey } from './api-key.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 32 bytes: what formatKey is given. */
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ZEROS = formatKey(new Uint8Array(32));
const ONE = formatKey(Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 1 : 0)));
const LARGEST = formatKey(new Uint8Array(32).fill(255));
const ORDINARY = formatKey(Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 3));

test('a key is cb_, 43 digits of base 62 and a checksum of 6', () => {
  expect(ZEROS).toBe(`cb_${'0'.repeat(43)}${ZEROS.slice(-6)}`);
  expect(ONE.slice(3, -6)).toBe(`${'0'.repeat(42)}1`);
  expect(LARGEST.slice(3, -6)).toBe(base62OfLargest());
  for (const key of [ZEROS, ONE, LARGEST, ORDINARY]) expect(key).toMatch(/^cb_[0-9A-Za-z]{49}$/);
});

test('the format is the one that keys in use were made in', () => {
  expect(ORDINARY).toBe(`cb_${'0igR56x10M1njKSmuE0QDp48jU696MyIa0rYV2ctRU4'}${'0Hvt0w'}`);
  expect(hashKey('cb_test')).toBe(createHash('sha256').update('cb_test').digest('hex'));
});

test('every key that is made is well formed, and other bytes make another key', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(isWellFormedKey(formatKey(a))).toBe(true);
      expect(formatKey(a) === formatKey(b)).toBe(Buffer.from(a).equals(Buffer.from(b)));
    }),
    { seed: 20260302 },
  );
});

test.each([
  ['zeros', ZEROS],
  ['one', ONE],
  ['largest', LARGEST],
  ['ordinary', ORDINARY],
])('all one-character edits of a key are refused: %s', (_title, key) => {
  const accepted: string[] = [];
  let edits = 0;
  const tryEdit = (edited: string) => {
    if (edited === key) return;
    edits++;
    if (isWellFormedKey(edited)) accepted.push(edited);
  };
  for (let at = 0; at <= key.length; at++) {
    for (const letter of `${ALPHABET} _-é`) {
      tryEdit(key.slice(0, at) + letter + key.slice(at + 1));
      tryEdit(key.slice(0, at) + letter + key.slice(at));
    }
    tryEdit(key.slice(0, at) + key.slice(at + 1));
    tryEdit(key.slice(0, at) + (key[at + 1] ?? '') + (key[at] ?? '') + key.slice(at + 2));
  }
  expect(accepted).toEqual([]);
  // Four keys make more than the 10,000 edits of the promise.
  expect(edits).toBeGreaterThan(2500);
});

test('10,000 one-character edits of random keys are refused', () => {
  fc.assert(
    fc.property(bytes, fc.nat(51), fc.nat(61), (random, at, letter) => {
      const key = formatKey(random);
      const edited = key.slice(0, at) + ALPHABET[letter] + key.slice(at + 1);
      expect(isWellFormedKey(edited)).toBe(edited === key);
    }),
    { numRuns: 10_000, seed: 20260302 },
  );
});

test.each([
  ['nothing', ''],
  ['the prefix alone', 'cb_'],
  ['a line break behind it', `${ORDINARY}\n`],
  ['blanks around it', ` ${ORDINARY} `],
  ['another prefix', `sk_${ORDINARY.slice(3)}`],
  ['capitals', ORDINARY.toUpperCase()],
  ['a very long text', `cb_${'0'.repeat(1_000_000)}`],
])('%s is no key', (_title, text) => {
  expect(isWellFormedKey(text)).toBe(false);
});

test.each<[title: string, key: Parameters<typeof anApiKey>[0], until: Date | null]>([
  ['no end', {}, null],
  ['its expiry', { expiresAt: after({ days: 1 }) }, after({ days: 1 })],
  ['its revocation', { revokedAt: after({ days: 2 }) }, after({ days: 2 })],
  [
    'the earlier of both: revocation',
    { expiresAt: after({ days: 3 }), revokedAt: after({ days: 2 }) },
    after({ days: 2 }),
  ],
  ['the earlier of both: expiry', { expiresAt: after({ days: 1 }), revokedAt: after({ days: 2 }) }, after({ days: 1 })],
])('a key counts until %s', (_title, fields, until) => {
  const key = anApiKey(fields);
  expect(validUntil(key)).toEqual(until);
  if (until === null) {
    expect(isValidAt(key, after({ days: 100_000 }))).toBe(true);
    return;
  }
  expect(isValidAt(key, new Date(until.getTime() - 1))).toBe(true);
  expect(isValidAt(key, until)).toBe(false);
});

test.each<[title: string, key: Parameters<typeof anApiKey>[0], status: string]>([
  ['neither revoked nor expired', {}, 'active'],
  ['rotated, still in its grace', { revokedAt: after({ ms: 1 }), rotatedTo: 'x' }, 'active'],
  ['revoked at this moment', { revokedAt: START }, 'revoked'],
  ['expired at this moment', { expiresAt: START }, 'expired'],
  ['revoked and expired', { expiresAt: START, revokedAt: after({ days: -1 }) }, 'revoked'],
  ['expired inside the grace of its rotation', { expiresAt: START, revokedAt: after({ ms: 1 }) }, 'expired'],
])('a key that is %s shows as %s', (_title, fields, status) => {
  const view = viewKey(anApiKey(fields), START);
  expect(view.status).toBe(status);
  expect(Object.keys(view)).not.toContain('rotatedTo');
});

function base62OfLargest(): string {
  let rest = 2n ** 256n - 1n;
  let text = '';
  while (rest > 0n) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text.padStart(43, '0');
}
