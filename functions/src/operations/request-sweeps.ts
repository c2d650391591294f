import { SWEEP_TOPIC } from '@quarterdeck/contract';
import { lateSeconds } from '../domain/sweep-plan.js';
import type { DueAccount, Ports } from './ports.js';
import { publishEach } from './publish-each.js';

/** What one tick of the schedule found. */
export interface DueSweeps {
  /** How many accounts a visit was asked for. */
  readonly accounts: number;
  /** For how long the first of them has been due; 0: none is. */
  readonly lateSeconds: number;
}

/**
 * Asks for a visit to every account that is due: one message each, so that the work spreads over instances. An account stays due until its visit
 * is over, so a lost message is sent again a minute later.
 */
export async function requestSweeps({
  sweeps,
  bus,
  clock,
}: Pick<Ports, 'sweeps' | 'bus' | 'clock'>): Promise<DueSweeps> {
  const now = clock.now();
  let late = 0;
  const ask = ({ account, dueAt }: DueAccount): Promise<void> => {
    late = Math.max(late, lateSeconds(dueAt, now));
    return bus.publish(SWEEP_TOPIC, { account });
  };
  return { accounts: await publishEach(sweeps.dueAccounts(now), ask), lateSeconds: late };
}
