import type { Memory } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A memory as it is stored, without what it is found by: hundreds of words and numbers that nobody reads. */
export function readMemory(data: DocumentData): Memory {
  const { terms: _terms, weightsJson: _weights, embedding: _embedding, ...memory } = data ?? {};
  return readDocument<Memory>('memory', memory) as Memory;
}
