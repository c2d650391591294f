import type { Program } from '@quarterdeck/contract';
import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { BLANK, patchOf } from './draft.js';
import { ProgramFields } from './program-fields.js';
import { groupsOf } from './sections.js';
import { useProgramForm } from './use-program-form.js';

/** Makes a program, and shows it. */
export function CreateProgram({ programs, onClose }: { programs: readonly Program[]; onClose: () => void }) {
  const { client } = useMember();
  const { route } = useLocation();
  const [programId, setProgramId] = useState('');
  const [draft, setDraft] = useState(BLANK);
  const { problem, problems, isBusy, onSubmit } = useProgramForm(
    'Program created',
    () => client.createProgram({ programId, ...patchOf(BLANK, draft) }),
    () => {
      onClose();
      route(`/programs/${programId}`);
    },
  );
  const isRetired = programs.some((program) => program.programId === programId && program.retiredAt !== null);
  return (
    <Dialog title="New program" onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {problem && <Problem>{problem}</Problem>}
        <TextField
          label="Id"
          required
          autoFocus
          spellcheck={false}
          maxLength={limits.PROGRAM_ID_MAX_CHARS}
          hint={
            isRetired
              ? 'It was retired. This puts it back into service, with what it remembers.'
              : 'Letters, digits, “-” and “_”. It stays for good.'
          }
          placeholder="release-captain"
          value={programId}
          problem={problems.programId}
          onInput={(event) => setProgramId(event.currentTarget.value.trim())}
        />
        <ProgramFields draft={draft} onChange={setDraft} problems={problems} groups={groupsOf(programs)} />
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" isBusy={isBusy} disabled={programId === ''}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
