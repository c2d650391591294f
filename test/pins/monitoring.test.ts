import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allOperations, ERROR_CODES, REASONS } from '@quarterdeck/contract';
import { DomainError } from '../../functions/src/domain/domain-error.js';
import { failureOf } from '../../functions/src/entries/errors.js';
import { LINES_A_MINUTE } from '../../functions/src/log/call-lines.js';
import * as functionLog from '../../functions/src/log/log.js';
import { sessionTokenKeys } from '../../functions/src/settings.js';
import { deployedFunctions as deployed } from '../support/deployed-functions.js';
import { type LogEntry, recordFunctionLog } from '../support/function-log.js';
import { isFound, parseFilter } from '../support/log-filter.js';
import { type Asked, anchorsOf, askedOfCloud, blocksOf, OLD_KEYS } from '../support/runbook.js';

/**
 * What is watched fits what is written: filters, labels and queries of monitoring/ and of docs/operate.md are held against lines of the functions' own log. There is
 * no Cloud Logging here: its query language is that of support/log-filter.ts, and of queries only the selectors are looked at.
 */

const { isAbout, endsWith, measured, observe } = functionLog;
const root = join(__dirname, '../..');
const folder = join(root, 'monitoring');
const log = recordFunctionLog('everything');

interface LogMetric {
  readonly name: string;
  readonly filter: string;
  readonly valueExtractor: string;
  readonly labelExtractors: Readonly<Record<string, string>>;
  readonly metricDescriptor: { readonly labels: readonly { readonly key: string }[] };
}

interface Alert {
  readonly documentation: { readonly content: string };
  readonly conditions: readonly { readonly conditionPrometheusQueryLanguage: { readonly query: string } }[];
}

function filesIn<T>(name: string): Readonly<Record<string, T>> {
  const files = readdirSync(join(folder, name));
  return Object.fromEntries(
    files.map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as T]),
  );
}

const metrics = filesIn<LogMetric>('metrics');
const alerts = filesIn<Alert>('alerts');
const dashboard = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8'));
const queryOf = (alert: Alert) => String(alert.conditions[0]?.conditionPrometheusQueryLanguage.query);

/** What happens in a deployment, as the doors and functions tell it. calls-are-told.test.ts shows that they do. */
const SITUATIONS = {
  beat: () => observe('rest', 'heartbeat', async () => isAbout({ account: 'a', program: 'builder' })),
  hook: () => observe('hooks', 'hook', async () => isAbout({ account: 'a', program: 'builder' })),
  boot: () => observe('mcp', 'boot', async () => isAbout({ account: 'a', program: 'builder' })),
  'bad key': () => told('callable', new DomainError('INVALID_KEY', 'x')),
  'too many sessions': () => told('rest', new DomainError('SESSION_LIMIT', 'x')),
  contention: () => told('rest', new DomainError('CONTENTION', 'x')),
  'database down': () => told('mcp', new DomainError('DATABASE_UNAVAILABLE', 'x')),
  defect: () => told('rest', new Error('x')),
  tick: () => observe('schedule', 'sweep', async () => measured({ accounts: 2, lateSeconds: 400 })),
  'tick that fails': () =>
    observe('schedule', 'sweep', async () => {
      throw new DomainError('DATABASE_UNAVAILABLE', 'x');
    }).catch(() => undefined),
  visit: () => observe('topic', 'sweepAccount', async () => measured({ live: 3, lateSeconds: 20 })),
  'visit that fails': () =>
    observe('topic', 'sweepAccount', async () => {
      throw new Error('x');
    }).catch(() => undefined),
  'poisonous message': () => observe('topic', 'notifyWebhooks', async () => endsWith('dropped', 'NO_EVENT')),
  'delivery refused': () => observe('topic', 'deliverWebhook', async () => endsWith('again', 'WAITING')),
  'delivery given up': () => observe('topic', 'deliverWebhook', async () => endsWith('parked', 'FAILED')),
  'no call': () => observe('rest', null, async () => undefined),
} as const;
type Situation = keyof typeof SITUATIONS;

