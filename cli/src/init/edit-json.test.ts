import { parse } from 'jsonc-parser';
import { Failure } from '../failure.js';
import { readJson, setValue } from './edit-json.js';

const SERVER = { type: 'http', headers: { Authorization: 'Bearer x' } };

test.each<[what: string, before: string, after: string]>([
  ['an empty file', '', '{\n  "servers": {\n    "mine": {\n      "a": 1\n    }\n  }\n}\n'],
  ['an empty object', '{}', '{\n  "servers": {\n    "mine": {\n      "a": 1\n    }\n  }\n}\n'],
  ['an empty object on two lines', '{\n}\n', '{\n  "servers": {\n    "mine": {\n      "a": 1\n    }\n  }\n}\n'],
  [
    'another server on one line, with comments and a comma too many',
    '{\n  // ours\n  "servers": {\n    "other": { "b": [1,  2] }, /* keep */\n  },\n}\n',
    '{\n  // ours\n  "servers": {\n    "other": { "b": [1,  2] },\n    "mine": {\n      "a": 1\n    }, /* keep */\n  },\n}\n',
  ],
  ['tabs', '{\n\t"x": 1\n}\n', '{\n\t"x": 1,\n\t"servers": {\n\t\t"mine": {\n\t\t\t"a": 1\n\t\t}\n\t}\n}\n'],
  [
    'line ends of Windows',
    '{\r\n  "x": 1\r\n}\r\n',
    '{\r\n  "x": 1,\r\n  "servers": {\r\n    "mine": {\r\n      "a": 1\r\n    }\r\n  }\r\n}\r\n',
  ],
  [
    'an older value of ours',
    '{\n  "servers": { "mine": { "a": 0 }, "z": 1 }\n}\n',
    '{\n  "servers": { "mine": {\n      "a": 1\n    }, "z": 1 }\n}\n',
  ],
])('what is added to %s leaves every other character alone', (_what, before, after) => {
  expect(setValue(before, ['servers', 'mine'], { a: 1 })).toBe(after);
});

test.each([
  '{"hooks":{"Stop":[{"x":1}]}}',
  '{ "hooks": { "Stop": [ {"x":1} ] } }',
  '{\n  "hooks": {\n    "Stop": [\n      { "x": 1 }\n    ]\n  }\n}',
])('an entry goes behind those of a list: %s', (before) => {
  const after = setValue(before, ['hooks', 'Stop', 1], SERVER, true);
  expect(parse(after)).toEqual({ hooks: { Stop: [{ x: 1 }, SERVER] } });
  expect(after.replace(/\s/g, '')).toContain('{"x":1},{"type"');
});

test('setting the same again changes nothing more', () => {
  const once = setValue('{}', ['a', 'b'], SERVER);
  expect(setValue(once, ['a', 'b'], SERVER)).toBe(once);
});

test.each(['{', '{"a": }', '[1]', '"text"', 'null'])('%s is refused by name, with a word on what to do', (text) => {
  expect(() => readJson('settings.json', text)).toThrow(Failure);
  expect(() => readJson('settings.json', text)).toThrow(/^settings\.json .*left as it is/);
});

test('an empty file holds nothing yet', () => {
  expect(readJson('settings.json', ' \n')).toBeUndefined();
});
