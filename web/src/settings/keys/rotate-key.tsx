import { ROTATION_GRACE_MAX_MINUTES } from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Select } from '../../ui/field.js';
import { counted } from '../../ui/format.js';
import { Problem } from '../../ui/problem.js';
import type { Made } from './made-key.js';
import type { Key } from './standing.js';

const GRACES = [0, 5, 15, ROTATION_GRACE_MAX_MINUTES];

interface RotateKeyProps {
  readonly apiKey: Key;
  readonly onMade: (made: Made) => void;
  readonly onClose: () => void;
}

/** Replaces a key by a successor. */
export function RotateKey({ apiKey: { keyHash, programId, label, role }, onMade, onClose }: RotateKeyProps) {
  const { client } = useMember();
  const [grace, setGrace] = useState(ROTATION_GRACE_MAX_MINUTES);
  const { problem, problems, isBusy, onSubmit } = useSubmit(['graceMinutes'], async () => {
    const { key, oldKeyValidUntil } = await client.rotateKey({ keyHash, graceMinutes: grace });
    onMade({ key, programId, role, oldKeyValidUntil: new Date(oldKeyValidUntil) });
  });
  return (
    <Dialog title={`Rotate “${label}”`} onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        <p class="soft">
          {programId} gets a new key with the same role, label and expiry. Put it where the old one is before that one
          ends.
        </p>
        {problem && <Problem>{problem}</Problem>}
        <Select
          label="The old key works for"
          value={String(grace)}
          problem={problems.graceMinutes}
          onChange={(event) => setGrace(Number(event.currentTarget.value))}
        >
          {GRACES.map((minutes) => (
            <option key={minutes} value={String(minutes)}>
              {minutes === 0 ? 'No longer: it ends at once' : counted(minutes, 'minute')}
            </option>
          ))}
        </Select>
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" isBusy={isBusy}>
            Rotate
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
