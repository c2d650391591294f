import { isEnded, limits } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** Archives what is over, a bounded number at a time. A program cleans up after itself alone. */
export const handleCleanupSessions: Handler<'cleanupSessions'> = {
  for: 'member',
  run: async ({ projectId, dryRun, pageToken }, caller, { sessions, clock }) => {
    const page = await sessions.list(caller.account, {
      state: 'complete',
      includeArchived: false,
      limit: limits.CLEANUP_BATCH_MAX,
      ...(caller.role === 'admin' || caller.programId === null ? {} : { programId: caller.programId }),
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    const over = page.items
      .filter(isEnded)
      .filter((session) => projectId === undefined || session.projectName === projectId);
    const ids = over.map(({ sessionId }) => sessionId);
    const archived = dryRun ? new Set(ids) : await sessions.archive(caller.account, over, clock.now());
    return {
      success: true,
      cleaned: ids.filter((id) => archived.has(id)),
      skipped: ids.filter((id) => !archived.has(id)),
      ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }),
    };
  },
};
