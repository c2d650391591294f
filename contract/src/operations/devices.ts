import { z } from 'zod';
import { AlertType, DeviceId, DeviceLabel, DevicePlatform, DeviceToken, DeviceView } from '../device.js';
import { ALERT_TYPES } from '../event-types.js';
import { defineOperation } from '../operation.js';

const access = ['program', 'admin', 'auditor'] as const;
const doors = ['callable', 'rest'] as const;

/**
 * Has alerts sent to a device through Firebase Cloud Messaging, as the caller's own. The same token again refreshes the device; one that somebody else
 * had registered leaves them.
 */
export const registerDevice = defineOperation({
  name: 'register_device',
  title: 'Register device',
  description: 'Have alerts sent to a phone or browser of yours. Call it at every start of the app: tokens change.',
  access,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    token: DeviceToken,
    platform: DevicePlatform,
    label: DeviceLabel.optional().describe('What you call the device. Omitted: as it was.'),
    eventTypes: z
      .array(AlertType)
      .min(1)
      .max(ALERT_TYPES.length)
      .optional()
      .describe('The alerts that it is told of. Omitted: as it was, and at first all of them.'),
  }),
  output: z.object({ success: z.literal(true), deviceId: DeviceId, device: DeviceView }),
  errors: ['DEVICE_LIMIT', 'CONTENTION'],
});

/** The caller's own devices, oldest first, without their tokens. Nobody sees those of others. */
export const listDevices = defineOperation({
  name: 'list_devices',
  title: 'List devices',
  description: 'See which devices of yours are told of alerts.',
  access,
  doors,
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ success: z.literal(true), devices: z.array(DeviceView) }),
  errors: [],
});

/** Ends what is sent to one of the caller's own devices, as when somebody signs out. */
export const unregisterDevice = defineOperation({
  name: 'unregister_device',
  title: 'Unregister device',
  description: 'Stop sending alerts to a device of yours.',
  access,
  doors,
  effect: 'destructive',
  input: z.strictObject({ deviceId: DeviceId }),
  output: z.object({ success: z.literal(true), deviceId: DeviceId }),
  errors: ['DEVICE_UNKNOWN', 'CONTENTION'],
});
