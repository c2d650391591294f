import { NAME_MAX_CHARS } from '@quarterdeck/contract/limits';
import { documents } from '@quarterdeck/contract/views';
import { doc } from 'firebase/firestore';
import { useState } from 'preact/hooks';
import { signOut } from '../../account/identity.js';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { useSessions } from '../../fleet/sessions.js';
import { listenToDocument, useLive } from '../../live/live.js';
import { theme } from '../../shell/theme.js';
import { chooseTheme, ThemeOptions } from '../../shell/theme-options.js';
import { Button } from '../../ui/button.js';
import { Select, TextField } from '../../ui/field.js';
import { counted } from '../../ui/format.js';
import { Meter } from '../../ui/meter.js';
import { Problem } from '../../ui/problem.js';
import { AsOf, When } from '../../ui/time.js';
import { toast } from '../../ui/toast.js';
import { OnlyLooking } from '../only-looking.js';
import { Export } from './export.js';
import { type AccountDocument, readAccount } from './read-account.js';
import { ThresholdsPart } from './thresholds.js';
import '../settings.css';
import './account.css';

/** The account itself, and the person who looks at it. */
export function Account() {
  const { accountId, services } = useMember();
  const live = useLive(
    () => listenToDocument(doc(services.db, documents.account(accountId)), readAccount),
    [accountId],
  );
  const { value: account, error } = live.value;
  return (
    <div class="settings">
      <div class="page-head">
        <h1>Account</h1>
        <AsOf />
      </div>
      <OnlyLooking />
      {error !== null && <Problem>The account can’t be read any more: {error.message}. Reload the page.</Problem>}
      {!account && error === null && <p role="status">Reading the account…</p>}
      {account && (
        <>
          <NamePart account={account} />
          <SlotsPart account={account} />
          <ThresholdsPart stored={account.thresholds} />
          <Export accountName={account.name} />
        </>
      )}
      <You />
    </div>
  );
}

function NamePart({ account: { name, createdAt } }: { account: AccountDocument }) {
  const { accountId, role, client } = useMember();
  const [draft, setDraft] = useState<string>();
  const { problem, problems, isBusy, onSubmit } = useSubmit(['name'], async () => {
    await client.updateAccount({ name: draft ?? name });
    setDraft(undefined);
    toast('Name changed');
  });
  return (
    <section class="panel part">
      <h2>Name</h2>
      {role === 'admin' ? (
        <form class="account-name" onSubmit={onSubmit}>
          <TextField
            label="Name of the account"
            required
            maxLength={NAME_MAX_CHARS}
            problem={problems.name}
            value={draft ?? name}
            onInput={(event) => setDraft(event.currentTarget.value)}
          />
          <Button type="submit" isBusy={isBusy} disabled={draft === undefined || draft === name}>
            Rename
          </Button>
        </form>
      ) : (
        <p>{name}</p>
      )}
      {problem && <Problem>{problem}</Problem>}
      <p class="faint">
        Account <code>{accountId}</code>
        {createdAt !== null && (
          <>
            , made <When at={createdAt} />
          </>
        )}
      </p>
    </section>
  );
}

/** How many sessions may be live at once, and how many are. */
function SlotsPart({ account: { tier, sessionLimit } }: { account: AccountDocument }) {
  const live = useSessions().live.value.value;
  return (
    <section class="panel part">
      <h2>Sessions at once</h2>
      <p class="number">
        {live === undefined ? 'Counting…' : `${counted(live.length, 'live session')}`}
        {sessionLimit === null && <span class="soft">, and there is no limit</span>}
        {typeof sessionLimit === 'number' && <span class="soft"> of {sessionLimit.toLocaleString()}</span>}
      </p>
      {live !== undefined && typeof sessionLimit === 'number' && (
        <Meter
          share={live.length / sessionLimit}
          label="Slots in use"
          hue={live.length >= sessionLimit ? 'needs' : 'accent'}
        />
      )}
      <p class="faint">
        {live !== undefined && typeof sessionLimit === 'number' && live.length >= sessionLimit
          ? 'Every slot is in use: a further session is refused until one ends. '
          : ''}
        Tier “{tier}”. Only the operator of this deployment can change the tier and the limit.
      </p>
    </section>
  );
}

/** Who is signed in here, and how the page looks on this device. */
function You() {
  const { name, role, services } = useMember();
  return (
    <section class="panel part">
      <h2>You, on this device</h2>
      <p>
        {name ?? 'Signed in'} <span class="faint">{role}</span>
      </p>
      <div class="account-you">
        <Select label="Theme" value={theme.value} onChange={chooseTheme}>
          <ThemeOptions />
        </Select>
        <Button onClick={() => signOut(services)}>Sign out</Button>
      </div>
      <p class="faint">Signing out forgets what this device knows of the account.</p>
    </section>
  );
}
