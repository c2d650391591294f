import { limits } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { endSession } from '../domain/session-report.js';
import { hasWindow } from '../domain/session-window.js';
import type { Handler } from './handler.js';
import { viewProgram } from './list-programs.js';
import type { Ports } from './ports.js';
import { revoked } from './revoke-key.js';

/** Takes a program out of service. Keys first, so that what dies halfway leaves less than before, and repeating it does the rest. */
export const handleRetireProgram: Handler<'retireProgram'> = {
  for: 'member',
  run: async ({ programId }, caller, ports) => {
    const { programs, clock } = ports;
    const keysRevoked = await revokeKeys(programId, caller, ports);
    await shutWindow(programId, caller, ports);
    const program = await programs.change(caller.account, programId, (old) => {
      if (old.retiredAt !== null) return { next: old, events: [] };
      const subject = `program/${programId}`;
      return {
        next: { ...old, retiredAt: clock.now() },
        events: [{ type: 'program.retired', subject, actor: actorOf(caller), data: { programId } }],
      };
    });
    return { success: true, program: viewProgram(program), keysRevoked };
  },
};

async function revokeKeys(programId: string, caller: Caller, { keys, clock }: Ports): Promise<number> {
  let count = 0;
  let pageToken: string | undefined;
  do {
    const page = await keys.list(caller.account, { programId, limit: limits.DIRECTORY_PAGE_MAX, pageToken });
    for (const { keyHash } of page.items) {
      let isRevokedNow = false;
      await keys.change(caller.account, keyHash, (key) => {
        const decision = revoked(key, caller, clock.now());
        isRevokedNow = decision.next !== key;
        return decision;
      });
      if (isRevokedNow) count++;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return count;
}

async function shutWindow(programId: string, caller: Caller, { windows, sessions, clock }: Ports): Promise<void> {
  const pointer = await windows.findPointer(caller.account, programId);
  if (pointer === undefined) return;
  await sessions.change(caller.account, pointer.sessionId, (found) =>
    hasWindow(found) ? endSession(found, 'killed', actorOf(caller), clock.now()) : undefined,
  );
}
