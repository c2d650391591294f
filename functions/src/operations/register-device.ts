import { createHash } from 'node:crypto';
import { registerDevice, viewDevice } from '../domain/device.js';
import type { Handler } from './handler.js';

/** Makes a device the caller's own, whoever had it before. What changes nothing writes nothing, but once a day. */
export const handleRegisterDevice: Handler<'registerDevice'> = {
  for: 'member',
  run: async (registration, caller, { devices, clock }) => {
    const deviceId = deviceIdOf(registration.token);
    const device = await devices.register(caller.account, deviceId, (all) =>
      registerDevice(deviceId, registration, caller, all, clock.now()),
    );
    return { success: true, deviceId, device: viewDevice(device) };
  },
};

/** The same token is the same device; the token can't be told from it. */
function deviceIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}
