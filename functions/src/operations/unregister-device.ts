import { actorOf } from '../domain/caller.js';
import { deviceUnknown } from '../domain/device.js';
import type { Handler } from './handler.js';

/** Forgets a device of the caller's own. */
export const handleUnregisterDevice: Handler<'unregisterDevice'> = {
  for: 'member',
  run: async ({ deviceId }, caller, { devices }) => {
    const owner = actorOf(caller);
    const seen = (await devices.list(caller.account)).find((one) => one.deviceId === deviceId && one.owner === owner);
    if (seen === undefined) throw deviceUnknown();
    await devices.forget(caller.account, [seen]);
    return { success: true, deviceId };
  },
};
