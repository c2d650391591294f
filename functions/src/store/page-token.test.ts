import fc from 'fast-check';
import { DomainError } from '../domain/domain-error.js';
import { decodePageToken, encodePageToken } from './page-token.js';

const SHAPE = { part: 'string', createdAt: 'number', id: 'string' } as const;
const decode = (token: string) => decodePageToken(token, SHAPE);
const tokenOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function refusalOf(token: string): string {
  try {
    decode(token);
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
  return 'accepted';
}

test('a token comes back as the place it was made of', () => {
  const anyPlace = fc.record({
    part: fc.constantFrom('live', 'ended'),
    createdAt: fc.nat(4_102_444_800_000),
    id: fc.stringMatching(/^[A-Za-z0-9._:-]{1,100}$/).filter((id) => !/^(\.{1,2}|__.*__)$/.test(id)),
  });
  fc.assert(
    fc.property(anyPlace, (place) => expect(decode(encodePageToken(place))).toEqual(place)),
    { seed: 20260302 },
  );
});

test('a token fits a URL, and the contract, as it is', () => {
  const longest = encodePageToken({ part: 'ended', createdAt: 4_102_444_800_000, id: '?'.repeat(128) });
  expect(longest).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(longest.length).toBeLessThan(1000);
});

const GOOD = { part: 'live', createdAt: 1_772_445_600_000, id: 'abc' };

test.each<[title: string, token: string]>([
  ['nothing', ''],
  ['no token at all', 'nonsense'],
  ['a token that was cut', encodePageToken(GOOD).slice(0, -4)],
  ['JSON of another shape', tokenOf({ offset: 10 })],
  ['a token of another list', encodePageToken({ id: 'abc' })],
  ['a list', tokenOf(['live', 1, 'abc'])],
  ['null', tokenOf(null)],
  ['a number', tokenOf(7)],
  ['a text for a number', tokenOf({ ...GOOD, createdAt: '1' })],
  ['null for a number, as JSON writes NaN', tokenOf({ ...GOOD, createdAt: Number.NaN })],
  ['a number for a text', tokenOf({ ...GOOD, id: 7 })],
  ['an empty id', tokenOf({ ...GOOD, id: '' })],
  ['an id that leaves its collection', tokenOf({ ...GOOD, id: 'a/b' })],
  ['an id that Firestore reserves', tokenOf({ ...GOOD, id: '__x__' })],
  ['an id of dots', tokenOf({ ...GOOD, id: '..' })],
  ['an id with a lone surrogate', tokenOf({ ...GOOD, id: 'a\ud83d' })],
  ['a moment that no calendar has', Buffer.from('{"part":"live","createdAt":1e300,"id":"a"}').toString('base64url')],
  ['a moment beyond all numbers', Buffer.from('{"part":"live","createdAt":1e999,"id":"a"}').toString('base64url')],
  ['a moment after the year 9999', tokenOf({ ...GOOD, createdAt: 253_402_300_800_000 })],
  ['a moment before the year 1', tokenOf({ ...GOOD, createdAt: -62_135_596_800_001 })],
  ['half a millisecond', tokenOf({ ...GOOD, createdAt: 0.5 })],
])('%s is no token', (_title, token) => {
  expect(refusalOf(token)).toBe('INVALID_PAGE_TOKEN');
});

test('what is no token is refused, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 1000 }), (text) =>
      expect(['INVALID_PAGE_TOKEN', 'accepted']).toContain(refusalOf(text)),
    ),
    { seed: 20260302 },
  );
});
