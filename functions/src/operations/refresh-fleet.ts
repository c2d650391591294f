import type { Fleet, Thresholds } from '@quarterdeck/contract';
import { summarizeFleet } from '@quarterdeck/contract';
import { computeFleet } from '../domain/fleet.js';
import type { FleetReading, KnownBasis, Ports } from './ports.js';

/**
 * Computes the fleet of an account from the last one and what has changed since.
 * @param known what was read already
 */
export async function computeCurrentFleet(
  account: string,
  { fleets, clock }: Pick<Ports, 'fleets' | 'clock'>,
  thresholds: Thresholds,
  reading: FleetReading,
  known?: KnownBasis,
): Promise<Fleet> {
  const now = clock.now();
  return computeFleet(await fleets.basis(account, reading.fleet, known), thresholds, now);
}

/** Writes a fleet, unless somebody else wrote one since it was read: both computed the same, so either is right. */
export async function saveFleet(
  account: string,
  { fleets }: Pick<Ports, 'fleets'>,
  fleet: Fleet,
  reading: FleetReading,
): Promise<void> {
  await fleets.write(account, fleet, summarizeFleet(fleet, fleet.computedAt), reading.version);
}
