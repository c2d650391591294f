import type { FirestoreError } from 'firebase/firestore';
import { Problem } from './problem.js';

/** Says that a listener has ended, where what it listened to would stand; nothing while it goes on. */
export function NotRead({ what, error }: { what: string; error: FirestoreError | null }) {
  return error === null ? null : (
    <Problem>
      {what} could not be read any further ({error.code}). Reload the page to try again.
    </Problem>
  );
}
