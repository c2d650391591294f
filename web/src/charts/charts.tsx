import { documents } from '@quarterdeck/contract/views';
import { doc } from 'firebase/firestore';
import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { useSessions } from '../fleet/sessions.js';
import { serverNow } from '../live/clock.js';
import { listenToDocuments, useLive } from '../live/live.js';
import { Empty } from '../ui/empty.js';
import { counted } from '../ui/format.js';
import { AsOf } from '../ui/time.js';
import { Chart } from './chart.js';
import { contextOf } from './context.js';
import { columnsOf, daysUntil, pointsOf } from './points.js';

/** What can be looked back at, in days. Points are kept for about a month. */
const PERIODS = {
  day: { days: 2, name: 'Day', ms: 86_400_000 },
  week: { days: 8, name: 'Week', ms: 7 * 86_400_000 },
  month: { days: 31, name: 'Month', ms: 31 * 86_400_000 },
};
type Period = keyof typeof PERIODS;

const SESSIONS = ['working', 'blocked', 'pinned', 'stale'] as const;
const WAITING = ['pendingTasks', 'pendingMessages'] as const;

/** The fleet over time. */
export function Charts() {
  const { query, route } = useLocation();
  const period: Period = query.period === 'week' || query.period === 'month' ? query.period : 'day';
  return (
    <>
      <div class="page-head">
        <h1>Charts</h1>
        <div class="actions">
          <AsOf />
          <fieldset class="segments" aria-label="Period">
            {Object.entries(PERIODS).map(([name, { name: label }]) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === period}
                onClick={() => route(name === 'day' ? '/charts' : `/charts?period=${name}`, true)}
              >
                {label}
              </button>
            ))}
          </fieldset>
        </div>
      </div>
      <div class="charts">
        <OverTime key={period} period={period} />
        <ContextOverTime />
      </div>
    </>
  );
}

function OverTime({ period }: { period: Period }) {
  const { accountId, services } = useMember();
  const { days, ms } = PERIODS[period];
  const live = useLive(
    () =>
      listenToDocuments(
        daysUntil(serverNow(), days).map((day) => doc(services.db, documents.fleetDay(accountId, day))),
        pointsOf,
      ),
    [days],
  );
  const { value } = live.value;
  const points = useMemo(() => {
    const since = serverNow().getTime() - ms;
    return value?.flat().filter(({ at }) => at.getTime() >= since);
  }, [value, ms]);
  const sessions = useMemo(() => columnsOf(points ?? [], SESSIONS), [points]);
  const waiting = useMemo(() => columnsOf(points ?? [], WAITING), [points]);
  if (points === undefined) return <p role="status">Reading the timeline…</p>;
  const last = points.at(-1);
  if (last === undefined) {
    return (
      <Empty title="Nothing was counted in this time">
        <p>While sessions live, a point is taken at least every five minutes.</p>
      </Empty>
    );
  }
  const { load } = last;
  return (
    <>
      <Chart
        title="Sessions"
        at={last.at}
        summary={`${load.working} working, ${load.blocked} blocked, ${load.pinned} pinned; ${load.stale} of them silent`}
        lines={[
          { name: 'Working', colour: '--working' },
          { name: 'Blocked', colour: '--needs' },
          { name: 'Pinned', colour: '--quiet', dash: [6, 3] },
          { name: 'Stale', colour: '--stale', dash: [2, 3] },
        ]}
        columns={sessions}
      />
      <Chart
        title="Waiting"
        at={last.at}
        summary={`${counted(load.pendingTasks, 'task')}, ${counted(load.pendingMessages, 'unread message')}`}
        lines={[
          { name: 'Tasks', colour: '--accent' },
          { name: 'Messages', colour: '--quiet', dash: [6, 3] },
        ]}
        columns={waiting}
      />
    </>
  );
}

function ContextOverTime() {
  const { value } = useSessions().live.value;
  const context = useMemo(() => contextOf(value ?? []), [value]);
  if (context.sessions.length === 0) return null;
  const [fullest] = context.sessions;
  return (
    <Chart
      title="Context in use"
      summary={`The fullest: ${fullest?.name} at ${Math.round((fullest?.share ?? 0) * 100)}%`}
      lines={context.sessions.map(({ name }, index) => ({
        name,
        colour: ['--accent', '--stale', '--working', '--needs', '--quiet'][index % 5] as string,
        ...(index === 0 ? {} : { dash: [6, index + 1] }),
      }))}
      columns={context.columns}
      spansGaps
      format={(share) => `${Math.round(share * 100)}%`}
    />
  );
}
