import { wordsOf } from '../fleet/words.js';
import { Button } from '../ui/button.js';
import { Tag } from '../ui/tag.js';
import { Left, When } from '../ui/time.js';
import { type Letter, letterIdOf } from './letters.js';
import { Parties } from './parties.js';
import { Reading, useWaits } from './reading.js';
import { typeWords } from './words.js';

interface LetterProps {
  readonly letter: Letter;
  /** Those that are shown beside it: what it answers may be among them. */
  readonly known: readonly Letter[];
  readonly people: ReadonlyMap<string, string>;
  /** Absent: who looks can't answer. */
  readonly onAnswer?: ((letter: Letter) => void) | undefined;
}

/** One letter of a thread, with who has read it. */
export function LetterView({ letter, known, people, onAnswer }: LetterProps) {
  const { said, copies, letterId } = letter;
  const waits = useWaits(letter);
  const quoted = said.replyTo && known.find((one) => one.letterId === letterIdOf(said.replyTo as string));
  return (
    <li id={letterId} class={waits ? 'letter panel waits' : 'letter panel'}>
      <header class="letter-head">
        <h2>
          <Parties letter={letter} people={people} />
        </h2>
        <When at={said.sentAt} class="faint" />
      </header>
      {quoted && (
        <p class="quoted cut">
          <a href={`#${quoted.letterId}`}>{quoted.said.message}</a>
        </p>
      )}
      <p class="wraps letter-said">{said.message}</p>
      <footer class="thread-standing">
        <Reading letter={letter} />
        {copies.length === 1 && said.readAt !== null && <When at={said.readAt} class="faint" />}
        <Tag>{typeWords(said.messageType)}</Tag>
        {said.priority !== 'normal' && <Tag>{wordsOf(said.priority)} priority</Tag>}
        {waits && (
          <span class="faint">
            <Left until={said.expiresAt} /> left
          </span>
        )}
        {onAnswer && (
          <Button look="quiet" onClick={() => onAnswer(letter)}>
            Reply
          </Button>
        )}
      </footer>
      {copies.length > 1 && (
        <details class="readers">
          <summary>Who has read it</summary>
          <ul>
            {copies.map(({ messageId, programId, readAt }) => (
              <li key={messageId}>
                <a href={`/programs/${programId}`}>{programId}</a>
                <span class="faint">{readAt === null ? 'not yet' : <When at={readAt} />}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
