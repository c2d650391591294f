import { needsHandoff } from '@quarterdeck/contract/views';
import { contextShare } from '../fleet/words.js';
import type { AnySession } from '../fleet/zones.js';
import { size } from '../ui/format.js';
import { Meter } from '../ui/meter.js';

const WIDTH = 320;
const HEIGHT = 56;

/** How the context filled up, and how full it is. */
export function ContextUse({ session }: { session: AnySession }) {
  const { contextBytes, contextLimitBytes } = session;
  if (contextBytes === null) return null;
  const share = contextShare(session);
  const samples = Object.values(session.contextSamples).sort((a, b) => a.at.getTime() - b.at.getTime());
  return (
    <section class="panel" aria-label="Context">
      <h2>Context</h2>
      <p class="number">
        {size(contextBytes)}
        {contextLimitBytes !== null && <span class="soft"> of {size(contextLimitBytes)}</span>}
        {share !== null && <span class="soft"> ({Math.round(share * 100)}%)</span>}
      </p>
      {share !== null && (
        <Meter share={share} label="Context in use" hue={needsHandoff(session) ? 'stale' : 'accent'} />
      )}
      {needsHandoff(session) && <p class="handoff">A fresh session should take over: its context is filling up.</p>}
      {samples.length > 1 && (
        <svg
          class="spark"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`From ${size(samples[0]?.bytes ?? 0)} to ${size(samples.at(-1)?.bytes ?? 0)}`}
        >
          <polyline points={pointsOf(samples, contextLimitBytes)} />
        </svg>
      )}
    </section>
  );
}

function pointsOf(samples: readonly { at: Date; bytes: number }[], limit: number | null): string {
  const first = samples[0]?.at.getTime() ?? 0;
  const span = Math.max(1, (samples.at(-1)?.at.getTime() ?? 0) - first);
  const most = Math.max(1, limit ?? 0, ...samples.map(({ bytes }) => bytes));
  return samples
    .map(
      ({ at, bytes }) =>
        `${(((at.getTime() - first) / span) * WIDTH).toFixed(1)},${(HEIGHT - 2 - (bytes / most) * (HEIGHT - 4)).toFixed(1)}`,
    )
    .join(' ');
}
