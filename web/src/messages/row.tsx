import { wordsOf } from '../fleet/words.js';
import { counted } from '../ui/format.js';
import { Tag } from '../ui/tag.js';
import { Age } from '../ui/time.js';
import type { Thread } from './letters.js';
import { Parties } from './parties.js';
import { Reading, useWaits } from './reading.js';
import { typeWords } from './words.js';

/** One thread among many: its newest letter, and how far it was read. */
export function Row({ thread, people }: { thread: Thread; people: ReadonlyMap<string, string> }) {
  const { threadId, letters } = thread;
  const [newest] = letters;
  const { said } = newest;
  const waits = useWaits(newest);
  return (
    <li class={waits ? 'row thread-row waits' : 'row thread-row'}>
      <p class="thread-parties cut">
        <Parties letter={newest} people={people} />
      </p>
      <h2 class="row-title thread-said">
        <a href={`/messages/${threadId}`} data-card>
          {said.message}
        </a>
      </h2>
      <p class="thread-standing">
        <Reading letter={newest} />
        <Tag>{typeWords(said.messageType)}</Tag>
        {said.priority !== 'normal' && <Tag>{wordsOf(said.priority)} priority</Tag>}
        {letters.length > 1 && <span class="faint number">{counted(letters.length, 'message')}</span>}
      </p>
      <p class="thread-time">
        <Age since={said.sentAt} /> ago
      </p>
    </li>
  );
}
