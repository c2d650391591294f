import { useComputed } from '@preact/signals';
import { knownUntil } from '../live/connection.js';
import { Tag } from '../ui/tag.js';
import { isWaiting, type Letter, readersOf, readingText } from './letters.js';

/** How far a letter was read, and whether anybody still can. */
export function Reading({ letter }: { letter: Letter }) {
  const isUnread = readersOf(letter) < letter.copies.length;
  return (
    <>
      <span class={useWaits(letter) ? 'unread' : 'faint'}>{readingText(letter)}</span>
      {isUnread && <Expired key={letter.said.expiresAt.getTime()} letter={letter} />}
    </>
  );
}

function Expired({ letter }: { letter: Letter }) {
  const isExpired = useComputed(() => letter.said.expiresAt <= knownUntil.value);
  if (!isExpired.value) return null;
  return (
    <Tag
      hue="stale"
      title="Nobody gets it any more. The database removes its copies one by one: those left are counted."
    >
      Expired
    </Tag>
  );
}

/** True while somebody still has to read the letter, and can; counted anew when its time is over. */
export function useWaits(letter: Letter): boolean {
  const isOver = useComputed(() => letter.said.expiresAt <= knownUntil.value);
  void isOver.value;
  return isWaiting(letter, knownUntil.peek());
}
