import { ALERT_TYPES, WEBHOOK_EVENT_TYPES } from '@quarterdeck/contract/views';

export type EventTypeName = (typeof WEBHOOK_EVENT_TYPES)[number];

/** Types of events that are about the same thing. */
export interface EventGroup {
  readonly title: string;
  readonly types: readonly EventTypeName[];
}

/** What an endpoint may ask for: the alerts, then everything else by what it is about. */
export function eventGroups(): EventGroup[] {
  const alerts: readonly EventTypeName[] = ALERT_TYPES;
  const others = WEBHOOK_EVENT_TYPES.filter((type) => !alerts.includes(type));
  const nouns = [...new Set(others.map(nounOf))].sort();
  return [
    { title: 'Alerts', types: alerts },
    ...nouns.map((noun) => ({
      title: noun.charAt(0).toUpperCase() + noun.slice(1),
      types: others.filter((type) => nounOf(type) === noun),
    })),
  ];
}

/** "stale, recovered, blocked and ended", or how many there are. */
export function sayTypes(types: readonly string[]): string {
  const isAlerts = types.length === ALERT_TYPES.length && ALERT_TYPES.every((type) => types.includes(type));
  if (isAlerts) return 'alerts: a session is stale, recovered, blocked or ended';
  return types.length <= 3 ? types.join(', ') : `${types.slice(0, 2).join(', ')} and ${types.length - 2} more`;
}

function nounOf(type: string): string {
  return type.split('.', 1)[0] as string;
}
