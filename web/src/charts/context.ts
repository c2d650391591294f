import type { LiveSession } from '@quarterdeck/contract';

/** Sessions that fit into one chart. */
const SHOWN = 5;

/** A chart of less than this says nothing. */
const SHORTEST_SECONDS = 60;

/** How full contexts are over time; no sessions: there is nothing to draw yet. */
export interface ContextOverTime {
  /** The fullest first. */
  readonly sessions: readonly { readonly name: string; readonly share: number }[];
  /** Seconds, then the share of each session; null: not measured then. */
  readonly columns: [number[], ...(number | null)[][]];
}

/** The contexts of the sessions that said how large theirs may be, the fullest five. */
export function contextOf(live: readonly LiveSession[]): ContextOverTime {
  const measured = live
    .flatMap(({ name, contextBytes, contextLimitBytes, contextSamples }) => {
      if (contextBytes === null || !contextLimitBytes) return [];
      const samples = new Map(
        Object.values(contextSamples).map(({ at, bytes }) => [at.getTime() / 1000, bytes / contextLimitBytes]),
      );
      return [{ name, share: contextBytes / contextLimitBytes, samples }];
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, SHOWN);
  const seconds = [...new Set(measured.flatMap(({ samples }) => [...samples.keys()]))].sort((a, b) => a - b);
  // Moments that lie close together make no line.
  if ((seconds.at(-1) ?? 0) - (seconds[0] ?? 0) < SHORTEST_SECONDS) return { sessions: [], columns: [[]] };
  return {
    sessions: measured,
    columns: [seconds, ...measured.map(({ samples }) => seconds.map((at) => samples.get(at) ?? null))],
  };
}
