import type { Fleet, FleetLoad, Thresholds } from '@quarterdeck/contract';
import { summarizeFleet } from '@quarterdeck/contract';
import { computeFleet, fleetLoad } from '../domain/fleet.js';
import type { FleetReading, KnownBasis, Ports } from './ports.js';

/**
 * Computes the fleet of an account from the last one and what has changed since.
 * @param known what was read already
 * @returns the fleet, and how much is going on
 */
export async function computeCurrentFleet(
  account: string,
  { fleets, clock }: Pick<Ports, 'fleets' | 'clock'>,
  thresholds: Thresholds,
  reading: FleetReading,
  known?: KnownBasis,
): Promise<{ readonly fleet: Fleet; readonly load: FleetLoad }> {
  const now = clock.now();
  const basis = await fleets.basis(account, reading.fleet, known);
  return { fleet: computeFleet(basis, thresholds, now), load: fleetLoad(basis, thresholds, now) };
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
