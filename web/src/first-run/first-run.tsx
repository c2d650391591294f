import { PROGRAM_ID_MAX_CHARS } from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { useSubmit } from '../account/use-submit.js';
import { Connect } from '../connect/connect.js';
import { ShownOnce } from '../connect/shown-once.js';
import { useAnswer } from '../live/answer.js';
import { serverNow } from '../live/clock.js';
import { allKeys } from '../settings/keys/all-keys.js';
import { byUse, type Key } from '../settings/keys/standing.js';
import { NoAnswer } from '../ui/as-answered.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { TextField } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { type FirstKey, firstKey } from './first-key.js';
import { proposedProgram } from './proposed-program.js';
import './first-run.css';

/** Where no session has ever been: from nothing to the first one. */
export function FirstRun() {
  const { role } = useMember();
  return role === 'admin' ? (
    <MakeFirstKey />
  ) : (
    <Empty title="No session yet">
      <p>An agent appears here as soon as it opens a session. For that an admin makes it a key.</p>
    </Empty>
  );
}

/** The key that was made here, beside the fleet too, until it is kept. Nothing when there is none. */
export function FirstKeyPanel({ isWaiting }: { isWaiting: boolean }) {
  const { accountId } = useMember();
  const { value } = firstKey;
  return value?.accountId === accountId ? <Made made={value} isWaiting={isWaiting} /> : null;
}

function MakeFirstKey() {
  const { client } = useMember();
  const answer = useAnswer(() => allKeys(client), [client]);
  return (
    <section class="panel first-run" aria-labelledby="first-run">
      <h2 id="first-run">Connect your first agent</h2>
      <p class="soft">
        An agent reports with a key of its own, and appears here as soon as it opens a session. Make it a key, and you
        get what to paste where it runs.
      </p>
      {answer.value === undefined ? (
        <NoAnswer answer={answer} what="keys" />
      ) : (
        <MakeKey keys={byUse(answer.value, serverNow()).inUse} />
      )}
    </section>
  );
}

function MakeKey({ keys }: { keys: readonly Key[] }) {
  const { client, accountId } = useMember();
  const [programId, setProgramId] = useState(() => proposedProgram(keys));
  const known = [...new Set(keys.filter(({ role }) => role === 'program').map((key) => key.programId))];
  const { problem, problems, isBusy, onSubmit } = useSubmit(['programId'], async () => {
    const id = programId.trim();
    const { key } = await client.createKey({ programId: id, label: 'First agent' });
    firstKey.value = { accountId, programId: id, key };
  });
  return (
    <form class="form" onSubmit={onSubmit}>
      {known.length > 0 && (
        <p>
          {known.length === 1 ? 'There is a key already, for ' : 'There are keys already, for '}
          <b>{known.join(', ')}</b>. A key is shown only when it is made: if nobody has kept it, make another.
        </p>
      )}
      {problem && <Problem>{problem}</Problem>}
      <div class="first-run-row">
        <TextField
          label="Program"
          required
          spellcheck={false}
          maxLength={PROGRAM_ID_MAX_CHARS}
          hint="A stable name for the agent. It keeps it from session to session."
          problem={problems.programId}
          value={programId}
          onInput={(event) => setProgramId(event.currentTarget.value)}
        />
        <Button look="main" type="submit" isBusy={isBusy}>
          {known.length > 0 ? 'Make another key' : 'Make the first key'}
        </Button>
      </div>
    </form>
  );
}

function Made({ made: { programId, key }, isWaiting }: { made: FirstKey; isWaiting: boolean }) {
  return (
    <section class="panel first-run" aria-labelledby="first-run">
      <h2 id="first-run">{isWaiting ? `Start ${programId}` : 'It works'}</h2>
      <p role="status" class="first-run-wait">
        <span class={isWaiting ? 'dot' : 'dot on'} aria-hidden="true" />
        {isWaiting ? 'Waiting for the first session…' : 'The first session is there. This page is your fleet now.'}
      </p>
      <ShownOnce text={key} what="key" />
      <Connect apiKey={key} keyRole="program" />
      <div class="entry-actions">
        <Button
          look={isWaiting ? 'plain' : 'main'}
          onClick={() => {
            firstKey.value = null;
          }}
        >
          I have kept the key
        </Button>
      </div>
    </section>
  );
}
