import { useState } from 'preact/hooks';
import { type FieldProblems, fieldProblemsOf } from '../ui/field-problems.js';

/** A form on its way. */
export interface Submit {
  /** What is wrong with which field. */
  readonly problems: FieldProblems;
  /** What went wrong with all of it. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  readonly onSubmit: (event: Event) => void;
}

/**
 * Sends a form once, and tells what is wrong where it is.
 * @param fields those that the form shows, by the names of the operation
 */
export function useSubmit(fields: readonly string[], send: () => Promise<unknown>): Submit {
  const [said, setSaid] = useState<Pick<Submit, 'problems' | 'problem'>>({ problems: {}, problem: undefined });
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    setSaid({ problems: {}, problem: undefined });
    try {
      await send();
    } catch (error) {
      const { form: problem, ...problems } = fieldProblemsOf(error, fields);
      setSaid({ problems, problem });
    } finally {
      setBusy(false);
    }
  };
  return {
    ...said,
    isBusy,
    onSubmit(event) {
      event.preventDefault();
      void submit();
    },
  };
}
