import { counted } from '../ui/format.js';
import { Tag } from '../ui/tag.js';
import type { Standing } from './standing.js';

/** What runs for a program and what waits for it, as tags. */
export function Waiting({ standing }: { standing: Standing }) {
  const { needing, liveSessions, handoffRequired, pendingTasks, pendingMessages } = standing;
  return (
    <>
      {needing > 0 && <Tag hue="needs">{needing === 1 ? '1 needs you' : `${needing} need you`}</Tag>}
      {liveSessions > 0 && <Tag hue="working">{counted(liveSessions, 'session')}</Tag>}
      {handoffRequired && (
        <Tag hue="stale" title="The context of a session is filling up: a fresh one should take over">
          Handoff
        </Tag>
      )}
      {pendingTasks !== null && pendingTasks > 0 && <Tag>{counted(pendingTasks, 'task')}</Tag>}
      {pendingMessages !== null && pendingMessages > 0 && <Tag>{counted(pendingMessages, 'message')}</Tag>}
    </>
  );
}
