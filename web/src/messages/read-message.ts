import type { Message } from '@quarterdeck/contract';
import { type DocumentData, withDates } from '@quarterdeck/contract/views';

/** A message as it is stored. */
export function readMessage(data: DocumentData): Message {
  // The backend's writes are exact: what is stored was checked against the contract.
  return withDates(data) as unknown as Message;
}
