import { collections } from '@quarterdeck/contract/views';
import { collection, query } from 'firebase/firestore';
import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { listenToQuery, useLive } from '../../live/live.js';
import { Button } from '../../ui/button.js';
import { Problem } from '../../ui/problem.js';
import { AsOf } from '../../ui/time.js';
import { useRowKeys } from '../move.js';
import { OnlyLooking } from '../only-looking.js';
import { ChangeRole, Remove } from './change-member.js';
import { Invite } from './invite.js';
import { MemberRow } from './member-row.js';
import { byStanding, type Person, readPerson } from './people.js';
import '../settings.css';

type Open = { readonly kind: 'invite' } | { readonly kind: 'role' | 'remove'; readonly person: Person };

/** Who can sign in to the account, and who is invited. */
export function Members() {
  const { accountId, role, services } = useMember();
  const live = useLive(
    () => listenToQuery(query(collection(services.db, collections.members(accountId))), readPerson),
    [accountId],
  );
  const [open, setOpen] = useState<Open>();
  useRowKeys();
  const { value, error } = live.value;
  const { joined, invited } = byStanding(value ?? []);
  const close = () => setOpen(undefined);
  const row = (person: Person) => (
    <MemberRow
      key={person.memberId}
      person={person}
      onChangeRole={() => setOpen({ kind: 'role', person })}
      onRemove={() => setOpen({ kind: 'remove', person })}
    />
  );
  return (
    <div class="settings">
      <div class="page-head">
        <h1>Members</h1>
        <AsOf />
        {role === 'admin' && (
          <div class="actions">
            <Button look="main" onClick={() => setOpen({ kind: 'invite' })}>
              Invite somebody
            </Button>
          </div>
        )}
      </div>
      <p class="soft">
        People who see this account. An admin may change everything but what programs remember; an auditor sees
        everything and changes nothing.
      </p>
      <OnlyLooking />
      {error !== null && <Problem>The members can’t be read any more: {error.message}. Reload the page.</Problem>}
      {value === undefined && error === null && <p role="status">Reading the members…</p>}
      {joined.length > 0 && (
        <section class="part">
          <h2>
            Members <span class="number">{joined.length}</span>
          </h2>
          <ul class="entries">{joined.map(row)}</ul>
        </section>
      )}
      {invited.length > 0 && (
        <section class="part">
          <h2>
            Invited <span class="number">{invited.length}</span>
          </h2>
          <p class="faint">
            No mail is sent. Tell them to open {location.origin} and to sign in with that address; they join with it.
          </p>
          <ul class="entries">{invited.map(row)}</ul>
        </section>
      )}
      {open?.kind === 'invite' && <Invite onClose={close} />}
      {open?.kind === 'role' && <ChangeRole person={open.person} onClose={close} />}
      {open?.kind === 'remove' && <Remove person={open.person} onClose={close} />}
    </div>
  );
}
