import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { Button } from '../../ui/button.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Dialog } from '../../ui/dialog.js';
import { Select, TextField } from '../../ui/field.js';
import { Problem } from '../../ui/problem.js';

type Role = 'admin' | 'auditor';

/** Lets somebody join by e-mail address. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { client } = useMember();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('auditor');
  const [invited, setInvited] = useState<string>();
  const { problem, problems, isBusy, onSubmit } = useSubmit(['email', 'role'], async () => {
    await client.inviteMember({ email, role });
    setInvited(email);
  });
  if (invited !== undefined) {
    return (
      <Dialog title={`${invited} is invited`} onClose={onClose}>
        <p class="soft">No mail is sent. Send them this address, and tell them to sign in as {invited}:</p>
        <CodeBlock text={`${location.origin}/`} label="Address of the dashboard" copy="Copy the address" />
        <div class="actions">
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {problem && <Problem>{problem}</Problem>}
        <TextField
          label="E-mail address"
          type="email"
          required
          autoFocus
          hint="They join when they sign in with it for the first time."
          problem={problems.email}
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value.trim())}
        />
        <Select
          label="Role"
          hint={
            role === 'admin'
              ? 'Makes keys, invites people and stops sessions, as you do.'
              : 'Sees everything and changes nothing.'
          }
          problem={problems.role}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        >
          <option value="auditor">auditor</option>
          <option value="admin">admin</option>
        </Select>
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" isBusy={isBusy}>
            Invite
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
