import { useState } from 'preact/hooks';
import { type FieldProblems, fieldProblemsOf } from '../ui/field-problems.js';
import { toast } from '../ui/toast.js';

/** A form on its way. */
export interface Submission {
  /** What was refused, by field. */
  readonly problems: FieldProblems;
  /**
   * Does it and says what came of it; what was refused is in `problems`.
   * @param said a sentence for the corner
   * @returns true when it was done
   */
  submit<T>(said: (answer: T) => string, work: () => Promise<T>): Promise<boolean>;
}

/** @param fields those beside which a problem can be shown */
export function useSubmission(fields: readonly string[]): Submission {
  const [problems, setProblems] = useState<FieldProblems>({});
  return {
    problems,
    async submit(said, work) {
      setProblems({});
      try {
        toast(said(await work()));
        return true;
      } catch (error) {
        setProblems(fieldProblemsOf(error, fields));
        return false;
      }
    },
  };
}
