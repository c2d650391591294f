import { useMember } from '../../account/member.js';
import { Confirm } from '../../ui/confirm.js';
import { toast } from '../../ui/toast.js';
import { otherRole } from './member-row.js';
import { nameOf, type Person } from './people.js';

interface ChangeProps {
  readonly person: Person;
  readonly onClose: () => void;
}

export function ChangeRole({ person, onClose }: ChangeProps) {
  const self = useMember();
  const { client, uid } = self;
  const name = nameOf(person, self);
  const { memberId } = person;
  const role = otherRole(person);
  const change = async () => {
    await client.setMemberRole({ memberId, role });
    toast(`${name} is an ${role} now`);
    return true;
  };
  return (
    <Confirm title={`Make ${name} an ${role}?`} action={`Make ${role}`} onClose={onClose} onConfirm={change}>
      {role === 'admin'
        ? 'An admin makes keys, invites people and stops sessions, as you do.'
        : 'An auditor sees everything and changes nothing.'}
      {memberId === uid && ' This is you: another admin has to make you one again.'}
    </Confirm>
  );
}

/** Takes a person's access away, or an invitation back. */
export function Remove({ person, onClose }: ChangeProps) {
  const self = useMember();
  const { client, uid } = self;
  const name = nameOf(person, self);
  const { memberId, status } = person;
  const isInvited = status === 'invited';
  const remove = async () => {
    await client.removeMember({ memberId });
    toast(isInvited ? 'Invitation taken back' : `${name} was removed`);
    return true;
  };
  return (
    <Confirm
      title={isInvited ? `Take back the invitation of ${name}?` : `Remove ${name}?`}
      action={isInvited ? 'Take back' : 'Remove'}
      isDanger
      onClose={onClose}
      onConfirm={remove}
    >
      {isInvited
        ? 'Whoever signs in with that address gets an account of their own.'
        : 'They see nothing of this account any more, at once. They can be invited again.'}
      {memberId === uid && ' This is you: you lose your own access.'}
    </Confirm>
  );
}
