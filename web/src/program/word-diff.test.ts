import fc from 'fast-check';
import { diffWords, isUnchanged, type Piece } from './word-diff.js';

/** "[-went-]{+came+}", as it is often written. */
const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');

test.each([
  ['', '', ''],
  ['a b c', 'a b c', 'a b c'],
  ['', 'all new', '{+all new+}'],
  ['all old', '', '[-all old-]'],
  ['The form is done.', 'The form is nearly done.', 'The form is {+nearly +}done.'],
  ['One two three four', 'One two 2 four', 'One two [-three -]{+2 +}four'],
  ['done.', 'done. Next: tests', 'done. {+Next: tests+}'],
  ['Ship', 'Ship it to nobody before Monday at noon', 'Ship {+it to nobody before Monday at noon+}'],
  ['a b c d', 'b c d', '[-a -]b c d'],
  ['a x b y c', 'a p b q c', 'a [-x -]{+p +}b [-y -]{+q +}c'],
  ['same\nwords', 'same words', 'same words'],
  ['形は完成', '形は未完成', '形は{+未+}完成'],
])('%j to %j', (before, after, expected) => {
  expect(shown(diffWords(before, after))).toBe(expected);
});

test('texts with next to nothing in common are told whole', () => {
  expect(shown(diffWords('one the two three four five', 'six seven eight nine the ten'))).toBe(
    '[-one the two three four five-]{+six seven eight nine the ten+}',
  );
});

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
const texts = fc.tuple(words, words).map(([one, other]) => [one.join(' '), other.join(' ')] as const);

test('what stayed and came is the new text, what stayed and went the old one, and neighbours are of different kinds', () => {
  const of = (pieces: readonly Piece[], kind: Piece['kind']) =>
    pieces.filter((piece) => piece.kind === 'same' || piece.kind === kind).map(({ text }) => text);
  const flat = (parts: readonly string[]) => parts.join(' ').split(/\s+/).filter(Boolean);
  fc.assert(
    fc.property(texts, ([before, after]) => {
      const pieces = diffWords(before, after);
      expect(of(pieces, 'added').join('')).toBe(after);
      expect(flat(of(pieces, 'removed'))).toEqual(flat([before]));
      expect(pieces.every(({ kind }, index) => kind !== pieces[index + 1]?.kind)).toBe(true);
      expect(isUnchanged(pieces)).toBe(before === after);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('no shorter way leads from one text to the other', () => {
  /** By trying everything. */
  const fewest = (old: readonly string[], now: readonly string[]): number => {
    if (old.length === 0 || now.length === 0) return old.length + now.length;
    if (old[0] === now[0]) return fewest(old.slice(1), now.slice(1));
    return 1 + Math.min(fewest(old.slice(1), now), fewest(old, now.slice(1)));
  };
  const short = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 });
  fc.assert(
    fc.property(short, short, (one, other) => {
      // A common beginning keeps them from being told whole.
      const frame = ['x', 'x', 'x', 'x'];
      const pieces = diffWords([...frame, ...one].join(' '), [...frame, ...other].join(' '));
      const changed = pieces.filter(({ kind }) => kind !== 'same').flatMap(({ text }) => text.trim().split(/\s+/));
      expect(changed).toHaveLength(fewest(one, other));
    }),
    { seed: 1, numRuns: 300 },
  );
});
