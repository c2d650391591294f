import type { Program } from '@quarterdeck/contract';
import { ATTENTION } from '@quarterdeck/contract/views';
import { useMember } from '../account/member.js';
import { Card } from '../fleet/card.js';
import { useSessions } from '../fleet/sessions.js';
import { Empty } from '../ui/empty.js';
import '../fleet/fleet.css';

/** The sessions of a program that live now, those that need you first. */
export function LiveSessions({ program: { programId, retiredAt } }: { program: Program }) {
  const { role } = useMember();
  const { live, zones } = useSessions();
  const byAttention = zones.value;
  const sessions = ATTENTION.filter((attention) => attention !== 'done').flatMap((attention) =>
    byAttention[attention]
      .filter((session) => session.programId === programId)
      .map((session) => ({ attention, session })),
  );
  if (live.value.value === undefined) return <p role="status">Reading the sessions…</p>;
  if (sessions.length === 0) {
    return (
      <Empty title="No live session">
        <p>
          {retiredAt === null
            ? 'One appears here as soon as its agent opens it with a key of this program.'
            : 'The program is retired, so none can be opened.'}
        </p>
        {role === 'admin' && retiredAt === null && (
          <a class="button" href="/settings/keys">
            Keys
          </a>
        )}
      </Empty>
    );
  }
  return (
    <section aria-label="Live sessions">
      <h2 class="program-heading">
        Live sessions <span class="number">{sessions.length}</span>
      </h2>
      <div class="cards">
        {sessions.map(({ session, attention }) => (
          // What waits for the program stands in its head, once.
          <Card key={session.sessionId} session={session} attention={attention} row={undefined} />
        ))}
      </div>
    </section>
  );
}
