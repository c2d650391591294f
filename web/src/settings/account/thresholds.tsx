import type { Thresholds } from '@quarterdeck/contract';
import { THRESHOLD_MAX_MINUTES } from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { Problem } from '../../ui/problem.js';
import { toast } from '../../ui/toast.js';
import { readDraft, sayMinutes, THRESHOLD_FIELDS, type ThresholdDraft } from './threshold-form.js';

/** When silence means something. What nobody edits follows the document. */
export function ThresholdsPart({ stored }: { stored: Thresholds }) {
  const { role, client } = useMember();
  const [draft, setDraft] = useState<ThresholdDraft>({});
  const { changed, problems: wrong } = readDraft(stored, draft);
  const isRight = Object.keys(wrong).length === 0;
  const { problem, problems, isBusy, onSubmit } = useSubmit(
    THRESHOLD_FIELDS.map(([field]) => field),
    async () => {
      if (!isRight) return;
      await client.updateAccount(changed);
      setDraft({});
      toast('Thresholds changed');
    },
  );
  return (
    <section class="panel part">
      <h2>When silence means something</h2>
      {role === 'admin' ? (
        // The problems are ours to tell, with what to do.
        <form class="form" noValidate onSubmit={onSubmit}>
          {problem && <Problem>{problem}</Problem>}
          <div class="thresholds">
            {THRESHOLD_FIELDS.map(([field, label, hint]) => (
              <TextField
                key={field}
                label={`${label}, in minutes`}
                type="number"
                min={1}
                max={THRESHOLD_MAX_MINUTES}
                step={1}
                hint={`${sayMinutes(stored[field])} now. ${hint}`}
                problem={wrong[field] ?? problems[field]}
                value={draft[field] ?? String(stored[field])}
                onInput={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
              />
            ))}
          </div>
          <div class="entry-actions">
            <Button type="submit" look="main" isBusy={isBusy} disabled={!isRight || Object.keys(changed).length === 0}>
              Save
            </Button>
            {Object.keys(draft).length > 0 && (
              <Button look="quiet" onClick={() => setDraft({})}>
                Discard
              </Button>
            )}
          </div>
        </form>
      ) : (
        <ul class="thresholds">
          {THRESHOLD_FIELDS.map(([field, label, hint]) => (
            <li key={field}>
              <p>
                {label} <b>{sayMinutes(stored[field])}</b>
              </p>
              <p class="faint">{hint}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
