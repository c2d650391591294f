import type { Caller } from '../domain/caller.js';
import { requireOpenWindow } from '../domain/session-window.js';
import type { Fence, Ports } from './ports.js';
import { fenceOf } from './require-window.js';

/**
 * The window that a write to a program's memories depends on: the token's, else the one that the program's pointer names, at the price of a read.
 * @throws DomainError `NO_OPEN_WINDOW`
 */
export async function requireFence(
  caller: Caller,
  programId: string,
  { windows, clock }: Pick<Ports, 'windows' | 'clock'>,
): Promise<Fence> {
  const now = clock.now();
  const fence = fenceOf(caller, now);
  if (fence !== undefined) return fence;
  const pointer = await windows.findPointer(caller.account, programId);
  if (pointer === undefined) return requireOpenWindow(undefined, null, now) as never;
  return { sessionId: pointer.sessionId, epoch: null, now };
}

/** An agent reaches its memories through its window; who oversees the account needs none. */
export function needsWindow(caller: Caller): boolean {
  return caller.role === 'program';
}
