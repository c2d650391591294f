import stringWidth from 'string-width';
import { cut, tableLines } from './table.js';

const columns = [
  { title: 'ID', shrinks: 1 },
  { title: 'STATUS', shrinks: 2 },
  { title: 'DONE', align: 'right' },
] as const;
const row = (id: string, status: string, done: string) => [{ text: id }, { text: status }, { text: done }];

test('columns are as wide as what is in them, and figures stand at the right', () => {
  expect(tableLines(columns, [row('a-1', 'Reading the code', '5%'), row('b', 'Done', '100%')], 80)).toEqual([
    'ID   STATUS            DONE',
    'a-1  Reading the code    5%',
    'b    Done              100%',
  ]);
});

test('where the line is too long, the column that shrinks first gives first, and says that something is missing', () => {
  const lines = tableLines(columns, [row('0123456789abcdef', 'Reading the code', '5%')], 32);
  expect(lines).toEqual(['ID        STATUS            DONE', '0123456…  Reading the code    5%']);
});

test('then the next one gives, and no line is wider than the terminal', () => {
  const lines = tableLines(columns, [row('0123456789abcdef', 'Reading the code of the parser', '5%')], 26);
  expect(lines.map((line) => stringWidth(line))).toEqual([26, 26]);
  expect(lines[1]).toBe('0123456…  Reading t…    5%');
});

test('a column that needs more room than there is goes whole', () => {
  const some = [{ title: 'A' }, { title: 'B', from: 50 }, { title: 'C' }];
  const cells = [['1', '2', '3'].map((text) => ({ text }))];
  expect(tableLines(some, cells, 49)).toEqual(['A  C', '1  3']);
  expect(tableLines(some, cells, 50)).toEqual(['A  B  C', '1  2  3']);
});

test('wide characters take the room that they take on the screen', () => {
  const lines = tableLines(
    [{ title: 'NAME' }, { title: 'X' }],
    [
      [{ text: '読む' }, { text: '1' }],
      [{ text: 'abc' }, { text: '2' }],
    ],
    80,
  );
  expect(lines).toEqual(['NAME  X', '読む  1', 'abc   2']);
});

test('what is painted is laid out first, so that colours take no room', () => {
  const red = (text: string) => `<${text}>`;
  expect(tableLines([{ title: 'A' }, { title: 'B' }], [[{ text: 'x', paint: red }, { text: 'y' }]], 80)[1]).toBe(
    '<x>  y',
  );
});

test.each([
  ['plain', 10, 'plain'],
  ['a long status', 8, 'a long …'],
  ['two\nlines', 20, 'two lines'],
  ['\x1b[31mred\x1b[0m and \x07bell', 40, '[31mred[0m and bell'],
  ['turned \u202eround', 40, 'turned round'],
  ['👩‍👩‍👧 family', 3, '👩‍👩‍👧…'],
  ['anything', 0, ''],
])('%j in %d columns is %j: agents can write, never control the terminal', (text, width, shown) => {
  expect(cut(text, width)).toBe(shown);
});
