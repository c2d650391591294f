import type { TaskPriority } from '@quarterdeck/contract';
import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { useSubmission } from '../account/submission.js';
import { PriorityField, TargetField, TimeToLiveField } from '../targets/fields.js';
import { type Target, targetName } from '../targets/targets.js';
import { timeToLiveOf } from '../targets/time-to-live.js';
import { TextArea, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';

const BOUNDS = { min: limits.TASK_TTL_MIN_SECONDS, max: limits.TASK_TTL_MAX_SECONDS };
const FIELDS = ['title', 'target', 'instructions', 'ttlSeconds'];

interface CreateTaskProps {
  readonly targets: readonly Target[] | undefined;
  /** Whom it is for, unless somebody else is named; empty: nobody yet. */
  readonly target: string;
  readonly onClose: () => void;
}

/** Gives a program, or a group, something to do. */
export function CreateTask({ targets, target, onClose }: CreateTaskProps) {
  const { client } = useMember();
  const { problems, submit } = useSubmission(FIELDS);
  const [task, setTask] = useState({ title: '', target, instructions: '', ttl: '' });
  const [priority, setPriority] = useState<TaskPriority>('normal');
  const [isTried, setTried] = useState(false);
  const set = (change: Partial<typeof task>) => setTask({ ...task, ...change });
  const ttl = timeToLiveOf(task.ttl, BOUNDS);
  const create = async () => {
    setTried(true);
    if ('problem' in ttl) return false;
    return submit(
      () => `Task created for ${targetName(task.target.trim())}`,
      () =>
        client.createTask({
          title: task.title,
          target: task.target.trim(),
          priority,
          ...(task.instructions.trim() === '' ? {} : { instructions: task.instructions }),
          ...(ttl.seconds === undefined ? {} : { ttlSeconds: ttl.seconds }),
        }),
    );
  };
  return (
    <FormDialog title="New task" action="Create task" problem={problems.form} onClose={onClose} onSubmit={create}>
      <TextField
        label="Title"
        required
        autoFocus
        maxLength={limits.TASK_TITLE_MAX_CHARS}
        value={task.title}
        onInput={(event) => set({ title: event.currentTarget.value })}
        problem={problems.title}
      />
      <TargetField
        targets={targets}
        value={task.target}
        onInput={(target) => set({ target })}
        problem={problems.target}
      />
      <TextArea
        label="Instructions"
        rows={6}
        maxLength={limits.TASK_INSTRUCTIONS_MAX_CHARS}
        hint="All that its holder needs to know."
        value={task.instructions}
        onInput={(event) => set({ instructions: event.currentTarget.value })}
        problem={problems.instructions}
      />
      <div class="form-row">
        <PriorityField value={priority} onChange={setPriority} />
        <TimeToLiveField
          absent="Without one it waits for ever."
          value={task.ttl}
          onInput={(ttl) => set({ ttl })}
          problem={problems.ttlSeconds ?? (isTried && 'problem' in ttl ? ttl.problem : undefined)}
        />
      </div>
    </FormDialog>
  );
}
