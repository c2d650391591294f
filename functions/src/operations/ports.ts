import type { Account } from '@quarterdeck/contract';
import type { AccountStore, KeyStore, MemberStore, PrincipalStore, ProgramStore } from './ports/account-ports.js';
import type { DeviceStore, PushSenderPort, PushStore } from './ports/device-ports.js';
import type { FleetStore, SweepStore } from './ports/fleet-ports.js';
import type { MessageStore } from './ports/message-ports.js';
import type { AuthPort, BusPort, Clock, IdempotentCallStore, LogPort, RandomPort } from './ports/outside-ports.js';
import type { EmbeddingPort, GenerationPort, MemoryStore, ProgramStateStore } from './ports/program-state-ports.js';
import type { SessionStore, SessionTokenPort, SpawnStore, WindowStore } from './ports/session-ports.js';
import type { TaskStore } from './ports/task-ports.js';
import type { TransferStore } from './ports/transfer-ports.js';
import type { DeliveryStore, EventStore, WebhookSenderPort, WebhookStore } from './ports/webhook-ports.js';

export * from './ports/account-ports.js';
export * from './ports/device-ports.js';
export * from './ports/fleet-ports.js';
export * from './ports/message-ports.js';
export * from './ports/outside-ports.js';
export * from './ports/program-state-ports.js';
export * from './ports/session-ports.js';
export * from './ports/task-ports.js';
export * from './ports/transfer-ports.js';
export * from './ports/webhook-ports.js';

/**
 * What operations need of the world. The store implements these on Firestore; every write of a change and its events is atomic.
 * All of them throw DomainError `DATABASE_UNAVAILABLE`, `DATABASE_TIMEOUT` or `CONTENTION` when the database does, and `NEWER_DOCUMENT` instead of replacing
 * what a newer version of Quarterdeck wrote.
 */
export interface Ports {
  readonly clock: Clock;
  readonly random: RandomPort;
  readonly log: LogPort;
  readonly sessions: SessionStore;
  readonly windows: WindowStore;
  readonly spawns: SpawnStore;
  readonly sessionTokens: SessionTokenPort;
  readonly idempotentCalls: IdempotentCallStore;
  readonly accounts: AccountStore;
  readonly members: MemberStore;
  readonly programs: ProgramStore;
  readonly keys: KeyStore;
  readonly principals: PrincipalStore;
  readonly programStates: ProgramStateStore;
  readonly memories: MemoryStore;
  /** Null: no model is configured, and memories are found by their words. */
  readonly embedding: EmbeddingPort | null;
  /** Null: no model is configured, and answers quote. */
  readonly generation: GenerationPort | null;
  readonly messages: MessageStore;
  readonly tasks: TaskStore;
  readonly fleets: FleetStore;
  readonly sweeps: SweepStore;
  readonly transfers: TransferStore;
  readonly events: EventStore;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  readonly webhookSender: WebhookSenderPort;
  readonly devices: DeviceStore;
  readonly pushes: PushStore;
  readonly pushSender: PushSenderPort;
  readonly auth: AuthPort;
  readonly bus: BusPort;
  /** Names the call, the same for its repetitions, when it came with an idempotency key; null: it did not. */
  readonly callId: string | null;
  /** Tier of accounts that are made here. */
  readonly defaultTier: Account['tier'];
}
