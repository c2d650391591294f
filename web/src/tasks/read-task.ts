import type { Task } from '@quarterdeck/contract';
import { type DocumentData, withDates } from '@quarterdeck/contract/views';

/** A task as it is stored. Null: there is none. */
export function readTask(data: DocumentData): Task | null {
  // The backend's writes are exact: what is stored was checked against the contract.
  return data === undefined ? null : (withDates(data) as unknown as Task);
}
