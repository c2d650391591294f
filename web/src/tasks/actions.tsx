import type { Task, TaskOutcome } from '@quarterdeck/contract';
import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { useSubmission } from '../account/submission.js';
import { Button } from '../ui/button.js';
import { Select, TextArea } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { OUTCOMES, outcomeWords } from './words.js';

/** What a person can do about a task; auditors only look, and what is done stays so. */
export function Actions({ task }: { task: Task }) {
  const { role } = useMember();
  const [open, setOpen] = useState<'complete' | 'cancel' | 'unclaim'>();
  if (role !== 'admin') return <p class="faint">You are an auditor: you see everything, and change nothing.</p>;
  // A form stays open when somebody else ends the task: its text is not lost, and sending it says what happened.
  if (task.status === 'done' && open === undefined) return null;
  const close = () => setOpen(undefined);
  return (
    <div class="session-actions">
      {task.status !== 'done' && (
        <>
          <Button onClick={() => setOpen('complete')}>Complete</Button>
          {task.status === 'claimed' && <Button onClick={() => setOpen('unclaim')}>Return to the queue</Button>}
          <Button look="danger" onClick={() => setOpen('cancel')}>
            Cancel task
          </Button>
        </>
      )}
      {open === 'complete' && <Complete task={task} onClose={close} />}
      {open === 'cancel' && <Cancel task={task} onClose={close} />}
      {open === 'unclaim' && <Unclaim task={task} onClose={close} />}
    </div>
  );
}

interface FormProps {
  readonly task: Task;
  readonly onClose: () => void;
}

/** Says how a task ended, instead of whoever holds it. */
function Complete({ task, onClose }: FormProps) {
  const [outcome, setOutcome] = useState<TaskOutcome>('SUCCESS');
  return (
    <End title="Complete the task" action="Complete" outcome={outcome} task={task} onClose={onClose}>
      <Select
        label="Outcome"
        value={outcome}
        hint={OUTCOMES[outcome]}
        onChange={(event) => setOutcome(event.currentTarget.value as TaskOutcome)}
      >
        {Object.keys(OUTCOMES).map((one) => (
          <option key={one} value={one}>
            {outcomeWords(one)}
          </option>
        ))}
      </Select>
    </End>
  );
}

function Cancel({ task, onClose }: FormProps) {
  return (
    <End title="Cancel the task?" action="Cancel task" isDanger outcome="CANCELLED" task={task} onClose={onClose}>
      <p class="soft">
        {task.claimedBy === null
          ? 'Nobody can claim it any more. This can’t be undone.'
          : `${task.claimedBy} may be at work on it, and learns of it when it says how the task ended. This can’t be undone.`}
      </p>
    </End>
  );
}

interface EndProps extends FormProps {
  readonly title: string;
  readonly action: string;
  readonly isDanger?: boolean;
  readonly outcome: TaskOutcome;
  readonly children: preact.ComponentChildren;
}

function End({ title, action, isDanger = false, outcome, task, onClose, children }: EndProps) {
  const { client } = useMember();
  const { problems, submit } = useSubmission(['result']);
  const [result, setResult] = useState('');
  // Of the attempt that was seen as the form was opened: a newer one is not ended by what was said of an older.
  const [attempt] = useState(task.attempt);
  const end = () =>
    submit(
      () => (outcome === 'CANCELLED' ? 'Task cancelled' : 'Task completed'),
      () =>
        client.completeTask({
          taskId: task.taskId,
          outcome,
          attempt,
          ...(result.trim() === '' ? {} : { result }),
        }),
    );
  return (
    <FormDialog
      title={title}
      action={action}
      isDanger={isDanger}
      problem={problems.form}
      onClose={onClose}
      onSubmit={end}
    >
      {children}
      <TextArea
        label="Result"
        maxLength={limits.TASK_RESULT_MAX_CHARS}
        hint="What came of it, if there is something to say."
        value={result}
        onInput={(event) => setResult(event.currentTarget.value)}
        problem={problems.result}
      />
    </FormDialog>
  );
}

function Unclaim({ task, onClose }: FormProps) {
  const { client } = useMember();
  const { problems, submit } = useSubmission([]);
  const { taskId, claimedBy } = task;
  return (
    <FormDialog
      title="Return the task to the queue?"
      action="Return it"
      problem={problems.form}
      onClose={onClose}
      onSubmit={() =>
        submit(
          ({ message }) => message,
          () => client.unclaimTask({ taskId }),
        )
      }
    >
      <p class="soft">
        {claimedBy} no longer holds it, and whoever it is for can claim it anew. If {claimedBy} is still at work on it,
        the work may be done twice.
      </p>
    </FormDialog>
  );
}
