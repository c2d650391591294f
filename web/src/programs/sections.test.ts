import type { Program } from '@quarterdeck/contract';
import { START } from '../../../test/support/builders.js';
import { readProgram } from './read-program.js';
import { addressOf, type Filter, filterOf, fits, groupsOf, isFiltering, sectionsOf } from './sections.js';
import type { Standing } from './standing.js';

const program = (programId: string, fields: Partial<Program> = {}) =>
  ({ ...readProgram({ programId, createdAt: START }), ...fields }) as Program;
const standing = (fields: Partial<Standing>) =>
  ({ health: 'offline', liveSessions: 0, needing: 0, ...fields }) as Standing;
const ALL: Filter = { q: '', group: '', health: '' };

const builder = program('builder', { displayName: 'Bob', role: 'Coder', groups: ['core', 'web'], tags: ['fast'] });

test.each<[Partial<Filter>, boolean]>([
  [{}, true],
  [{ q: '  ' }, true],
  [{ q: 'bob' }, true],
  [{ q: 'BUILD coder' }, true],
  [{ q: 'core fast' }, true],
  [{ q: 'bob nobody' }, false],
  [{ group: 'web' }, true],
  [{ group: 'we' }, false],
  [{ health: 'stale' }, true],
  [{ health: 'healthy' }, false],
  [{ q: 'bob', group: 'core', health: 'stale' }, true],
])('a program fits what is searched for in all that is said of it: %j', (filter, expected) => {
  expect(fits(builder, standing({ health: 'stale' }), { ...ALL, ...filter })).toBe(expected);
});

test('a filter stands in the address and comes back from it', () => {
  expect(addressOf(ALL)).toBe('/programs');
  const filter = { q: 'a b&c', group: 'g', health: 'stale' };
  expect(filterOf(Object.fromEntries(new URL(addressOf(filter), 'http://x').searchParams))).toEqual(filter);
  expect(filterOf({ other: 'x' })).toEqual(ALL);
  expect([isFiltering(ALL), isFiltering({ ...ALL, group: 'g' })]).toEqual([false, true]);
});

test('live ones come by urgency and then by name, the others by name, and retired ones stand apart', () => {
  const programs = ['z', 'calm', 'silent', 'asks', 'a', 'gone'].map((id) => program(id));
  programs[0] = program('z', { displayName: 'B' });
  programs[5] = program('gone', { retiredAt: START });
  const standings = new Map<string, Standing>([
    ['calm', standing({ liveSessions: 1, health: 'healthy' })],
    ['z', standing({ liveSessions: 1, health: 'healthy' })],
    ['silent', standing({ liveSessions: 1, health: 'stale' })],
    ['asks', standing({ liveSessions: 2, health: 'healthy', needing: 1 })],
    ['gone', standing({ liveSessions: 1, health: 'healthy' })],
  ]);
  const { live, offline, retired } = sectionsOf(programs, standings);
  const ids = (of: readonly Program[]) => of.map(({ programId }) => programId);
  expect(ids(live)).toEqual(['asks', 'silent', 'z', 'calm']);
  expect(ids(offline)).toEqual(['a']);
  expect(ids(retired)).toEqual(['gone']);
});

test('the groups to choose from are each there once, in order', () => {
  expect(groupsOf([builder, program('x', { groups: ['api 10', 'api 9', 'core'] })])).toEqual([
    'api 9',
    'api 10',
    'core',
    'web',
  ]);
});

test('a program of which only its id is stored is shown by it', () => {
  expect(readProgram({ programId: 'old' })).toMatchObject({ displayName: null, groups: [], tags: [], retiredAt: null });
  expect(readProgram(undefined)).toBeNull();
});
