/**
 * Paths of all documents. Ids are validated by their schemas before they come here; none can hold a slash.
 */
export const documents = {
  account: (account: string) => `accounts/${account}`,
  program: (account: string, program: string) => `accounts/${account}/programs/${program}`,
  session: (account: string, session: string) => `accounts/${account}/sessions/${session}`,
  endedSession: (account: string, session: string) => `accounts/${account}/sessionHistory/${session}`,
  /** Live sessions of an account with a limit: what makes the limit exact. Server-only. */
  slots: (account: string) => `accounts/${account}/slots/live`,
  /** What a runner was asked to start. Server-only: its prompt is for the session's program and overseers. */
  spawnRequest: (account: string, session: string) => `accounts/${account}/spawnRequests/${session}`,
  /** The last number that a spawned session of a project got. Server-only. */
  spawnCounter: (account: string, project: string) => `accounts/${account}/spawnCounters/${project}`,
  programState: (account: string, program: string) => `accounts/${account}/programState/${program}`,
  contextSnapshot: (account: string, program: string, slot: number) =>
    `accounts/${account}/programState/${program}/contextHistory/${slot}`,
  /** The first fleet document is `health`; programs beyond FLEET_ROWS_PER_DOCUMENT are in `health-2`, `health-3`, … */
  fleet: (account: string, part = 1) => `accounts/${account}/fleet/${part === 1 ? 'health' : `health-${part}`}`,
  /** The points of one day in UTC, `2026-02-24`. */
  fleetDay: (account: string, day: string) => `accounts/${account}/fleet/health/points/${day}`,
  /** Which session holds a program's window, and its epoch. Server-only. */
  window: (account: string, program: string) => `accounts/${account}/windows/${program}`,
  task: (account: string, task: string) => `accounts/${account}/tasks/${task}`,
  memory: (account: string, memory: string) => `accounts/${account}/memories/${memory}`,
  message: (account: string, message: string) => `accounts/${account}/messages/${message}`,
  event: (account: string, event: string) => `accounts/${account}/events/${event}`,
  member: (account: string, member: string) => `accounts/${account}/members/${member}`,
  /** All webhook endpoints of an account. Server-only: their addresses are often secrets. */
  webhooks: (account: string) => `accounts/${account}/webhooks/all`,
  /** What an endpoint's messages are signed with, sealed. Server-only. */
  webhookSecret: (account: string, webhook: string) => `accounts/${account}/webhookSecrets/${webhook}`,
  /** One event on its way to one endpoint. Server-only. */
  delivery: (account: string, webhook: string, event: string) => `accounts/${account}/deliveries/${webhook}_${event}`,
  /** All devices of an account that are told of alerts. Server-only: their tokens are secrets. */
  devices: (account: string) => `accounts/${account}/devices/all`,
  /** One alert on its way to the devices of an account. Server-only. */
  push: (account: string, push: string) => `accounts/${account}/pushes/${push}`,
  /** Which account a device belongs to, whoever registers it next. Server-only. */
  deviceAccount: (device: string) => `deviceAccounts/${device}`,
  apiKey: (keyHash: string) => `apiKeys/${keyHash}`,
  principal: (uid: string) => `principals/${uid}`,
  /** By the SHA-256 of the invited e-mail address. Server-only. */
  invitation: (emailHash: string) => `invitations/${emailHash}`,
  /** The answer to a call with an idempotency key. Server-only. */
  idempotentCall: (id: string) => `idempotentCalls/${id}`,
  /** What instances may no longer trust from memory; see docs/decisions. Server-only. */
  invalidations: () => 'invalidations/latest',
} as const;

/** Collections by name. */
export const collections = {
  accounts: () => 'accounts',
  programs: (account: string) => `accounts/${account}/programs`,
  sessions: (account: string) => `accounts/${account}/sessions`,
  sessionHistory: (account: string) => `accounts/${account}/sessionHistory`,
  spawnRequests: (account: string) => `accounts/${account}/spawnRequests`,
  programState: (account: string) => `accounts/${account}/programState`,
  contextHistory: (account: string, program: string) => `accounts/${account}/programState/${program}/contextHistory`,
  fleet: (account: string) => `accounts/${account}/fleet`,
  fleetDays: (account: string) => `accounts/${account}/fleet/health/points`,
  tasks: (account: string) => `accounts/${account}/tasks`,
  memories: (account: string) => `accounts/${account}/memories`,
  messages: (account: string) => `accounts/${account}/messages`,
  events: (account: string) => `accounts/${account}/events`,
  members: (account: string) => `accounts/${account}/members`,
  deliveries: (account: string) => `accounts/${account}/deliveries`,
  /** Of all accounts, for a collection-group query. */
  allDeliveries: () => 'deliveries',
  apiKeys: () => 'apiKeys',
} as const;
