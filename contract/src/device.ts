import { z } from 'zod';
import { ALERT_TYPES } from './event-types.js';
import { DEVICE_LABEL_MAX_CHARS, DEVICE_TOKEN_MAX_CHARS } from './limits.js';
import { Instant, visibleText } from './primitives.js';

/** What a device can be told of. A recovery is told to those devices that were told of the silence. */
export const AlertType = z.enum(ALERT_TYPES);
export type AlertType = z.infer<typeof AlertType>;

export const DevicePlatform = z.enum(['web', 'ios', 'android']);
export type DevicePlatform = z.infer<typeof DevicePlatform>;

/** Follows from the token, so that the same token is the same device whoever registers it. */
export const DeviceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'must be a deviceId that register_device answered')
  .describe('The device.');
export type DeviceId = z.infer<typeof DeviceId>;

/** What FCM gave an app on a device to be reached by. It is a secret: it goes in, and never comes out again. */
export const DeviceToken = z
  .string()
  .max(DEVICE_TOKEN_MAX_CHARS)
  .regex(/^[\x21-\x7e]+$/, 'must be the registration token as FCM gave it to the app, without spaces')
  .describe(
    "The registration token that Firebase Cloud Messaging gave the app: getToken() on the web, the delegate's or service's token on phones.",
  );

export const DeviceLabel = visibleText(DEVICE_LABEL_MAX_CHARS);

/** A device that is told of alerts, as stored. */
export interface Device {
  readonly deviceId: string;
  readonly token: string;
  readonly platform: DevicePlatform;
  readonly label: string | null;
  readonly eventTypes: readonly AlertType[];
  /** Whose it is: `person/<uid>` or `program/builder`. */
  readonly owner: string;
  /** The identity that registered it: a person's, or a key's. When it loses access, the device is told nothing more. */
  readonly uid: string;
  /** Nothing that happened before is told. */
  readonly createdAt: Date;
  /** When it was registered last, to the day. */
  readonly refreshedAt: Date;
}

/** A device as its owner sees it: without its token. */
export const DeviceView = z.object({
  deviceId: DeviceId,
  platform: DevicePlatform,
  label: z.string().nullable(),
  eventTypes: z.array(AlertType),
  createdAt: Instant,
  refreshedAt: Instant.describe('When it was registered last; within a day the first time counts.'),
});
export type DeviceView = z.infer<typeof DeviceView>;
