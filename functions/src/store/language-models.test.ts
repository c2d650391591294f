import { embeddingOf, type ModelServer, startModelServer } from '../../../test/support/model-server.js';
import { HttpEmbeddings, HttpGeneration } from './language-models.js';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const endpoint = () => ({ url: server.url, key: 'secret-key' });

test('texts become vectors of the size that the index has, in the order of the texts', async () => {
  const embeddings = new HttpEmbeddings(endpoint(), 'words-1');
  expect(await embeddings.embed(['a car', 'lunch'])).toEqual({
    model: 'words-1',
    vectors: [embeddingOf('a car'), embeddingOf('lunch')],
  });
  expect(server.requests).toEqual([
    {
      path: '/v1/embeddings',
      authorization: 'Bearer secret-key',
      body: { model: 'words-1', input: ['a car', 'lunch'], dimensions: 768 },
    },
  ]);
});

test('a model writes by instructions, which are kept apart from the text', async () => {
  server.writes = 'It is noon [1].';
  const generation = new HttpGeneration({ ...endpoint(), url: `${server.url}/` }, 'writer-1');
  expect(await generation.generate('Answer.', 'When is lunch?')).toBe('It is noon [1].');
  expect(server.requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      body: {
        model: 'writer-1',
        messages: [
          { role: 'system', content: 'Answer.' },
          { role: 'user', content: 'When is lunch?' },
        ],
      },
    },
  ]);
});

test('an endpoint that asks for no key is sent none', async () => {
  await new HttpEmbeddings({ url: server.url }, 'words-1').embed(['car']);
  expect(server.requests[0]?.authorization).toBeUndefined();
});

const vector = (length: number, value = 1) => new Array<number>(length).fill(value);

test.each([
  ['a status that is no success', { status: 429, body: '{"error":"secret-key"}' }, 'status 429'],
  ['no JSON', { status: 200, body: '<html>secret-key' }, 'embeddings'],
  ['another shape', { status: 200, body: '{"data":"secret-key"}' }, 'another shape'],
  [
    'vectors of another size',
    { status: 200, body: JSON.stringify({ data: [{ index: 0, embedding: vector(3) }] }) },
    'another shape',
  ],
  [
    'a vector too few',
    { status: 200, body: JSON.stringify({ data: [{ index: 1, embedding: vector(768) }] }) },
    'lacks a vector',
  ],
  [
    'a vector of zeros',
    { status: 200, body: JSON.stringify({ data: [{ index: 0, embedding: vector(768, 0) }] }) },
    'lacks a vector',
  ],
])('an answer with %s is an error that shows neither key nor text', async (_what, instead, message) => {
  server.instead = instead;
  const error = await new HttpEmbeddings(endpoint(), 'words-1').embed(['our secret text']).catch((reason) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toContain(message);
  expect(error.message).not.toMatch(/secret/);
});

test('an endpoint that sends its callers elsewhere is an error: key and text go where they were meant to go', async () => {
  const elsewhere = await startModelServer();
  server.instead = { status: 307, body: '', headers: { Location: `${elsewhere.url}/embeddings` } };
  await expect(new HttpEmbeddings(endpoint(), 'words-1').embed(['car'])).rejects.toThrow('embeddings');
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});

test('an endpoint that nobody listens at is an error', async () => {
  await server.close();
  await expect(new HttpGeneration(endpoint(), 'writer-1').generate('x', 'y')).rejects.toThrow('chat/completions');
});
