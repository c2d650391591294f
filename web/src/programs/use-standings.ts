import { computed, type ReadonlySignal } from '@preact/signals';
import type { Program } from '@quarterdeck/contract';
import { useMemo } from 'preact/hooks';
import { useSessions } from '../fleet/sessions.js';
import { clock } from '../live/clock.js';
import { staleSince } from '../live/connection.js';
import { type Standing, standingsOf } from './standing.js';

/** How the programs stand, live. While nothing is heard it stands still, because nobody knows what came after. */
export function useStandings(
  programs: readonly Pick<Program, 'programId'>[],
): ReadonlySignal<ReadonlyMap<string, Standing>> {
  const { live, done, rows, thresholds } = useSessions();
  return useMemo(() => {
    const ids = programs.map(({ programId }) => programId);
    let before: ReadonlyMap<string, Standing> | undefined;
    return computed(() => {
      const known = {
        live: live.value.value ?? [],
        done: done.value.value ?? [],
        rows: rows.value,
        thresholds: thresholds.value,
      };
      before = standingsOf(ids, known, staleSince.value ?? clock.value, before);
      return before;
    });
  }, [programs]);
}
