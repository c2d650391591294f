import { TargetLink } from '../targets/target-link.js';
import { actorName } from '../ui/format.js';
import type { Letter } from './letters.js';

/** Who said something to whom. */
export function Parties({ letter, people }: { letter: Letter; people: ReadonlyMap<string, string> }) {
  const { from, sender, target, sessionId } = letter.said;
  return (
    <>
      {from === null ? actorName(sender, people) : <TargetLink target={from} />}
      <span aria-hidden="true"> → </span>
      <span class="unseen"> to </span>
      <TargetLink target={target} />
      {sessionId !== null && (
        <>
          {' in '}
          <a href={`/sessions/${sessionId}`}>{sessionId}</a>
        </>
      )}
    </>
  );
}
