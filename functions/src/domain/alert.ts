import {
  type AlertType,
  ageText,
  type EndedSession,
  type EventType,
  isEnded,
  type LiveSession,
  limits,
  type Outcome,
  type StoredEvent,
} from '@quarterdeck/contract';
import { shorten } from './shorten.js';

/** What a person reads at a glance. */
export interface Notification {
  readonly title: string;
  readonly body: string;
}

type Session = LiveSession | EndedSession;

/** True when an event of this type may be an alert: known before it is read. */
export function mayAlert(type: EventType): boolean {
  return candidateOf(type) !== undefined;
}

/** The alert that an event of this type would be; undefined: none. */
export function candidateOf(type: EventType): AlertType | undefined {
  switch (type) {
    case 'session.stale':
    case 'session.recovered':
    case 'session.ended':
      return type;
    case 'session.started':
    case 'session.state_changed':
      return 'session.blocked';
    default:
      return undefined;
  }
}

/** The alert that an event is; undefined: none. A session may come to need somebody by a change of its state, or need them from its start on. */
export function alertOf({ type, data }: Pick<StoredEvent, 'type' | 'data'>): AlertType | undefined {
  const candidate = candidateOf(type);
  if (candidate !== 'session.blocked') return candidate;
  return (type === 'session.started' ? data.state : data.to) === 'blocked' ? candidate : undefined;
}

/** The session that an alert is about. */
export function sessionOf({ data }: Pick<StoredEvent, 'data'>): string {
  return String(data.sessionId);
}

/**
 * Names what is known of the pushes of an alert. Both ends of a silence can name that of its beginning, because a recovery is told to who was told of
 * the silence.
 */
export function pushIdOf(event: Pick<StoredEvent, 'id' | 'type' | 'data'>): string {
  return event.type === 'session.stale' ? silenceOf(event) : event.id;
}

/** The name of the pushes that told of the silence which this event began, or ended. */
export function silenceOf({ data }: Pick<StoredEvent, 'data'>): string {
  return `stale_${Date.parse(String(data.staleSince))}_${String(data.sessionId)}`;
}

/**
 * True while what the alert says is still so. An alert may come late and in any order; one that was overtaken would leave the wrong word on the phone,
 * and is not sent.
 */
export function stillHolds(alert: AlertType, { data }: Pick<StoredEvent, 'data'>, session: Session): boolean {
  if (alert === 'session.ended') return isEnded(session);
  if (isEnded(session)) return false;
  switch (alert) {
    case 'session.stale':
      return session.staleSince !== null && session.staleSince.getTime() === Date.parse(String(data.staleSince));
    case 'session.recovered':
      return session.staleSince === null;
    case 'session.blocked':
      return session.state === 'blocked';
  }
}

/** What a device shows. The title says who and what, the text which work and what was last said of it. */
export function notificationOf(
  alert: AlertType,
  event: Pick<StoredEvent, 'time' | 'data'>,
  session: Session,
): Notification {
  const { happened, alone, before } = wordsFor(alert, event);
  const said = session.status === null ? alone : `${before}${session.status}`;
  const who = oneLine(session.programId ?? session.name);
  const name = shorten(oneLine(session.name), limits.PUSH_NAME_MAX_CHARS);
  const body = oneLine(session.programId === null ? said : `${name}: ${said}`);
  return {
    // What is cut is the name, so that the title still says what happened.
    title: `${shorten(who, limits.PUSH_TITLE_MAX_CHARS - happened.length - 1)} ${happened}`,
    body: shorten(body, limits.PUSH_BODY_MAX_CHARS),
  };
}

interface Words {
  /** Follows the name. */
  readonly happened: string;
  /** When the session has no status. */
  readonly alone: string;
  /** Comes before the status. */
  readonly before: string;
}

const ENDS: Readonly<Record<Outcome, Words>> = {
  completed: { happened: 'is done', alone: 'completed', before: '' },
  errored: { happened: 'has failed', alone: 'ended with an error', before: '' },
  killed: { happened: 'was stopped', alone: 'stopped', before: 'stopped. Last: ' },
  timed_out: { happened: 'was given up', alone: 'silent for too long', before: 'silent for too long. Last: ' },
  expired: { happened: 'ran out of time', alone: 'its window is over', before: 'its window is over. Last: ' },
  superseded: {
    happened: 'was taken over',
    alone: 'a new session goes on',
    before: 'a new session goes on. Last: ',
  },
};

function wordsFor(alert: AlertType, { time, data }: Pick<StoredEvent, 'time' | 'data'>): Words {
  switch (alert) {
    case 'session.blocked':
      return { happened: 'needs you', alone: 'waits for an answer', before: '' };
    case 'session.recovered':
      return { happened: 'is back', alone: 'was heard again', before: '' };
    case 'session.stale': {
      const silent = `no sign of life for ${ageText(new Date(String(data.lastSeenAt)), time)}`;
      return { happened: 'has gone silent', alone: silent, before: `${silent}. Last: ` };
    }
    case 'session.ended':
      return ENDS[data.outcome as Outcome];
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
