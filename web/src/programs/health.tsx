import type { Health } from '@quarterdeck/contract';
import type { Attention } from '@quarterdeck/contract/views';
import { wordsOf } from '../fleet/words.js';
import { hueOf, Sign } from '../ui/sign.js';
import { Age } from '../ui/time.js';
import type { Standing } from './standing.js';
import './health.css';

/** The sign that goes with each health. */
const SIGNS: Readonly<Record<Health, Attention>> = { healthy: 'working', stale: 'stale', offline: 'idle' };

/** The health of a program, and its last sign of life. */
export function HealthLine({ standing: { health, lastSeenAt } }: { standing: Standing }) {
  return (
    <p class={`health ${hueOf(SIGNS[health])}`}>
      <Sign attention={SIGNS[health]} />
      <b>{wordsOf(health)}</b>
      {lastSeenAt === null ? (
        <span>never heard</span>
      ) : (
        <span>
          {health === 'stale' ? 'silent for ' : 'heard '}
          <Age since={lastSeenAt} />
          {health === 'stale' ? '' : ' ago'}
        </span>
      )}
    </p>
  );
}
