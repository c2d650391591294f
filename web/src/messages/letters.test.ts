import type { Message } from '@quarterdeck/contract';
import {
  answerTarget,
  isWaiting,
  knownLetters,
  type Letter,
  letterIdOf,
  lettersOf,
  readingText,
  searchedThreads,
  threadsOf,
} from './letters.js';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));

function aMessage(messageId: string, minute: number, fields: Partial<Message> = {}): Message {
  return {
    ...{ messageId, programId: 'reviewer', target: 'reviewer', from: 'builder', sender: 'program/builder' },
    ...{ sessionId: null, threadId: 't', replyTo: null, message: 'Hello', messageType: 'STATUS', priority: 'normal' },
    ...{ sentAt: at(minute), expiresAt: at(minute + 30), readAt: null },
    ...fields,
  };
}

const broadcast = (id: string, minute: number, programs: string[], read: string[] = []) =>
  programs.map((programId) =>
    aMessage(`${id}.${programId}`, minute, {
      programId,
      target: 'group:council',
      readAt: read.includes(programId) ? at(minute + 1) : null,
    }),
  );
const one = (messages: Message[]) => lettersOf(messages)[0] as Letter;
const ids = (letters: readonly Letter[]) => letters.map(({ letterId }) => letterId);

test('the copies of a broadcast are one letter', () => {
  const [newest, oldest] = lettersOf([...broadcast('b', 1, ['d', 'c', 'a'], ['d']), aMessage('m', 0)]);
  expect(newest).toMatchObject({ letterId: 'b', said: { programId: 'a' } });
  expect(newest?.copies.map(({ programId }) => programId)).toEqual(['a', 'c', 'd']);
  expect(oldest).toMatchObject({ letterId: 'm', copies: [{ messageId: 'm' }] });
  expect(letterIdOf('b.release-captain')).toBe('b');
});

test.each([
  ['a message that was read', [aMessage('m', 0, { readAt: at(1) })], 'Read'],
  ['one that was not', [aMessage('m', 0)], 'Unread'],
  ['a broadcast', broadcast('b', 0, ['a', 'c', 'd'], ['c', 'd']), 'Read by 2 of 3'],
  ['a broadcast that nobody read', broadcast('b', 0, ['a', 'c']), 'Read by 0 of 2'],
  ['one copy of a broadcast', broadcast('b', 0, ['a']), 'Not read by a'],
  ['one read copy of a broadcast', broadcast('b', 0, ['a'], ['a']), 'Read by a'],
])('%s says how far it was read', (_what, messages, text) => {
  expect(readingText(one(messages))).toBe(text);
});

test('a letter waits until all have read it, or its time is over', () => {
  expect(isWaiting(one(broadcast('b', 0, ['a', 'c'], ['a'])), at(29))).toBe(true);
  expect(isWaiting(one(broadcast('b', 0, ['a', 'c'], ['a'])), at(30))).toBe(false);
  expect(isWaiting(one(broadcast('b', 0, ['a', 'c'], ['a', 'c'])), at(1))).toBe(false);
});

test('a list that was cut leaves out its oldest letter, whose copies may be incomplete', () => {
  const messages = [aMessage('new', 9), ...broadcast('b', 5, ['a', 'c'])];
  expect(ids(knownLetters([{ messages, isCut: true }]).letters)).toEqual(['new']);
  expect(knownLetters([{ messages, isCut: true }]).since).toEqual(at(5));
  expect(knownLetters([{ messages, isCut: false }])).toMatchObject({ since: null, letters: [{}, { letterId: 'b' }] });
});

test('two lists are known as far back as both reach, and what both have is there once', () => {
  const inbox = { messages: [aMessage('in', 9), aMessage('self', 6), aMessage('old', 1)], isCut: false };
  const sent = { messages: [aMessage('out', 8), aMessage('self', 6), aMessage('cut', 4)], isCut: true };
  const { letters, since } = knownLetters([inbox, sent]);
  expect(ids(letters)).toEqual(['in', 'out', 'self']);
  expect(since).toEqual(at(4));
  expect(ids(knownLetters([{ ...inbox, isCut: true }, sent]).letters)).toEqual(['in', 'out', 'self']);
});

test('threads are in the order of their newest letter', () => {
  const letters = lettersOf([
    aMessage('1', 1, { threadId: 'x' }),
    aMessage('2', 2, { threadId: 'y' }),
    aMessage('3', 3, { threadId: 'x' }),
  ]);
  expect(threadsOf(letters).map(({ threadId, letters }) => [threadId, ids(letters)])).toEqual([
    ['x', ['3', '1']],
    ['y', ['2']],
  ]);
});

test('a thread is found by what was said in any of its letters, and by who was meant', () => {
  const threads = threadsOf(
    lettersOf([
      aMessage('1', 1, { threadId: 'x', message: 'Which port?' }),
      aMessage('2', 2, { threadId: 'x', message: 'That one.' }),
      ...broadcast('b', 3, ['zoe']).map((copy) => ({ ...copy, threadId: 'y' })),
    ]),
  );
  const found = (q: string) => searchedThreads(threads, q).map(({ threadId }) => threadId);
  expect(found('port one')).toEqual(['x']);
  expect(found('ZOE')).toEqual(['y']);
  expect(found('nothing of the kind')).toEqual([]);
  expect(found(' ')).toEqual(['y', 'x']);
});

test('an answer goes to the program that spoke, and after a person to those that it spoke to', () => {
  expect(answerTarget(one([aMessage('m', 0)]))).toBe('builder');
  expect(answerTarget(one(broadcast('b', 0, ['a']).map((copy) => ({ ...copy, from: null }))))).toBe('group:council');
});