function told(door: 'rest' | 'mcp' | 'callable', error: Error): Promise<unknown> {
  return observe(door, 'update_session', async () => failureOf(error));
}

const lines = new Map<Situation, LogEntry>();

beforeAll(async () => {
  for (const [name, happen] of Object.entries(SITUATIONS)) {
    log.clear();
    await happen();
    lines.set(name as Situation, log.entries.find(({ metric }) => metric === 'call') as LogEntry);
  }
});

const found = (filter: string) => [...lines].filter(([, line]) => isFound(filter, line)).map(([name]) => name);
const everything = Object.keys(SITUATIONS) as Situation[];

test('each metric is made of the lines that it is for', () => {
  const wellDone: Situation[] = ['beat', 'hook', 'boot', 'tick', 'visit', 'no call'];
  const expected: Readonly<Record<string, readonly Situation[]>> = {
    quarterdeck_calls: everything,
    quarterdeck_latency: wellDone,
    quarterdeck_sweep_lateness: ['tick'],
  };
  const made = Object.entries(metrics).map(([name, { filter }]) => [name, found(filter)]);
  expect(Object.fromEntries(made)).toEqual(expected);
});

test('a line that stands for many calls counts as many, and is left out of what is no sum', async () => {
  log.clear();
  for (let n = 0; n < LINES_A_MINUTE + 3; n++) await observe('callable', 'get_account', async () => undefined);
  jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  await observe('callable', 'get_account', async () => undefined);
  jest.restoreAllMocks();
  const sum = log.entries.find(({ calls }) => Number(calls) > 1) as LogEntry;
  expect(sum).toMatchObject({ operation: 'get_account', calls: 3 });
  expect(sum).not.toHaveProperty('account');
  expect(isFound(String(metrics.quarterdeck_calls?.filter), sum)).toBe(true);
  expect(isFound(String(metrics.quarterdeck_latency?.filter), sum)).toBe(false);
});

test('a metric takes its value and its labels from fields that its lines have', () => {
  const fieldOf = (extractor: string) => /^EXTRACT\(jsonPayload\.(\w+)\)$/.exec(extractor)?.[1] ?? 'nothing';
  for (const [file, { name, filter, valueExtractor, labelExtractors, metricDescriptor }] of Object.entries(metrics)) {
    expect(name).toBe(file);
    const own = found(filter).map((situation) => lines.get(situation) as LogEntry);
    for (const line of own) expect(line[fieldOf(valueExtractor)]).toEqual(expect.any(Number));
    expect(metricDescriptor.labels.map(({ key }) => key).sort()).toEqual(Object.keys(labelExtractors).sort());
    for (const [label, extractor] of Object.entries(labelExtractors)) {
      expect(fieldOf(extractor)).toBe(label);
      expect(own.some((line) => typeof line[label] === 'string')).toBe(true);
    }
  }
});

/** A series that a query asks for: the metric and what its labels have to be. */
interface Selector {
  readonly metric: string;
  readonly labels: readonly { readonly name: string; readonly operator: string; readonly value: string }[];
}

const OURS = 'logging_googleapis_com:user_';

function selectorsOf(query: string): readonly Selector[] {
  return [...query.matchAll(/(\w+_googleapis_com:\w+)(?:\{([^}]*)\})?/g)].map(([, metric = '', inner = '']) => ({
    metric,
    labels: [...inner.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)].map(([, name = '', operator = '', value = '']) => ({
      name,
      operator,
      value,
    })),
  }));
}

