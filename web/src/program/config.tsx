import type { ProgramState } from '@quarterdeck/contract';
import { UNWRITTEN } from '@quarterdeck/contract/views';
import { type Fact, FactList } from '../ui/facts.js';
import { counted } from '../ui/format.js';
import { newerFields } from '../ui/newer-fields.js';

/** How the program likes to work, how it usually does, and when it forgets. What was never said is left out. */
export function Config({ state: { config, baselines, decay } }: { state: ProgramState }) {
  const { preferredOutputFormat, toolPreferences, knownQuirks, customSettings } = config;
  const ways: Fact[] = [
    ['Output format', preferredOutputFormat],
    ...Object.entries(toolPreferences).map(([tool, preference]): Fact => [tool, preference]),
    ['Known quirks', listed(knownQuirks)],
    [
      'Custom settings',
      Object.keys(customSettings).length === 0 ? null : (
        <pre key="custom">{JSON.stringify(customSettings, null, 2)}</pre>
      ),
    ],
    ...newerFields(config, Object.keys(UNWRITTEN.config)),
  ];
  const usual: Fact[] = [
    ['Sessions completed', baselines.sessionsCompleted === 0 ? null : baselines.sessionsCompleted.toLocaleString()],
    ['Average task', minutes(baselines.avgTaskDurationMinutes)],
    ['Last session', minutes(baselines.lastSessionDurationMinutes)],
    ['Common failure modes', listed(baselines.commonFailureModes)],
    ...newerFields(baselines, Object.keys(UNWRITTEN.baselines)),
  ];
  const forgets: Fact[] = [
    ['Summary is stale', `after ${counted(decay.contextSummaryTTLDays, 'day')}`],
    ['Patterns decay', `after ${counted(decay.learnedPatternMaxAge, 'day')} without being reinforced`],
    ['Not promoted', `at most ${counted(decay.maxUnpromotedPatterns, 'pattern')}`],
    ...newerFields(decay, Object.keys(UNWRITTEN.decay)),
  ];
  return (
    <section class="panel stack" aria-label="Config and baselines">
      <Group title="Config" facts={ways} />
      <Group title="Baselines" facts={usual} />
      <Group title="Decay" facts={forgets} />
    </section>
  );
}

function Group({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <div class="part">
      <h2>{title}</h2>
      {facts.every(([, value]) => value === null) ? <p class="faint">Nothing was said.</p> : <FactList facts={facts} />}
    </div>
  );
}

function listed(items: readonly string[]) {
  return items.length === 0 ? null : (
    <ul class="items">
      {items.map((item, index) => (
        <li key={`${index} ${item}`}>{item}</li>
      ))}
    </ul>
  );
}

function minutes(count: number | null): string | null {
  return count === null ? null : `${Number(count.toFixed(1)).toLocaleString()} min`;
}
