import type { TaskPriority } from '@quarterdeck/contract';
import { groupOf } from '@quarterdeck/contract/views';
import { useId } from 'preact/hooks';
import { wordsOf } from '../fleet/words.js';
import { serverNow } from '../live/clock.js';
import { Select, TextField } from '../ui/field.js';
import { counted, shortTime } from '../ui/format.js';
import type { Target } from './targets.js';
import { secondsOf } from './time-to-live.js';

interface TextProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly problem?: string | undefined;
}

/** Whom it is for, with every program and group to choose from. */
export function TargetField({
  targets,
  value,
  onInput,
  problem,
  autoFocus = false,
}: TextProps & { readonly targets: readonly Target[] | undefined; readonly autoFocus?: boolean }) {
  const id = useId();
  const meant = targets?.find(({ target }) => target === value.trim());
  const isGroup = groupOf(value) !== undefined;
  return (
    <>
      <TextField
        label="For"
        required
        autoFocus={autoFocus}
        spellcheck={false}
        placeholder="A program, or group:reviewers"
        list={id}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        problem={problem}
        hint={isGroup && meant ? `${counted(meant.programs, 'program')} now.` : undefined}
      />
      <datalist id={id}>
        {targets?.map(({ target, programs }) => (
          <option key={target} value={target}>
            {groupOf(target) === undefined ? 'Program' : `Group of ${counted(programs, 'program')}`}
          </option>
        ))}
      </datalist>
    </>
  );
}

const PROPOSED = ['15 minutes', '1 hour', '8 hours', '1 day', '1 week', '30 days'];

/** How long it waits, in words; says until when that is. */
export function TimeToLiveField({ absent, value, onInput, problem }: TextProps & { readonly absent: string }) {
  const id = useId();
  const seconds = secondsOf(value);
  const now = serverNow();
  return (
    <>
      <TextField
        label="Time to live"
        spellcheck={false}
        placeholder="2 hours"
        list={id}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        problem={problem}
        hint={seconds === undefined ? absent : `Until ${untilText(seconds, now)}.`}
      />
      <datalist id={id}>
        {PROPOSED.map((words) => (
          <option key={words} value={words} />
        ))}
      </datalist>
    </>
  );
}

const PRIORITIES: readonly TaskPriority[] = ['high', 'normal', 'low'];

export function PriorityField({
  value,
  onChange,
}: {
  readonly value: TaskPriority;
  readonly onChange: (priority: TaskPriority) => void;
}) {
  return (
    <Select label="Priority" value={value} onChange={(event) => onChange(event.currentTarget.value as TaskPriority)}>
      {PRIORITIES.map((priority) => (
        <option key={priority} value={priority}>
          {wordsOf(priority)}
        </option>
      ))}
    </Select>
  );
}

/** What is longer than a year is refused anyway, and no calendar knows it. */
const SAID_MAX_SECONDS = 366 * 86_400;

function untilText(seconds: number, now: Date): string {
  return seconds > SAID_MAX_SECONDS ? 'a far day' : shortTime(new Date(now.getTime() + seconds * 1000), now);
}
