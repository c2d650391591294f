import { BLANK, type Draft, patchOf } from './draft.js';

const before: Draft = { displayName: 'Bob', role: '', color: '#112233', groups: ['a', 'b'], tags: [] };

test.each<[string, Partial<Draft>, object]>([
  ['what stayed is not sent', {}, {}],
  ['white space around it is no change', { displayName: ' Bob ' }, {}],
  ['a text replaces', { displayName: 'Bill', role: 'coder' }, { displayName: 'Bill', role: 'coder' }],
  ['an emptied text is cleared', { displayName: '  ', color: '' }, { displayName: null, color: null }],
  ['a list is sent whole', { groups: ['b'], tags: ['x'] }, { groups: ['b'], tags: ['x'] }],
  ['an emptied list is cleared', { groups: [] }, { groups: [] }],
])('of a changed program: %s', (_title, change, expected) => {
  expect(patchOf(before, { ...before, ...change })).toEqual(expected);
});

test('of a new program only what was entered is sent', () => {
  expect(patchOf(BLANK, { ...BLANK, role: 'reviewer' })).toEqual({ role: 'reviewer' });
});
