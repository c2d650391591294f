import { KEY_LABEL_MAX_CHARS, KEY_LIFE_MAX_DAYS, PROGRAM_ID_MAX_CHARS } from '@quarterdeck/contract/limits';
import { useId, useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Select, TextField } from '../../ui/field.js';
import { Problem } from '../../ui/problem.js';
import type { Made } from './made-key.js';

type Role = 'program' | 'auditor' | 'admin';

const ROLES: Readonly<Record<Role, string>> = {
  program: 'It reports for its program, and reads what its program may read.',
  auditor: 'It reads everything of the account, and changes nothing.',
  admin: 'It may do what you may: give it to what looks after the fleet, never to an agent.',
};

interface CreateKeyProps {
  /** To propose. */
  readonly programs: readonly string[];
  readonly onMade: (made: Made) => void;
  readonly onClose: () => void;
}

export function CreateKey({ programs, onMade, onClose }: CreateKeyProps) {
  const { client } = useMember();
  const list = useId();
  const [programId, setProgramId] = useState('');
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<Role>('program');
  const [days, setDays] = useState('');
  const { problem, problems, isBusy, onSubmit } = useSubmit(
    ['programId', 'label', 'role', 'expiresInDays'],
    async () => {
      const { key } = await client.createKey({
        programId: programId.trim(),
        label,
        role,
        ...(days !== '' && { expiresInDays: Number(days) }),
      });
      onMade({ key, programId: programId.trim(), role, oldKeyValidUntil: null });
    },
  );
  return (
    <Dialog title="Make a key" onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {problem && <Problem>{problem}</Problem>}
        <TextField
          label="Program"
          required
          autoFocus
          spellcheck={false}
          maxLength={PROGRAM_ID_MAX_CHARS}
          list={list}
          placeholder="builder"
          hint="A stable name for one agent. The first key of a name makes the program."
          problem={problems.programId}
          value={programId}
          onInput={(event) => setProgramId(event.currentTarget.value)}
        />
        <datalist id={list}>
          {programs.map((program) => (
            <option key={program} value={program} />
          ))}
        </datalist>
        <TextField
          label="Label"
          required
          maxLength={KEY_LABEL_MAX_CHARS}
          placeholder="Ada’s laptop"
          hint="What the key is for, so that you recognise it later."
          problem={problems.label}
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
        <div class="form-row">
          <Select
            label="Role"
            hint={ROLES[role]}
            problem={problems.role}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          >
            {Object.keys(ROLES).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
          <TextField
            label="Expires after, in days"
            type="number"
            min={1}
            max={KEY_LIFE_MAX_DAYS}
            step={1}
            placeholder="never"
            hint={`Empty: it does not expire. At most ${KEY_LIFE_MAX_DAYS.toLocaleString()}.`}
            problem={problems.expiresInDays}
            value={days}
            onInput={(event) => setDays(event.currentTarget.value)}
          />
        </div>
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" isBusy={isBusy}>
            Make the key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
