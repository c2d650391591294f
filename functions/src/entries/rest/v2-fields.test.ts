import { batch, boolean, list, number, readFields, text, unused } from './v2-fields.js';

const memory = { content: text('content'), tags: list('tags'), source: unused };
const fields = {
  ...memory,
  extend_hours: number('hours'),
  hours: number('hours'),
  include_archived: boolean('includeArchived'),
  memories: batch('memories', memory),
};
const read = (query: string, body?: unknown) => readFields(fields, new URLSearchParams(query), body);

test.each([
  ['content=a%20b', { content: 'a b' }],
  ['content=', { content: '' }],
  ['extend_hours=6', { hours: 6 }],
  ['extend_hours=-0.5', { hours: -0.5 }],
  ['extend_hours=six', { hours: 'six' }],
  ['extend_hours=0x10', { hours: '0x10' }],
  ['extend_hours=', { hours: '' }],
  ['include_archived=true', { includeArchived: true }],
  ['include_archived=false', { includeArchived: false }],
  ['include_archived=1', { includeArchived: '1' }],
  ['tags=a,b', { tags: ['a', 'b'] }],
  ['tags=a&tags=b,%20c', { tags: ['a', 'b', 'c'] }],
  ['tags=', { tags: [] }],
  ['source=agent', {}],
])('the query %s is read as %j', (query, input) => {
  expect(read(query)).toEqual(input);
});

test.each<[object, object]>([
  [
    { content: 'a', tags: ['a,b'] },
    { content: 'a', tags: ['a,b'] },
  ],
  [{ tags: 'a' }, { tags: ['a'] }],
  [{ content: null, extend_hours: 3 }, { hours: 3 }],
  [{ extend_hours: '3' }, { hours: '3' }],
  [
    { memories: [{ content: 'a', tags: 'b', source: 'x', other: undefined }] },
    { memories: [{ content: 'a', tags: ['b'] }] },
  ],
  [{ memories: 'none' }, { memories: 'none' }],
])('the body %j is read as %j', (body, input) => {
  expect(read('', JSON.parse(JSON.stringify(body)))).toEqual(input);
});

test('query and body make one input', () => {
  expect(read('content=a', { tags: ['b'] })).toEqual({ content: 'a', tags: ['b'] });
});

test.each<[string, unknown, string]>([
  ['contents=a', undefined, 'contents: is not a field of this request'],
  ['constructor=a', undefined, 'constructor: is not a field of this request'],
  ['', JSON.parse('{"__proto__":1}'), '__proto__: is not a field of this request'],
  ['', { contents: 'a' }, 'contents: is not a field of this request'],
  ['', { memories: [{ content: 'a' }, { contents: 'b' }] }, 'memories.1.contents: is not a field of this request'],
  ['', { memories: ['a'] }, 'memories.0: must be a JSON object'],
  ['', ['a'], 'the body: must be a JSON object'],
  ['', null, 'the body: must be a JSON object'],
  ['content=a&content=b', undefined, 'content: is given more than once'],
  ['content=a', { content: 'b' }, 'content: is given more than once'],
  ['extend_hours=1&hours=1', undefined, 'hours: is given more than once'],
])('the query "%s" with the body %j is refused: %s', (query, body, problem) => {
  expect(() => read(query, body)).toThrow(problem);
});
