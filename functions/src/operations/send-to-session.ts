import { limits } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import type { Handler } from './handler.js';
import { requireLive } from './report-on-session.js';
import { deliver } from './send-message.js';

/** Says something to the program of a session, for that session. */
export const handleSendToSession: Handler<'sendToSession'> = {
  for: 'member',
  run: async ({ sessionId, message }, caller, ports) => {
    const found = await ports.sessions.find(caller.account, sessionId);
    const { programId } = requireLive(found, sessionId, 'Send the message to its program, or restore it.');
    if (programId === null) {
      throw new DomainError(
        'PROGRAM_UNKNOWN',
        `sessionId: session "${sessionId}" belongs to the account, and no program reads its messages.`,
      );
    }
    const words = {
      target: programId,
      sessionId,
      replyTo: null,
      message,
      messageType: 'DIRECTIVE',
      priority: 'normal',
      ttlSeconds: limits.MESSAGE_TTL_DEFAULT_SECONDS,
    } as const;
    return deliver(words, [programId], caller, ports);
  },
};
