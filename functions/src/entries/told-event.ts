import { AccountId, EventId, EventType } from '@quarterdeck/contract';
import { z } from 'zod';
import { endsWith, isAbout, error as logError } from '../log/log.js';

const Told = z.object({ account: AccountId, id: EventId });

/** A message as a subscriber gets it. */
export interface BusMessage {
  readonly messageId: string;
  /** Throws as it is read when the body is no JSON. */
  readonly json: unknown;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Which event a message of the topic `events` is about; undefined: it names none, which is logged, and it should not come back. */
export function toldEvent(message: BusMessage): { account: string; id: string; type: EventType } | undefined {
  const told = Told.safeParse(bodyOf(message));
  const type = EventType.safeParse(message.attributes.type);
  if (told.success && type.success) {
    isAbout({ account: told.data.account, event: told.data.id });
    return { ...told.data, type: type.data };
  }
  endsWith('dropped', 'NO_EVENT');
  logError('events message without an event', { messageId: message.messageId });
  return undefined;
}

/** The body of a message; undefined: it is no JSON. */
export function bodyOf(message: Pick<BusMessage, 'json'>): unknown {
  try {
    return message.json;
  } catch {
    return undefined;
  }
}
