import { useMember } from '../../account/member.js';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { When } from '../../ui/time.js';
import { nameOf, type Person } from './people.js';

interface MemberRowProps {
  readonly person: Person;
  readonly onChangeRole: () => void;
  readonly onRemove: () => void;
}

export function MemberRow({ person, onChangeRole, onRemove }: MemberRowProps) {
  const self = useMember();
  const { memberId, email, role, status, since } = person;
  const name = nameOf(person, self);
  const isInvited = status === 'invited';
  return (
    <li class="entry" data-card tabIndex={-1}>
      <div class="entry-text">
        <p class="entry-head">
          <b>{name}</b>
          <Tag hue={role === 'admin' ? 'working' : 'quiet'}>{role}</Tag>
          {memberId === self.uid && <Tag>you</Tag>}
          {!isInvited && status !== 'active' && <Tag hue="stale">{status}</Tag>}
        </p>
        <p class="entry-facts">
          {email !== null && email !== name && <span>{email}</span>}
          {since !== null && (
            <span>
              {isInvited ? 'invited' : 'joined'} <When at={since} />
            </span>
          )}
        </p>
      </div>
      {self.role === 'admin' && (
        <div class="entry-actions">
          <Button onClick={onChangeRole} aria-label={`Make ${otherRole(person)}: ${name}`}>
            Make {otherRole(person)}
          </Button>
          <Button onClick={onRemove} aria-label={isInvited ? `Take back the invitation of ${name}` : `Remove ${name}`}>
            {isInvited ? 'Take back' : 'Remove'}
          </Button>
        </div>
      )}
    </li>
  );
}

/** What a person would be made: there are two roles. */
export function otherRole({ role }: Pick<Person, 'role'>): 'admin' | 'auditor' {
  return role === 'admin' ? 'auditor' : 'admin';
}
