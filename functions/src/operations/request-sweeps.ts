import { SWEEP_TOPIC } from '@quarterdeck/contract';
import type { Ports } from './ports.js';

/** Messages that are handed to Pub/Sub at once. */
const PUBLISHES_AT_ONCE = 100;

/**
 * Asks for a visit to every account that is due: one message each, so that the work spreads over instances. An account stays due until its visit
 * is over, so a lost message is sent again a minute later.
 * @returns how many were asked for
 */
export async function requestSweeps({ sweeps, bus, clock }: Pick<Ports, 'sweeps' | 'bus' | 'clock'>): Promise<number> {
  let asked = 0;
  let pending: Promise<void>[] = [];
  for await (const account of sweeps.dueAccounts(clock.now())) {
    pending.push(bus.publish(SWEEP_TOPIC, { account }));
    asked++;
    if (pending.length === PUBLISHES_AT_ONCE) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
  return asked;
}
