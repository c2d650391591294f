import type { LearnedPattern, ProgramState } from '@quarterdeck/contract';
import { decayedPatterns, patternDecaysAt } from '@quarterdeck/contract/views';
import { useState } from 'preact/hooks';
import { minuteClock } from '../live/clock.js';
import { Button } from '../ui/button.js';
import { Meter } from '../ui/meter.js';
import { Tag } from '../ui/tag.js';
import { When } from '../ui/time.js';
import { byWorth } from './by-worth.js';

const STEP = 10;

/** What a program has learned: those that stay first, then the surest. What has decayed is marked, until the sweep takes it away. */
export function Patterns({ state }: { state: ProgramState }) {
  const [shown, setShown] = useState(STEP);
  const kept = new Set(decayedPatterns(state, minuteClock.value));
  const patterns = byWorth(state.learnedPatterns, kept);
  return (
    <section class="panel stack" aria-label="Learned patterns">
      <div class="panel-head">
        <h2>
          Learned patterns <span class="number faint">{patterns.length}</span>
        </h2>
      </div>
      {patterns.length === 0 && <p class="faint">It has noted none.</p>}
      <ul class="patterns">
        {patterns.slice(0, shown).map((pattern) => (
          <li key={pattern.id}>
            <Pattern pattern={pattern} decay={state.decay} isKept={kept.has(pattern)} />
          </li>
        ))}
      </ul>
      {patterns.length > shown && <Button onClick={() => setShown(patterns.length)}>Show all {patterns.length}</Button>}
    </section>
  );
}

interface PatternProps {
  readonly pattern: LearnedPattern;
  readonly decay: ProgramState['decay'];
  readonly isKept: boolean;
}

function Pattern({ pattern: one, decay, isKept }: PatternProps) {
  const { domain, pattern, confidence, evidence, promoted, discoveredAt, lastReinforcedAt } = one;
  return (
    <>
      <p class="wraps">{pattern}</p>
      {evidence !== null && evidence !== '' && <p class="soft wraps">{evidence}</p>}
      <div class="pattern-facts">
        <span class="pattern-confidence" title="How sure the program is">
          <Meter share={confidence} label="Confidence" />
          <span class="number">{Math.round(confidence * 100)}%</span>
        </span>
        <Tag>{domain}</Tag>
        {promoted && (
          <Tag hue="working" title="It never decays">
            Promoted
          </Tag>
        )}
        {!isKept && (
          <Tag hue="stale" title="The program is not told of it any more, and the sweep takes it away">
            Decayed
          </Tag>
        )}
        <span class="faint">
          learned <When at={discoveredAt} />
          {lastReinforcedAt > discoveredAt && (
            <>
              , reinforced <When at={lastReinforcedAt} />
            </>
          )}
          {!promoted && isKept && (
            <>
              , kept until <When at={patternDecaysAt(one, decay)} />
            </>
          )}
        </span>
      </div>
    </>
  );
}
