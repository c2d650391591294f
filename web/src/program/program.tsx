import { documents } from '@quarterdeck/contract/views';
import { doc } from 'firebase/firestore';
import { useRoute } from 'preact-iso';
import { useMember } from '../account/member.js';
import { moveAmongCards } from '../fleet/move-among-cards.js';
import { listenToDocument, useLive } from '../live/live.js';
import { readProgram } from '../programs/read-program.js';
import { useKeys } from '../shell/keys.js';
import { Empty } from '../ui/empty.js';
import { NotRead } from '../ui/not-read.js';
import { Config } from './config.js';
import { ContextHistory } from './context-history.js';
import { Head } from './head.js';
import { LiveSessions } from './live-sessions.js';
import { Memories } from './memories.js';
import { PastSessions } from './past-sessions.js';
import { Patterns } from './patterns.js';
import { readProgramState } from './read-program-state.js';
import { Remembered } from './remembered.js';
import './program.css';

/** One program: how it stands, what it remembers, and what it did. */
export function Program() {
  const { programId = '' } = useRoute().params;
  // Another program begins anew: nothing that was opened or loaded for the one before is shown for it.
  return <OneProgram key={programId} programId={programId} />;
}

function OneProgram({ programId }: { programId: string }) {
  const { accountId, services } = useMember();
  useKeys({ j: () => moveAmongCards(1), k: () => moveAmongCards(-1) });
  const listener = useLive(
    () => listenToDocument(doc(services.db, documents.program(accountId, programId)), readProgram),
    [],
  );
  const state = useLive(
    () => listenToDocument(doc(services.db, documents.programState(accountId, programId)), readProgramState),
    [],
  );
  const { value: program, error } = listener.value;
  if (program === undefined) {
    return error === null ? <p role="status">Reading the program…</p> : <NotRead what="The program" error={error} />;
  }
  if (program === null) return <Missing programId={programId} />;
  const written = state.value.value;
  return (
    <article class="program">
      <Head program={program} />
      <LiveSessions program={program} />
      <div class="program-columns">
        <div class="program-column">
          <Remembered live={state.value} />
          <ContextHistory programId={programId} />
          {written && <Patterns state={written} />}
        </div>
        <div class="program-column">
          <PastSessions programId={programId} />
          {written && <Config state={written} />}
          <Memories programId={programId} />
        </div>
      </div>
    </article>
  );
}

function Missing({ programId }: { programId: string }) {
  return (
    <Empty title="There is no such program">
      <p>
        No program of this account is called <code>{programId}</code>. The address may have a typing error, or the
        program may belong to another account. <a href="/programs">See all programs</a>
      </p>
    </Empty>
  );
}
