import type { StoredEvent } from '@quarterdeck/contract';
import { wordsOf } from '../fleet/words.js';

/** What happened, in a few words. A type that this version does not know is shown as it is. */
export function sayEvent({ type, actor, data }: Pick<StoredEvent, 'type' | 'actor' | 'data'>): string {
  const said = (field: string) => wordsOf(String(data[field] ?? '?')).toLowerCase();
  switch (type) {
    case 'session.started':
      return data.how === 'resumed' ? 'Resumed' : 'Started';
    case 'session.state_changed':
    case 'session.lifecycle_changed':
      return `${wordsOf(String(data.from))} → ${said('to')}`;
    case 'session.spawn_requested':
      return 'A runner was asked to start it';
    case 'session.extended':
      return 'Its window was extended';
    case 'session.stale':
      return 'Fell silent';
    case 'session.recovered':
      return 'Was heard again';
    case 'session.commanded':
      return data.command === null ? 'A command was taken back' : `Told to ${said('command')}`;
    case 'session.ended':
      return `Ended: ${said('outcome')}`;
    case 'task.created':
      return 'Created';
    case 'task.claimed':
      return `Claimed${actor === `program/${data.programId}` ? '' : ` for ${data.programId}`}, attempt ${data.attempt}`;
    case 'task.released':
      return `Back in the queue from ${data.programId}`;
    case 'task.completed':
      return `Done: ${String(data.outcome ?? '?').toLowerCase()}`;
    default:
      return wordsOf(type.replace(/^(session|task)\./, '').replaceAll('.', ' '));
  }
}
