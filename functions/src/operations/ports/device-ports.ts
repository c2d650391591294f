import type { AlertType, Device, Push } from '@quarterdeck/contract';
import type { PushReceipt } from '../../domain/push.js';

export interface DeviceStore {
  /** As stored, oldest first. */
  list(account: string): Promise<readonly Device[]>;
  /**
   * Writes a device, and takes it from the account that had it before.
   * @param decide gets the devices of the account; what it answers is written, unless it is one of them
   * @throws DomainError what `decide` throws
   */
  register(account: string, deviceId: string, decide: (all: readonly Device[]) => Device): Promise<Device>;
  /** They are told nothing more, but for those that were registered anew since they were looked at. */
  forget(account: string, seen: readonly Device[]): Promise<void>;
}

export interface FoundPush {
  readonly push: Push;
  readonly version: unknown;
}

export interface PushStore {
  /** Writes it unless it exists. @returns its version; undefined: it exists */
  create(account: string, pushId: string, push: Push): Promise<unknown>;
  find(account: string, pushId: string): Promise<FoundPush | undefined>;
  /** Writes it unless it has moved. @returns its version now; undefined: it has moved, and nothing was written */
  save(account: string, pushId: string, push: Push, version: unknown): Promise<unknown>;
}

/** An alert for one device. */
export interface PushMessage {
  readonly deviceId: string;
  readonly token: string;
  readonly platform: Device['platform'];
  readonly title: string;
  readonly body: string;
  readonly account: string;
  readonly eventId: string;
  readonly alert: AlertType;
  /** A later alert of the same session takes the place of this one. */
  readonly sessionId: string;
  /** Null: the session belongs to the account. */
  readonly programId: string | null;
  /** Where a person looks at the session: a path of the app, `/sessions/{session}`. */
  readonly link: string;
  /** When it happened. */
  readonly time: Date;
}

export interface PushSenderPort {
  /** Sends each message once. Whatever goes wrong is in the receipts, which are in the order of the messages. At most 500. */
  send(messages: readonly PushMessage[]): Promise<readonly PushReceipt[]>;
}
