import type { Task, TaskOutcome, TaskStatus } from '@quarterdeck/contract';
import { wordsOf } from '../fleet/words.js';

/** What each outcome means, for who chooses one. */
export const OUTCOMES: Readonly<Record<TaskOutcome, string>> = {
  SUCCESS: 'It was done.',
  FAILED: 'It was tried, and did not work out.',
  SKIPPED: 'There was nothing to do.',
  CANCELLED: 'Nobody should do it any more.',
};

/** The statuses in the order of the page. */
export const STATUSES: readonly TaskStatus[] = ['pending', 'claimed', 'done'];

/** "Success", "Cancelled"; one that is not known is shown as it is. */
export function outcomeWords(outcome: string): string {
  return wordsOf(outcome.toLowerCase());
}

/** True when nobody took it before its time to live was over. */
export function hasExpired({ completedBy }: Pick<Task, 'completedBy'>): boolean {
  return completedBy === 'sweep';
}
