import type { ProgramState } from '@quarterdeck/contract';
import type { Live } from '../live/live.js';
import { NotRead } from '../ui/not-read.js';
import { When } from '../ui/time.js';
import { Summary } from './summary.js';

/** What a program left behind for its next session. */
export function Remembered({ live: { value: state, error } }: { live: Live<ProgramState | null> }) {
  if (state === undefined || state === null || state.revision === 0) {
    return (
      <section class="panel stack" aria-label="Program state">
        <h2>Program state</h2>
        <NotRead what="The program state" error={error} />
        {state === undefined && error === null && <p role="status">Reading what it remembers…</p>}
        {state !== undefined && (
          <p class="soft">
            It has left nothing behind yet. An agent does that with <code>update_program_state</code>, and its next
            session begins with it.
          </p>
        )}
      </section>
    );
  }
  return (
    <>
      <NotRead what="The program state" error={error} />
      <Summary state={state} written={<Written state={state} />} />
    </>
  );
}

/** Which write of the state this is, and who said that they made it. */
function Written({ state: { revision, updatedAt, sessionId } }: { state: ProgramState }) {
  return (
    <p class="faint wraps">
      Program state, revision <span class="number">{revision}</span>
      {updatedAt !== null && (
        <>
          , written <When at={updatedAt} />
        </>
      )}
      {sessionId !== null && (
        <>
          {' '}
          by <a href={`/sessions/${sessionId}`}>{sessionId}</a>
        </>
      )}
    </p>
  );
}
