import type { z } from 'zod';
import { AccountId, KeyHash, MemberId, ProgramId, Progress, SessionId, visibleText, wholeText } from './primitives.js';

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** Ids that would leave their collection, or that Firestore refuses. */
const NEVER = ['', '.', '..', '/', 'a/b', '../x', '__x__', '____', 'a\ud83d', '\ude80', 7, null, undefined, ['a'], {}];

test.each<[name: string, schema: z.ZodType, right: string[], wrong: unknown[]]>([
  [
    'a session id',
    SessionId,
    [
      'a',
      '0',
      '-',
      '_',
      ':',
      '...',
      'a.b',
      '__x',
      'x__',
      '__',
      'x'.repeat(100),
      'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    ],
    [...NEVER, 'a b', 'é', 'a\n', 'x'.repeat(101), '🚀', 'а'],
  ],
  [
    'a program id',
    ProgramId,
    ['a', '0', 'a-b_c', 'A9', 'x'.repeat(50)],
    [...NEVER, '-a', '_a', 'a.b', 'a:b', 'x'.repeat(51), 'a\n'],
  ],
  ['a member id', MemberId, ['a', 'invited-0f', 'é', '🚀', 'a.b', '...', 'x'.repeat(128)], [...NEVER, 'x'.repeat(129)]],
  [
    'an account id',
    AccountId,
    ['abcdefghij0123456789'],
    [...NEVER, 'abcdefghij012345678', 'Abcdefghij0123456789', 'abcdefghij0123456789\n'],
  ],
  [
    'a key hash',
    KeyHash,
    ['0'.repeat(64), 'f'.repeat(64)],
    [...NEVER, 'F'.repeat(64), '0'.repeat(63), '0'.repeat(65), 'g'.repeat(64)],
  ],
  [
    'visible text',
    visibleText(5),
    ['a', ' a ', '🚀🚀🚀🚀🚀', '12345', 'a\nb'],
    ['', ' ', '\t\n', '\u00a0', '\u3000', '123456', '🚀🚀🚀🚀🚀🚀', 'a\ud83d', '\ude80\ud83d', 1, null],
  ],
  [
    'whole text',
    wholeText(5),
    ['', ' ', '🚀🚀🚀🚀🚀', '12345', '\u0000'],
    ['123456', 'a\ud83d', '\ud83da', '\ude80', '🚀\ud83d', 1, null],
  ],
])('%s', (_name, schema, right, wrong) => {
  expect(right.filter((value) => !accepts(schema, value))).toEqual([]);
  expect(wrong.filter((value) => accepts(schema, value))).toEqual([]);
});

test.each([
  [0, true],
  [100, true],
  [33.3, true],
  [-0.01, false],
  [100.01, false],
  [Number.NaN, false],
  ['50', false],
])('progress of %p: %p', (value, expected) => {
  expect(accepts(Progress, value)).toBe(expected);
});
