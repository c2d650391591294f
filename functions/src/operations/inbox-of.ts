import type { Inbox } from '@quarterdeck/contract';
import type { Caller } from '../domain/caller.js';
import type { Ports } from './ports.js';
import type { Reported } from './report-on-session.js';

/**
 * What waits for the agent whose report was just taken: two counts, and one more read where the report could not tell which command waits.
 * See docs/decisions/026-inbox-and-commands.md.
 */
export async function inboxOf({ session, command }: Reported, { account }: Caller, ports: Ports): Promise<Inbox> {
  const { sessions, messages, tasks, clock } = ports;
  const { programId, sessionId } = session;
  const now = clock.now();
  const [pendingMessages, pendingTasks, waiting] = await Promise.all([
    programId === null ? 0 : messages.countPending(account, programId, now),
    programId === null ? 0 : tasks.countPending(account, programId, now),
    command === undefined ? sessions.readCommand(account, sessionId) : command,
  ]);
  return { pendingMessages, pendingTasks, command: waiting?.name ?? null };
}
