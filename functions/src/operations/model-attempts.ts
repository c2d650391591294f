import type { Memory } from '@quarterdeck/contract';
import type { EmbeddingPort, Embeddings, LogPort } from './ports.js';

/** What a model made, or undefined: there is none, or it failed. Nothing depends on a model, so its failure is logged and goes no further. */
export async function attempt<Port, T>(
  log: LogPort,
  port: Port | null,
  use: (port: Port) => Promise<T>,
): Promise<T | undefined> {
  if (port === null) return undefined;
  try {
    return await use(port);
  } catch (error) {
    log.warn('a model failed; going on without it', { error: error instanceof Error ? error.message : 'no error' });
    return undefined;
  }
}

/** One vector for each memory. */
export function embedDocuments(
  log: LogPort,
  embedding: EmbeddingPort | null,
  memories: readonly Memory[],
): Promise<Embeddings | undefined> {
  return attempt(log, embedding, (model) =>
    model.embed(memories.map(({ title, content }) => (content.startsWith(title) ? content : `${title}\n\n${content}`))),
  );
}

/** The vector of a query, and the model that made it. */
export async function embedQuery(
  log: LogPort,
  embedding: EmbeddingPort | null,
  query: string,
): Promise<{ model: string; vector: readonly number[] } | undefined> {
  const embedded = await attempt(log, embedding, (model) => model.embed([query]));
  const vector = embedded?.vectors[0];
  return embedded === undefined || vector === undefined ? undefined : { model: embedded.model, vector };
}
