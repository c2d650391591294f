import { isEnded } from '@quarterdeck/contract/views';
import { wordsOf } from '../fleet/words.js';
import type { AnySession } from '../fleet/zones.js';
import { type Fact, FactList, newerFacts } from '../ui/facts.js';
import { actorName, size } from '../ui/format.js';
import { Meter } from '../ui/meter.js';
import { SafeLink } from '../ui/safe-link.js';
import { When } from '../ui/time.js';

/** Everything that is known of a session; what nobody has said is left out. A field of a newer version is shown as it is. */
export function Facts({ session }: { session: AnySession }) {
  return (
    <div class="panel">
      <FactList facts={factsOf(session)} />
    </div>
  );
}

function factsOf(session: AnySession): Fact[] {
  const {
    progress,
    tokens,
    contextBytes,
    contextLimitBytes,
    pr,
    runtimeHandle,
    agentInfo,
    window,
    expectedIntervalSeconds,
  } = session;
  const ended = isEnded(session) ? session : null;
  return [
    ['Session', <code key="id">{session.sessionId}</code>],
    [
      'Program',
      session.programId === null ? (
        'None: it belongs to the account'
      ) : (
        <a key="p" href={`/programs/${session.programId}`}>
          {session.programId}
        </a>
      ),
    ],
    ['State', wordsOf(session.state)],
    ['Lifecycle', wordsOf(session.lifecycle)],
    ['Activity', session.activity && wordsOf(session.activity)],
    ['Told to', session.command && `${session.command.name} (by ${actorName(session.command.by)})`],
    ['Outcome', ended && wordsOf(ended.outcome)],
    [
      'Progress',
      progress === null ? null : (
        <span key="progress" class="fact-meter">
          <Meter share={progress / 100} label="Progress" /> {progress}%
        </span>
      ),
    ],
    ['Project', session.projectName],
    ['Branch', session.branch && <code key="b">{session.branch}</code>],
    ['Issue', session.issueId],
    [
      'Pull request',
      pr && (
        <SafeLink
          key="pr"
          href={pr.url}
        >{`#${pr.number}${pr.title === null ? '' : ` ${pr.title}`}${pr.isDraft ? ' (draft)' : ''}`}</SafeLink>
      ),
    ],
    ['Workspace', session.workspacePath && <code key="w">{session.workspacePath}</code>],
    [
      'Context',
      contextBytes === null
        ? null
        : `${size(contextBytes)}${contextLimitBytes === null ? '' : ` of ${size(contextLimitBytes)}`}`,
    ],
    ['Tokens', tokens && `${tokens.inputTokens.toLocaleString()} in, ${tokens.outputTokens.toLocaleString()} out`],
    ['Cost', agentInfo?.cost ? `$${agentInfo.cost.estimatedCostUsd.toFixed(2)} (estimated)` : null],
    ['Summary', agentInfo?.summary],
    ['Agent session', agentInfo?.agentSessionId && <code key="a">{agentInfo.agentSessionId}</code>],
    ['Runtime', runtimeHandle && `${runtimeHandle.runtimeName} ${runtimeHandle.id}`],
    ['Beats every', expectedIntervalSeconds === null ? null : `${expectedIntervalSeconds} s`],
    ['Last beat', session.lastHeartbeat && <When key="hb" at={session.lastHeartbeat} />],
    ['Last report', <When key="la" at={session.lastActivityAt} />],
    ['Created', <When key="c" at={session.createdAt} />],
    ['Started', session.startedAt && <When key="s" at={session.startedAt} />],
    ['Restored', session.restoredAt && <When key="r" at={session.restoredAt} />],
    ['Window ends', window && <When key="win" at={window.expiresAt} />],
    ['Ended', ended && <When key="e" at={ended.endedAt} />],
    ['Archived', ended?.archivedAt && <When key="ar" at={ended.archivedAt} />],
    ...Object.entries(session.metadata).map(([name, value]): Fact => [name, value]),
    ...newerFacts(session, KNOWN),
  ];
}

/** Fields that this version of the page has no name for. */
const KNOWN = new Set([
  'command',
  'sessionId',
  'programId',
  'name',
  'status',
  'state',
  'lifecycle',
  'progress',
  'projectName',
  'activity',
  'tokens',
  'contextBytes',
  'contextLimitBytes',
  'handoffRequired',
  'handoffDecision',
  'contextSamples',
  'expectedIntervalSeconds',
  'branch',
  'issueId',
  'pr',
  'workspacePath',
  'runtimeHandle',
  'agentInfo',
  'metadata',
  'restoredAt',
  'spawnRequestedAt',
  'window',
  'createdAt',
  'startedAt',
  'lastHeartbeat',
  'lastActivityAt',
  'staleSince',
  'endedAt',
  'outcome',
  'archivedAt',
]);
