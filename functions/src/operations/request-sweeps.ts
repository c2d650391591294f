import { SWEEP_TOPIC } from '@quarterdeck/contract';
import type { Ports } from './ports.js';
import { publishEach } from './publish-each.js';

/**
 * Asks for a visit to every account that is due: one message each, so that the work spreads over instances. An account stays due until its visit
 * is over, so a lost message is sent again a minute later.
 * @returns how many were asked for
 */
export async function requestSweeps({ sweeps, bus, clock }: Pick<Ports, 'sweeps' | 'bus' | 'clock'>): Promise<number> {
  return publishEach(sweeps.dueAccounts(clock.now()), (account) => bus.publish(SWEEP_TOPIC, { account }));
}
