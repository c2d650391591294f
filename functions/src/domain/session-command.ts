import type { LiveSession, SessionCommand } from '@quarterdeck/contract';
import { type SessionChange, subjectOf } from './session-report.js';

/**
 * What a command makes of a live session: the newest replaces what waited. It is no sign of life, whoever gives it.
 * @param command null takes back what waits
 * @returns undefined when this very command waits already, or there is none to take back
 */
export function commandSession(
  session: LiveSession,
  command: SessionCommand | null,
  actor: string,
  now: Date,
): (SessionChange & { readonly next: LiveSession }) | undefined {
  const from = session.command?.name ?? null;
  if (command === from) return undefined;
  const { sessionId, programId } = session;
  return {
    next: { ...session, command: command && { name: command, by: actor, at: now } },
    events: [
      { type: 'session.commanded', subject: subjectOf(session), actor, data: { sessionId, programId, command, from } },
    ],
  };
}
