import type { Task } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A task as it is stored. Null: there is none. */
export function readTask(data: DocumentData): Task | null {
  return readDocument<Task>('task', data);
}
