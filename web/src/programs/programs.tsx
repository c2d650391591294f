import type { Program } from '@quarterdeck/contract';
import { collections } from '@quarterdeck/contract/views';
import { collection, query } from 'firebase/firestore';
import { useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { useSessions } from '../fleet/sessions.js';
import { wordsOf } from '../fleet/words.js';
import { listenToQuery, useLive } from '../live/live.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Empty } from '../ui/empty.js';
import { Filters } from '../ui/filters.js';
import { counted } from '../ui/format.js';
import { NotRead } from '../ui/not-read.js';
import { NothingFits } from '../ui/nothing-fits.js';
import { AsOf, When } from '../ui/time.js';
import { CreateProgram } from './create-program.js';
import { readProgram } from './read-program.js';
import { Row } from './row.js';
import { addressOf, type Filter, filterOf, fits, groupsOf, HEALTH, isFiltering, sectionsOf } from './sections.js';
import type { Standing } from './standing.js';
import { useStandings } from './use-standings.js';
import './programs.css';

const NONE: readonly Program[] = [];

/** All programs of the account: those that run, those that don't, and those that are out of service. */
export function Programs() {
  const { accountId, role, services } = useMember();
  const { query: given, route } = useLocation();
  const [isCreating, setCreating] = useState(false);
  const listener = useLive(
    () =>
      listenToQuery(
        query(collection(services.db, collections.programs(accountId))),
        (data) => readProgram(data) as Program,
      ),
    [accountId],
  );
  const { value, error } = listener.value;
  const programs = value ?? NONE;
  const filter = filterOf(given);
  const set = (change: Partial<Filter>) => route(addressOf({ ...filter, ...change }), true);
  const create = role === 'admin' && (
    <Button look="main" onClick={() => setCreating(true)}>
      New program
    </Button>
  );
  return (
    <>
      <div class="page-head">
        <h1>Programs</h1>
        <div class="actions">
          <AsOf />
          {programs.length > 0 && create}
        </div>
      </div>
      <NotRead what="The programs" error={error} />
      {programs.length > 0 && (
        <Filters
          label="Search programs"
          q={filter.q}
          onSearch={(q) => set({ q })}
          onShowAll={isFiltering(filter) ? () => route('/programs', true) : undefined}
        >
          <Choice
            label="Group"
            value={filter.group}
            choices={groupsOf(programs)}
            onChoose={(group) => set({ group })}
          />
          <Choice
            label="Health"
            value={filter.health}
            choices={HEALTH}
            onChoose={(health) => set({ health })}
            say={wordsOf}
          />
        </Filters>
      )}
      {value === undefined && error === null && <p role="status">Reading the programs…</p>}
      {value?.length === 0 && (
        <Empty title="No program yet">
          <p>A program is what an agent is called, whichever session it runs. It appears here with its first key.</p>
          {create}
        </Empty>
      )}
      {programs.length > 0 && <AllSections programs={programs} filter={filter} />}
      {isCreating && <CreateProgram programs={programs} onClose={() => setCreating(false)} />}
    </>
  );
}

function AllSections({ programs, filter }: { programs: readonly Program[]; filter: Filter }) {
  const { computedAt } = useSessions();
  const standings = useStandings(programs).value;
  const { live, offline, retired } = useMemo(() => {
    const fitting = programs.filter((program) => fits(program, standings.get(program.programId), filter));
    return sectionsOf(fitting, standings);
  }, [programs, standings, filter.q, filter.group, filter.health]);
  const countedAt = computedAt.value;
  if (live.length + offline.length + retired.length === 0) {
    return <NothingFits what="program" all="/programs" />;
  }
  return (
    <>
      <Section name="Live" programs={live} standings={standings} />
      <Section name="Offline" programs={offline} standings={standings} />
      {retired.length > 0 && (
        <details class="program-section" open={isFiltering(filter)}>
          <summary>
            Retired <span class="number">{retired.length}</span>
          </summary>
          <Rows programs={retired} standings={standings} />
        </details>
      )}
      {countedAt !== null && (
        <p class="faint">
          Tasks and messages that wait were counted at <When at={countedAt} />.
        </p>
      )}
    </>
  );
}

interface SectionProps {
  readonly programs: readonly Program[];
  readonly standings: ReadonlyMap<string, Standing>;
}

function Section({ name, programs, standings }: SectionProps & { readonly name: string }) {
  if (programs.length === 0) return null;
  return (
    <section class="program-section" aria-label={`${name}: ${counted(programs.length, 'program')}`}>
      <h2>
        {name} <span class="number">{programs.length}</span>
      </h2>
      <Rows programs={programs} standings={standings} />
    </section>
  );
}

function Rows({ programs, standings }: SectionProps) {
  return (
    <ul class="program-rows">
      {programs.map((program) => (
        <Row key={program.programId} program={program} standing={standings.get(program.programId)} />
      ))}
    </ul>
  );
}
