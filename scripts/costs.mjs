// @ts-check
/**
 * Writes docs/cost.md from the counts and prices in forecast/costs. With --check it writes nothing and fails when the page is behind; with assumptions of your
 * own (`npm run costs -- --agents 50 --beat 300`) it prints the page for them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypescript } from './lib/load-typescript.mjs';
import { root } from './lib/paths.mjs';

const PAGE = join(root, 'docs/cost.md');

/** @type {typeof import('../forecast/costs/page.js')} */
const { costPage } = await loadTypescript('forecast/costs/page.ts');

/** What a number on the command line is called among the assumptions, and its least. */
const NUMBERS = /** @type {const} */ ({
  agents: ['agents', 1],
  beat: ['beatSeconds', 1],
  sessions: ['sessionsPerAgentAndDay', 0],
  changes: ['stateChangesPerSession', 0],
  instances: ['instances', 1],
  'answer-bytes': ['answerBytes', 0],
  hours: ['hoursWatchedPerDay', 0],
  opens: ['opensPerDay', 0],
});
const SWITCHES = /** @type {const} */ ({
  announce: 'announcesInterval',
  inbox: 'asksForInbox',
  direct: 'beatsDirectly',
});

const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    .../** @type {Record<string, { type: 'string' }>} */ (
      Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, { type: 'string' }]))
    ),
    .../** @type {Record<string, { type: 'boolean' }>} */ (
      Object.fromEntries(Object.keys(SWITCHES).map((name) => [name, { type: 'boolean' }]))
    ),
  },
});
const given = /** @type {Record<string, string | boolean | undefined>} */ (values);

const assumptions = Object.fromEntries([
  ...Object.entries(NUMBERS).flatMap(([name, [assumption, least]]) => {
    if (given[name] === undefined) return [];
    const value = Number(given[name]);
    if (!(value >= least)) {
      console.error(`--${name} must be a number of at least ${least}, not "${given[name]}".`);
      process.exit(2);
    }
    return [[assumption, value]];
  }),
  ...Object.entries(SWITCHES).flatMap(([name, assumption]) => (given[name] ? [[assumption, true]] : [])),
]);

const page = costPage(assumptions);
if (given.check) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/cost.md: not what forecast/costs says: run npm run costs');
    process.exit(1);
  }
} else if (Object.keys(assumptions).length > 0) console.log(page);
else writeFileSync(PAGE, page);