const queries: readonly (readonly [where: string, query: string])[] = [
  ...Object.entries(alerts).map(([name, alert]) => [name, queryOf(alert)] as const),
  ...dashboard.mosaicLayout.tiles.flatMap(
    ({
      widget,
    }: {
      widget: { title: string; xyChart: { dataSets: { timeSeriesQuery: { prometheusQuery: string } }[] } };
    }) =>
      widget.xyChart.dataSets.map(({ timeSeriesQuery }) => [widget.title, timeSeriesQuery.prometheusQuery] as const),
  ),
];

/** What a label may be, as far as it is known before anything happens. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  monitored_resource: ['cloud_run_revision', 'pubsub_subscription'],
  door: ['callable', 'mcp', 'rest', 'hooks', 'schedule', 'topic', 'trigger'],
  outcome: ['ok', ...ERROR_CODES, 'dropped', 'again', 'parked'],
  operation: ['none', 'hook', ...allOperations.map(({ name }) => name), ...Object.keys(deployed)],
  reason: Object.keys(REASONS),
};

test.each(queries)('%s asks for metrics that are made, by labels and values that they can have', (_where, query) => {
  const selectors = selectorsOf(query);
  expect(selectors.length).toBeGreaterThan(0);
  expect([...query].filter((one) => one === '(')).toHaveLength([...query].filter((one) => one === ')').length);
  for (const { metric, labels } of selectors) {
    if (metric.startsWith(OURS)) {
      const name = metric.slice(OURS.length).replace(/_(sum|count|bucket)$/, '');
      expect(Object.keys(metrics)).toContain(name);
      // A distribution is asked for as one of its parts, and a log-based metric by its resource.
      expect(metric).toMatch(/_(sum|count|bucket)$/);
      const known = ['monitored_resource', ...Object.keys(metrics[name]?.labelExtractors ?? {})];
      for (const label of labels) expect(known).toContain(label.name);
      expect(labels.map(({ name: label }) => label)).toContain('monitored_resource');
    }
    for (const { name, value } of labels) expect(VALUES[name]).toEqual(expect.arrayContaining(value.split('|')));
  }
});

test('each alert hears of what it is for, and of nothing else', () => {
  const failing: Situation[] = ['database down', 'defect'];
  const heard: Readonly<Record<string, readonly Situation[]>> = {
    'calls-fail': failing,
    'calls-slow': ['beat', 'hook'],
    contention: ['contention'],
    defect: ['defect', 'visit that fails'],
    'given-up': ['delivery given up'],
    'keys-refused': ['bad key'],
    'limit-reached': ['too many sessions'],
    'message-dropped': ['poisonous message'],
    'sweep-behind': ['tick'],
    'sweep-silent': ['tick'],
    'messages-wait': [],
    'writes-run-away': [],
  };
  const matches = ({ name, operator, value }: Selector['labels'][number], line: LogEntry) => {
    if (name === 'monitored_resource') return true;
    const is = new RegExp(`^(${value})$`).test(String(line[name] ?? ''));
    return operator === '!=' ? !is : is;
  };
  const hears = Object.entries(alerts).map(([name, alert]) => {
    const [selector] = selectorsOf(queryOf(alert));
    if (!selector?.metric.startsWith(OURS)) return [name, []];
    const metric = metrics[selector.metric.slice(OURS.length).replace(/_(sum|count|bucket)$/, '')] as LogMetric;
    const of = found(metric.filter).filter((situation) =>
      selector.labels.every((label) => matches(label, lines.get(situation) as LogEntry)),
    );
    return [name, of];
  });
  expect(Object.fromEntries(hears)).toEqual(heard);
});

test('every alert names a runbook that is there, and the page names every alert', () => {
  const page = readFileSync(join(root, 'docs/operate.md'), 'utf8');
  for (const [name, { documentation }] of Object.entries(alerts)) {
    const anchor = /docs\/operate\.md#([\w-]+)$/.exec(documentation.content)?.[1];
    expect(anchorsOf('operate.md')).toContain(anchor);
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` .*\\(#${anchor}\\)`, 'm'));
  }
});

describe('the commands of docs/operate.md', () => {
  let commands: readonly Asked[];
  beforeAll(async () => {
    const setUp = blocksOf('operate.md').filter(({ text }) => text.startsWith('export '));
    const cloud = blocksOf('operate.md').filter(({ needsCloud }) => needsCloud);
    commands = await askedOfCloud([...setUp, ...cloud], {
      ...{ ACCOUNT: 'account-1', PROGRAM: 'builder', SUBSCRIPTION: 'sub', MOMENT: '2026-03-02T10:00:00Z', BUCKET: 'b' },
      ...{ BACKUP: 'backups/1', BILLING: '000000-000000-000000' },
    });
  });
  const beginWith = (...words: readonly string[]) =>
    commands.filter((command) => words.every((word, at) => command[at] === word));

  test('make every metric and every alert, and the dashboard', () => {
    expect(beginWith('gcloud', 'logging', 'metrics', 'create').map((command) => command[4])).toEqual(
      Object.keys(metrics).sort(),
    );
    expect(beginWith('gcloud', 'alpha', 'monitoring', 'policies')).toHaveLength(Object.keys(alerts).length);
    expect(beginWith('gcloud', 'monitoring', 'dashboards')).toHaveLength(1);
  });

  test('look for lines that are written', () => {
    const filters = beginWith('gcloud', 'logging', 'read').map((command) => String(command[3]));
    expect(filters.length).toBeGreaterThan(8);
    const empty = filters.filter((filter) => !filter.includes('account-1') && found(filter).length === 0);
    expect(empty).toEqual([SEVERE]);
    expect(parseFilter(String(filters.find((filter) => filter.includes('account-1'))))).toEqual([
      { path: 'jsonPayload.metric', operator: '=', value: 'call' },
      { path: 'jsonPayload.account', operator: '=', value: 'account-1' },
      { path: 'jsonPayload.program', operator: '=', value: 'builder' },
    ]);
  });

  /** That of problems, which are no lines of calls. */
  const SEVERE = 'resource.type="cloud_run_revision" AND severity>=ERROR';

  test('look for problems, which are found by their severity', async () => {
    log.clear();
    failureOf(new Error('x'));
    functionLog.warn('something');
    const [problem, warning] = log.entries as [LogEntry, LogEntry];
    expect([isFound(SEVERE, problem), isFound(SEVERE, warning)]).toEqual([true, false]);
  });

  test('leave the lines of functions alone where they leave out requests', () => {
    const [sink] = beginWith('gcloud', 'logging', 'sinks', 'update');
    const filter = String(sink?.find((argument) => argument.includes('filter='))).replace(/^.*?filter=/, '');
    expect(filter).toContain('run.googleapis.com%2Frequests');
    expect(found(filter)).toEqual([]);
  });

  test('name functions that are deployed', () => {
    const jobs = commands
      .flat()
      .flatMap((argument) => /^firebase-schedule-(\w+)-us-central1$/.exec(argument)?.[1] ?? []);
    expect(new Set(jobs)).toEqual(new Set(['sweep']));
    expect(deployed.sweep).toHaveProperty('scheduleTrigger');
  });

  test('rotate the keys of session tokens step by step: each is deployed, and none forgets one that signs', () => {
    const steps = commands.filter(([name]) => name === 'firebase').map(([, what]) => what);
    const step = ['functions:secrets:set', 'deploy'];
    expect(steps).toEqual(['functions:secrets:access', ...step, ...step, 'functions:secrets:access', ...step]);
    const values = beginWith('set').map(([, value = '']) => sessionTokenKeys({ SESSION_TOKEN_KEYS: value }));
    const [old] = OLD_KEYS.keys;
    const fresh = values[0]?.keys[1];
    expect(values).toEqual([{ keys: [old, fresh] }, { keys: [fresh, old] }, { keys: [fresh] }]);
  });
});
