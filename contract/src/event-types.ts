/** Everything that is told to listeners and subscribers. A heartbeat is no event. */
export const EVENT_TYPES = [
  'account.created',
  'account.updated',
  'member.invited',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'program.created',
  'program.updated',
  'program.retired',
  'key.created',
  'key.rotated',
  'key.revoked',
  'session.started',
  'session.state_changed',
  'session.lifecycle_changed',
  'session.spawn_requested',
  'session.commanded',
  'session.extended',
  'session.stale',
  'session.recovered',
  'session.ended',
  'message.sent',
  'task.created',
  'task.claimed',
  'task.released',
  'task.completed',
  'webhook.created',
  'webhook.deleted',
  'webhook.disabled',
] as const;

/** What an endpoint may ask for: events by type, and `session.blocked`, which is a `session.state_changed` to `blocked`, or a `session.started` in it. */
export const WEBHOOK_EVENT_TYPES = [...EVENT_TYPES, 'session.blocked'] as const;

/** What a person wants to hear of: each comes once per episode. */
export const ALERT_TYPES = [
  'session.stale',
  'session.recovered',
  'session.blocked',
  'session.ended',
] as const satisfies readonly (typeof WEBHOOK_EVENT_TYPES)[number][];
