import { isEnded, limits } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import type { Handler } from './handler.js';
import { unknownSession } from './report-on-session.js';
import { deliver } from './send-message.js';

/** Says something to the program of a session, for that session. */
export const handleSendToSession: Handler<'sendToSession'> = {
  for: 'member',
  run: async ({ sessionId, message }, caller, ports) => {
    const session = await ports.sessions.find(caller.account, sessionId);
    if (session === undefined) throw unknownSession(sessionId);
    if (isEnded(session)) {
      throw new DomainError(
        'SESSION_ENDED',
        `sessionId: session "${sessionId}" ended (${session.outcome}) at ${session.endedAt.toISOString()}, so it reads nothing. Send the message to its program, or restore it.`,
        { outcome: session.outcome, endedAt: session.endedAt.toISOString() },
      );
    }
    const { programId } = session;
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
