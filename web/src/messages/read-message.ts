import type { Message } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A message as it is stored. */
export function readMessage(data: DocumentData): Message {
  return readDocument<Message>('message', data) as Message;
}
