import { limits } from '@quarterdeck/contract';
import { z } from 'zod';
import type { EmbeddingPort, Embeddings, GenerationPort } from '../operations/ports.js';

/** A model that takes longer is gone on without: its caller waits. */
const TIMEOUT_MS = 20_000;
/** Texts of one request: what providers of this interface accept. */
const TEXTS_MAX = 100;

/** Where models are, see docs/deploy.md. */
export interface ModelEndpoint {
  /** What `/embeddings` and `/chat/completions` are appended to. */
  readonly url: string;
  /** Undefined: the endpoint asks for none. */
  readonly key?: string | undefined;
}

const EmbeddingAnswer = z.object({
  data: z.array(
    z.object({ index: z.int().min(0), embedding: z.array(z.number()).length(limits.EMBEDDING_DIMENSIONS) }),
  ),
});

const CompletionAnswer = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** Embeddings from an endpoint with OpenAI's interface. */
export class HttpEmbeddings implements EmbeddingPort {
  constructor(
    private readonly endpoint: ModelEndpoint,
    private readonly model: string,
  ) {}

  async embed(texts: readonly string[]): Promise<Embeddings> {
    if (texts.length > TEXTS_MAX) throw new Error(`${texts.length} texts at once, and a request may have ${TEXTS_MAX}`);
    const request = { model: this.model, input: texts, dimensions: limits.EMBEDDING_DIMENSIONS };
    const { data } = await ask(this.endpoint, 'embeddings', request, EmbeddingAnswer);
    const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
    const vectors = texts.map((_, index) => {
      const vector = byIndex.get(index);
      // A vector of zeros is near to nothing: the cosine divides by its length.
      if (vector?.some((number) => number !== 0)) return vector;
      throw new Error('embeddings: the answer lacks a vector for one of the texts');
    });
    return { model: this.model, vectors };
  }
}

/** Text from an endpoint with OpenAI's interface. */
export class HttpGeneration implements GenerationPort {
  constructor(
    private readonly endpoint: ModelEndpoint,
    private readonly model: string,
  ) {}

  async generate(instructions: string, text: string): Promise<string> {
    const messages = [
      { role: 'system', content: instructions },
      { role: 'user', content: text },
    ];
    const { choices } = await ask(this.endpoint, 'chat/completions', { model: this.model, messages }, CompletionAnswer);
    return choices[0]?.message.content ?? '';
  }
}

/** @throws Error that says what went wrong, and shows neither the key nor what was asked or answered */
async function ask<T>({ url, key }: ModelEndpoint, path: string, request: object, shape: z.ZodType<T>): Promise<T> {
  const answer = shape.safeParse(await post(url, key, path, request));
  if (answer.success) return answer.data;
  const problems = answer.error.issues.slice(0, 3).map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new Error(`${path}: an answer of another shape (${problems.join('; ')})`);
}

async function post(url: string, key: string | undefined, path: string, request: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // A key goes where it was meant to go.
      redirect: 'error',
    });
    if (response.ok) return await response.json();
  } catch (error) {
    // What a parser or a client says may quote the answer or the request.
    throw new Error(`${path}: ${error instanceof Error ? error.name : 'no answer'}`);
  }
  throw new Error(`${path}: status ${response.status}`);
}
