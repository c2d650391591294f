import { viewFleet } from '@quarterdeck/contract';
import type { Handler } from './handler.js';
import { computeCurrentFleet, saveFleet } from './refresh-fleet.js';

/** The precomputed fleet: one read, unless it is older than the caller accepts. */
export const handleGetFleetHealth: Handler<'getFleetHealth'> = {
  for: 'member',
  run: async ({ maxAgeSeconds }, caller, ports) => {
    const { account } = caller;
    const reading = await ports.fleets.read(account);
    const now = ports.clock.now();
    if (reading.fleet !== null && now.getTime() - reading.fleet.computedAt.getTime() < maxAgeSeconds * 1000) {
      return viewFleet(reading.fleet, now);
    }
    const { fleet } = await computeCurrentFleet(account, ports, await ports.accounts.settings(account), reading);
    await saveFleet(account, ports, fleet, reading);
    return viewFleet(fleet, now);
  },
};
