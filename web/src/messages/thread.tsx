import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { useMember } from '../account/member.js';
import { usePeople } from '../account/people.js';
import { useTargets } from '../targets/use-targets.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { counted } from '../ui/format.js';
import { Problem } from '../ui/problem.js';
import { AsOf, When } from '../ui/time.js';
import { Compose } from './compose.js';
import { LetterView } from './letter.js';
import { answerTarget, type Known, type Letter } from './letters.js';
import { useThread } from './use-messages.js';
import '../session/session.css';
import '../ui/rows.css';
import './messages.css';

/** What was said in a thread, from the oldest to the newest. Looking at it marks nothing as read. */
export function Thread() {
  const { threadId = '' } = useRoute().params;
  const [steps, setSteps] = useState(1);
  const { known, error } = useThread(threadId, steps);
  if (error) return <Problem>The thread can’t be read: {error.message} Reload the page to try again.</Problem>;
  if (known === undefined) return <p role="status">Reading the thread…</p>;
  if (known.letters.length === 0) return <Missing threadId={threadId} />;
  return <Letters key={threadId} threadId={threadId} known={known} onMore={() => setSteps(steps + 1)} />;
}

function Letters({ threadId, known, onMore }: { threadId: string; known: Known; onMore: () => void }) {
  const { role } = useMember();
  const people = usePeople();
  const targets = useTargets();
  const [answered, setAnswered] = useState<Letter>();
  const oldestFirst = [...known.letters].reverse();
  const newest = known.letters[0];
  const onAnswer = role === 'admin' ? setAnswered : undefined;
  return (
    <article class="thread">
      <header class="session-head">
        <p class="crumbs">
          <a href="/messages">Messages</a>
        </p>
        <div class="page-head thread-head">
          <h1>Thread</h1>
          <AsOf />
          {onAnswer && newest && (
            <div class="actions">
              <Button look="main" onClick={() => onAnswer(newest)}>
                Reply
              </Button>
            </div>
          )}
        </div>
        <p class="faint wraps">
          {counted(oldestFirst.length, 'message')} in <code>{threadId}</code>
        </p>
      </header>
      {known.since !== null && (
        <div class="rows-foot">
          <span class="faint">
            What was said after <When at={known.since} />.
          </span>
          <Button look="quiet" onClick={onMore}>
            Show older
          </Button>
        </div>
      )}
      <ol class="letters" aria-label="Messages, the oldest first">
        {oldestFirst.map((letter) => (
          <LetterView key={letter.letterId} letter={letter} known={known.letters} people={people} onAnswer={onAnswer} />
        ))}
      </ol>
      {answered && (
        <Compose
          targets={targets}
          target={answerTarget(answered)}
          answered={answered}
          onClose={() => setAnswered(undefined)}
        />
      )}
    </article>
  );
}

function Missing({ threadId }: { threadId: string }) {
  return (
    <Empty title="There is nothing in this thread">
      <p>
        No message of this account belongs to <code>{threadId}</code>. Messages are removed when their time to live is
        over. <a href="/messages">See all messages</a>
      </p>
    </Empty>
  );
}
