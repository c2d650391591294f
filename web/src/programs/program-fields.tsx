import * as limits from '@quarterdeck/contract/limits';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import type { FieldProblems } from '../ui/field-problems.js';
import { LabelsField } from '../ui/labels-field.js';
import type { Draft } from './draft.js';
import './program-fields.css';

interface ProgramFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly problems: FieldProblems;
  /** Groups that other programs are in. */
  readonly groups?: readonly string[];
}

/** What people say about a program, to be entered. */
export function ProgramFields({ draft, onChange, problems, groups = [] }: ProgramFieldsProps) {
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <>
      <TextField
        label="Name"
        hint="How people call it. Left empty, its id is its name."
        maxLength={limits.NAME_MAX_CHARS}
        value={draft.displayName}
        problem={problems.displayName}
        onInput={(event) => set({ displayName: event.currentTarget.value })}
      />
      <div class="form-row">
        <TextField
          label="Role"
          hint="What it is for, such as “reviewer”. Gives no rights."
          maxLength={limits.PROGRAM_LABEL_MAX_CHARS}
          value={draft.role}
          problem={problems.role}
          onInput={(event) => set({ role: event.currentTarget.value })}
        />
        <ColorField color={draft.color} problem={problems.color} onChange={(color) => set({ color })} />
      </div>
      <LabelsField
        label="Groups"
        one="group"
        hint="Tasks and messages can go to a whole group."
        maxLength={limits.PROGRAM_LABEL_MAX_CHARS}
        proposals={groups}
        labels={draft.groups}
        problem={problems.groups}
        onChange={(next) => set({ groups: next })}
      />
      <LabelsField
        label="Tags"
        one="tag"
        maxLength={limits.PROGRAM_LABEL_MAX_CHARS}
        labels={draft.tags}
        problem={problems.tags}
        onChange={(next) => set({ tags: next })}
      />
    </>
  );
}

function ColorField({
  color,
  problem,
  onChange,
}: {
  color: string;
  problem: string | undefined;
  onChange: (color: string) => void;
}) {
  return (
    <fieldset class="field color-field">
      <legend>Colour</legend>
      <div>
        <input
          type="color"
          aria-label="Colour"
          // A field of this type always shows one; what it shows before somebody chooses is what a program without one looks like.
          value={color === '' ? NO_COLOR : color}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        {color === '' ? (
          <span class="faint">None</span>
        ) : (
          <Button look="quiet" onClick={() => onChange('')}>
            Take it away
          </Button>
        )}
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

const NO_COLOR = '#808080';
