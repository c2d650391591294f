import { useState } from 'preact/hooks';
import { toast } from '../ui/toast.js';
import { sentenceOf } from './identity.js';
import { type Problems, problemsOf } from './problems.js';

/** A form on its way. */
export interface Submission {
  /** What was refused, by field. */
  readonly problems: Problems;
  /**
   * Does it and says what came of it; what was refused is in `problems`.
   * @param said a sentence for the corner
   * @returns true when it was done
   */
  submit<T>(said: (answer: T) => string, work: () => Promise<T>): Promise<boolean>;
}

/** @param fields those beside which a problem can be shown */
export function useSubmission(fields: readonly string[]): Submission {
  const [problems, setProblems] = useState<Problems>({});
  return {
    problems,
    async submit(said, work) {
      setProblems({});
      try {
        toast(said(await work()));
        return true;
      } catch (error) {
        setProblems(problemsOf({ ...(error as object), message: sentenceOf(error) }, fields));
        return false;
      }
    },
  };
}
