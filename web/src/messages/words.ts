import type { MessageType } from '@quarterdeck/contract';
import { wordsOf } from '../fleet/words.js';

/** What each type of message says of it, for who chooses one. */
export const MESSAGE_TYPES: Readonly<Record<MessageType, string>> = {
  DIRECTIVE: 'Something to do or to heed.',
  QUERY: 'A question.',
  STATUS: 'How things are.',
  RESULT: 'What came of something.',
  ACK: 'It was heard.',
  PING: 'Is anybody there?',
  PONG: 'I am.',
  HANDSHAKE: 'The beginning of a conversation.',
};

/** "Directive"; a type that is not known is shown as it is. */
export function typeWords(type: string): string {
  return type in MESSAGE_TYPES ? wordsOf(type.toLowerCase()) : type;
}
