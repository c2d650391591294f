import { randomUUID } from 'node:crypto';
import { runInThisContext } from 'node:vm';
import { getApps, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

/** What packages that test files share see, and what test files see of them: see docs/decisions/036-test-files-share-packages.md. */

/** Evaluated with the globals that shared packages have. */
const outside = (code: string): unknown => runInThisContext(code);

async function nothing(): Promise<void> {}

function aMistake(code: string): unknown {
  try {
    return new Function(code)();
  } catch (error) {
    return error;
  }
}

test.each<[string, unknown]>([
  ['Promise', nothing()],
  ['Array', []],
  ['Date', new Date()],
  ['Map', new Map()],
  ['Set', new Set()],
  ['Error', new Error('own')],
  ['Error', aMistake('undefined.field')],
  ['TypeError', aMistake('undefined.field')],
  ['RangeError', aMistake('return [].length = -1')],
  ['RegExp', /own/],
])('what a test file makes is a %s to a shared package', (name, own) => {
  const isOne = outside(`(value) => value instanceof ${name}`) as (value: unknown) => boolean;
  expect(isOne(own)).toBe(true);
});

test.each([Date, Map, Set, Error, TypeError])('what a shared package makes is one to a test file: %p', (type) => {
  expect(outside(`new ${type.name}()`)).toBeInstanceOf(type);
});

test('both have the same environment variables and the same console', () => {
  expect(outside('process.env')).toBe(process.env);
  expect(outside('console')).toBe(console);
});

test('a package is shared', () => {
  expect(Object.getPrototypeOf(getApps())).toBe(outside('Array.prototype'));
});

test('whichever test file was before in this process, it has left no app', () => {
  expect(getApps().map(({ name }) => name)).toEqual([]);
});

test('the stack of what a package throws is the line that threw, and lines of ours in our sources', () => {
  const db = getFirestore(initializeApp({ projectId: 'demo-quarterdeck' }, 'throws'));
  const thrownBy = (call: () => unknown): unknown => {
    try {
      return call();
    } catch (error) {
      return error;
    }
  };
  const [own, theirs] = [new Error('own'), thrownBy(() => db.doc(''))].map((error) => String((error as Error).stack));
  const linesOf = (stack = '') => [...stack.matchAll(/environment\.test\.ts:(\d+)/g)].map(([, line]) => line);
  expect(linesOf(theirs)[0]).toBe(linesOf(own)[0]);
  expect(theirs?.split('\n').filter((line) => line.includes('node_modules'))).toHaveLength(1);
});

test.each([{ constructor: 'a field' }, Object.assign(Object.create(null), { a: 1 })])(
  'what a test file has as a plain object is one to the SDK: %j',
  (plain) => {
    const db = getFirestore(initializeApp({ projectId: 'demo-quarterdeck' }, randomUUID()));
    expect(() => db.batch().set(db.doc('some/document'), { plain })).not.toThrow();
    expect(() => db.batch().set(db.doc('some/document'), { plain: new (class Own {})() })).toThrow(/serialize/);
  },
);
