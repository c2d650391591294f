import type { Memory } from '@quarterdeck/contract';
import type { EmbeddingPort, Embeddings } from './ports.js';

/** What a model made, or undefined: there is none, or it failed. Nothing depends on a model, so its failure is logged and goes no further. */
export async function attempt<Port, T>(port: Port | null, use: (port: Port) => Promise<T>): Promise<T | undefined> {
  if (port === null) return undefined;
  try {
    return await use(port);
  } catch (error) {
    console.warn('a model failed; going on without it:', error instanceof Error ? error.message : error);
    return undefined;
  }
}

/** One vector for each memory. */
export function embedDocuments(
  embedding: EmbeddingPort | null,
  memories: readonly Memory[],
): Promise<Embeddings | undefined> {
  return attempt(embedding, (model) =>
    model.embed(memories.map(({ title, content }) => (content.startsWith(title) ? content : `${title}\n\n${content}`))),
  );
}

/** The vector of a query, and the model that made it. */
export async function embedQuery(
  embedding: EmbeddingPort | null,
  query: string,
): Promise<{ model: string; vector: readonly number[] } | undefined> {
  const embedded = await attempt(embedding, (model) => model.embed([query]));
  const vector = embedded?.vectors[0];
  return embedded === undefined || vector === undefined ? undefined : { model: embedded.model, vector };
}
