import type { Program } from '@quarterdeck/contract';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { draftOf, patchOf } from '../programs/draft.js';
import { ProgramFields } from '../programs/program-fields.js';
import { nameOf } from '../programs/read-program.js';
import { useProgramForm } from '../programs/use-program-form.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Problem } from '../ui/problem.js';

/** Changes what people say about a program. */
export function EditProgram({ program, onClose }: { program: Program; onClose: () => void }) {
  const { client } = useMember();
  // As it was when the dialog opened: what changes meanwhile is somebody else's, and stays.
  const [before] = useState(() => draftOf(program));
  const [draft, setDraft] = useState(before);
  const { problem, problems, isBusy, onSubmit } = useProgramForm(
    'Program changed',
    () => client.updateProgram({ programId: program.programId, ...patchOf(before, draft) }),
    onClose,
  );
  return (
    <Dialog title={`Edit “${nameOf(program)}”`} onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {problem && <Problem>{problem}</Problem>}
        <ProgramFields draft={draft} onChange={setDraft} problems={problems} />
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" isBusy={isBusy} disabled={Object.keys(patchOf(before, draft)).length === 0}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
