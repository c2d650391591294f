import { actorOf } from '../domain/caller.js';
import { viewDevice } from '../domain/device.js';
import type { Handler } from './handler.js';

/** The caller's own devices, oldest first. */
export const handleListDevices: Handler<'listDevices'> = {
  for: 'member',
  run: async (_input, caller, { devices }) => {
    const all = await devices.list(caller.account);
    return { success: true, devices: all.filter(({ owner }) => owner === actorOf(caller)).map(viewDevice) };
  },
};
