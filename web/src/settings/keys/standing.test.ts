import { byUse, expiresSoon, fitsKey, type Key, type Standing, standingOf } from './standing.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const at = (days: number, ms = 0) => new Date(NOW.getTime() + days * 86_400_000 + ms).toISOString();

function aKey(fields: Partial<Key> = {}): Key {
  return {
    keyHash: 'ab'.repeat(32),
    programId: 'builder',
    role: 'program',
    label: 'Laptop of Ada',
    status: 'active',
    createdAt: at(-30),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...fields,
  };
}

test.each<[title: string, fields: Partial<Key>, standing: Standing]>([
  ['has no end', {}, 'active'],
  ['expires in a moment', { expiresAt: at(0, 1) }, 'active'],
  ['expires now', { expiresAt: at(0) }, 'expired'],
  ['was rotated and is in its grace', { revokedAt: at(0, 1) }, 'replaced'],
  ['was revoked now', { revokedAt: at(0) }, 'revoked'],
  ['was revoked and has expired', { revokedAt: at(-1), expiresAt: at(-2) }, 'revoked'],
  ['expired inside the grace of its rotation', { revokedAt: at(1), expiresAt: at(-1) }, 'expired'],
])('a key that %s stands where the server sees it', (_title, fields, standing) => {
  expect(standingOf(aKey(fields), NOW)).toBe(standing);
});

test('a key that ends within a week is told so, and one without an end never', () => {
  expect(expiresSoon(aKey({ expiresAt: at(7, -1) }), NOW)).toBe(true);
  expect(expiresSoon(aKey({ expiresAt: at(7) }), NOW)).toBe(false);
  expect(expiresSoon(aKey(), NOW)).toBe(false);
});

test('keys that are over stand apart, and the order stays', () => {
  const [a, b, c, d] = [aKey(), aKey({ revokedAt: at(-1) }), aKey({ revokedAt: at(1) }), aKey({ expiresAt: at(-1) })];
  expect(byUse([a, b, c, d], NOW)).toEqual({ inUse: [a, c], over: [b, d] });
});

test.each([
  ['', true],
  ['LAPTOP builder', true],
  ['abab', true],
  ['laptop reviewer', false],
])('searching for "%s" finds a key by all of its words: %s', (search, found) => {
  expect(fitsKey(aKey(), search)).toBe(found);
});
