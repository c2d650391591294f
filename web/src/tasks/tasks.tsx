import type { Task, TaskStatus } from '@quarterdeck/contract';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { wordsOf } from '../fleet/words.js';
import { targetName } from '../targets/targets.js';
import { useTargets } from '../targets/use-targets.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Empty } from '../ui/empty.js';
import { addressWith } from '../ui/filter.js';
import { Filters } from '../ui/filters.js';
import { counted } from '../ui/format.js';
import { NothingFits } from '../ui/nothing-fits.js';
import { Problem } from '../ui/problem.js';
import { AsOf } from '../ui/time.js';
import { CreateTask } from './create-task.js';
import { searched } from './queue.js';
import { Row } from './row.js';
import { type KnownQueue, useQueue } from './use-queue.js';
import { STATUSES } from './words.js';
import '../ui/rows.css';
import '../ui/zone.css';
import './tasks.css';

/** What has to be done, who does it, and what was done. */
export function Tasks() {
  const { query, route } = useLocation();
  const { role } = useMember();
  const targets = useTargets();
  const [isCreating, setCreating] = useState(false);
  const filter = { q: query.q ?? '', program: query.program ?? '' };
  const known = useQueue(filter.program);
  const set = (change: Partial<typeof filter>) => route(addressWith('/tasks', { ...filter, ...change }), true);
  const isFiltering = filter.q !== '' || filter.program !== '';
  return (
    <>
      <div class="page-head">
        <h1>Tasks</h1>
        <AsOf />
        {role === 'admin' && (
          <div class="actions">
            <Button look="main" onClick={() => setCreating(true)}>
              New task
            </Button>
          </div>
        )}
      </div>
      <Filters
        label="Search tasks"
        q={filter.q}
        onSearch={(q) => set({ q })}
        onShowAll={isFiltering ? () => route('/tasks', true) : undefined}
      >
        <Choice
          label="Target"
          value={filter.program}
          choices={(targets ?? []).map(({ target }) => target)}
          onChoose={(program) => set({ program })}
          say={targetName}
        />
      </Filters>
      {known.error && <Problem>The tasks can’t be read: {known.error.message} Reload the page to try again.</Problem>}
      <Sections known={known} q={filter.q} isFiltering={isFiltering} />
      {isCreating && <CreateTask targets={targets} target={filter.program} onClose={() => setCreating(false)} />}
    </>
  );
}

function Sections({ known, q, isFiltering }: { known: KnownQueue; q: string; isFiltering: boolean }) {
  const { queue, isCut, more } = known;
  if (queue === undefined) return known.error ? null : <p role="status">Reading the tasks…</p>;
  const shown = searched(queue, q);
  if (STATUSES.every((status) => queue[status].length === 0)) return <NoTasks isFiltering={isFiltering} />;
  const sections = STATUSES.filter((status) => shown[status].length > 0 || isCut[status] !== null);
  if (sections.length === 0) return <NoTasks isFiltering />;
  return (
    <>
      {sections.map((status) => (
        <Section
          key={status}
          status={status}
          tasks={shown[status]}
          read={isCut[status]}
          isSearching={q !== ''}
          onMore={() => more(status)}
        />
      ))}
    </>
  );
}

interface SectionProps {
  readonly status: TaskStatus;
  readonly tasks: readonly Task[];
  /** How many were read, when there may be more; null: these are all. */
  readonly read: number | null;
  readonly isSearching: boolean;
  readonly onMore: () => void;
}

function Section({ status, tasks, read, isSearching, onMore }: SectionProps) {
  const isAll = read === null || isSearching;
  const count = `${tasks.length.toLocaleString()}${isAll ? '' : '+'}`;
  return (
    <section class="zone" aria-label={`${wordsOf(status)}: ${counted(tasks.length, 'task')}`}>
      <h2 class="zone-head quiet">
        {wordsOf(status)} <span class="number">{count}</span>
      </h2>
      {tasks.length > 0 && (
        <ul class="rows">
          {tasks.map((task) => (
            <Row key={task.taskId} task={task} />
          ))}
        </ul>
      )}
      {read !== null && (
        <div class="rows-foot">
          <span class="faint">{footText(status, read, isSearching)}</span>
          <Button look="quiet" onClick={onMore}>
            {isSearching ? 'Search further' : 'Show more'}
          </Button>
        </div>
      )}
    </section>
  );
}

function footText(status: TaskStatus, read: number, isSearching: boolean): string {
  const which = status === 'pending' ? 'most urgent' : 'newest, by when they were made';
  return isSearching ? `Searched were the ${read} ${which}.` : `These are the ${read} ${which}.`;
}

function NoTasks({ isFiltering }: { isFiltering: boolean }) {
  if (isFiltering) {
    return <NothingFits what="task" all="/tasks" />;
  }
  return (
    <Empty title="No task yet">
      <p>
        A task is something to do for a program, or for whoever of a group claims it first. Admins make them here, and
        programs with <code>create_task</code>.
      </p>
    </Empty>
  );
}
