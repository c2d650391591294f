import { groupOf } from '@quarterdeck/contract/views';
import { targetName } from './targets.js';

/** Whom something is for; a program leads to its page. */
export function TargetLink({ target }: { target: string }) {
  return groupOf(target) === undefined ? (
    <a href={`/programs/${target}`}>{target}</a>
  ) : (
    <span>{targetName(target)}</span>
  );
}
