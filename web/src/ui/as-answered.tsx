import type { Answer } from '../live/answer.js';
import { Button } from './button.js';
import { Problem } from './problem.js';
import { When } from './time.js';
import './as-answered.css';

/** Of what moment an answer is, and a way to a newer one: it is not live. */
export function AsAnswered({ answer: { at, isAsking, again } }: { answer: Answer<unknown> }) {
  return (
    <span class="as-answered">
      {at !== null && (
        <span>
          As of <When at={at} />
        </span>
      )}
      <Button look="quiet" isBusy={isAsking} onClick={again}>
        Refresh
      </Button>
    </span>
  );
}

/** What stands for an answer that is not there: that it is on its way, or why it is not. */
export function NoAnswer({ answer: { value, problem }, what }: { answer: Answer<unknown>; what: string }) {
  if (problem !== undefined) return <Problem>{problem}</Problem>;
  return value === undefined ? <p role="status">{`Reading the ${what}…`}</p> : null;
}
