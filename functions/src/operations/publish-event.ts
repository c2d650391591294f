import { EVENTS_TOPIC, type EventType } from '@quarterdeck/contract';
import type { Ports } from './ports.js';

/** Hands an event that was written to Pub/Sub: its id, not its content, so that a subscriber reads what it may see. At least once. */
export async function publishEvent(
  account: string,
  id: string,
  type: EventType,
  subject: string,
  { bus }: Pick<Ports, 'bus'>,
): Promise<void> {
  await bus.publish(EVENTS_TOPIC, { account, id }, { account, id, type, subject });
}
