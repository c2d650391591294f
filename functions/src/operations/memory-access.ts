import type { Caller } from '../domain/caller.js';
import { noOpenWindow } from '../domain/session-window.js';
import type { Fence, Ports } from './ports.js';
import { findWindowSessionId } from './require-window.js';

/**
 * The window that a write to a program's memories depends on: the token's, else the one that the program's pointer names, at the price of a read.
 * @throws DomainError `NO_OPEN_WINDOW`
 */
export async function requireFence(
  caller: Caller,
  programId: string,
  ports: Pick<Ports, 'windows' | 'clock'>,
): Promise<Fence> {
  const now = ports.clock.now();
  const sessionId = await findWindowSessionId(caller, programId, ports);
  if (sessionId === undefined) throw noOpenWindow();
  return { sessionId, epoch: caller.token?.epoch ?? null, now };
}

/** An agent reaches its memories through its window; who oversees the account needs none. */
export function needsWindow(caller: Caller): boolean {
  return caller.role === 'program';
}
