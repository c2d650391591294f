import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limits } from '@quarterdeck/contract';

/** A request that arrived. */
export interface ModelRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface ModelServer {
  /** What QUARTERDECK_MODEL_URL would be. */
  readonly url: string;
  readonly requests: ModelRequest[];
  /** What it answers instead, to whatever it is asked; undefined: as a model would. */
  instead: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | undefined;
  /** What the writing model writes. */
  writes: string;
  close(): Promise<void>;
}

/** Words that mean the same have the same direction; all others have none. */
const MEANINGS = [
  ['car', 'automobile', 'vehicle'],
  ['database', 'postgres', 'storage'],
  ['lunch', 'noon', 'food'],
];

/** A server with OpenAI's interface for models, on a port of its own, whose model knows a handful of words. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      const { status, body: answer, headers } = model.instead ?? { status: 200, body: answerTo(request.url, body) };
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const model: ModelServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    instead: undefined,
    writes: '',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function answerTo(path: string | undefined, body: Record<string, unknown>): string {
    if (path !== '/v1/embeddings') return JSON.stringify({ choices: [{ message: { content: model.writes } }] });
    const data = (body.input as string[]).map((input, index) => ({ index, embedding: embeddingOf(input) }));
    // The order of the answer promises nothing; the index does.
    return JSON.stringify({ data: data.reverse() });
  }

  return model;
}

export function embeddingOf(text: string): number[] {
  const vector = new Array<number>(limits.EMBEDDING_DIMENSIONS).fill(0.001);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    const meaning = MEANINGS.findIndex((words) => words.includes(word));
    if (meaning >= 0) vector[meaning] = 1;
  }
  return vector;
}
