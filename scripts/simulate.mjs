// @ts-check
/**
 * `npm run simulate -- --sessions 1000000 --accounts 1000`: plays the sweep over a fleet in memory, minute by minute on a clock of its own, with the code
 * that is deployed, and prints what it costs and how late it notices. docs/scale.md says what came of it.
 */
import { parseArgs } from 'node:util';
import { loadTypescript } from './lib/load-typescript.mjs';

/** @type {typeof import('../forecast/sweep/report.js')} */
const { DEFAULT_SCENARIO, printedSimulation } = await loadTypescript('forecast/sweep/report.ts');

const { values } = parseArgs({
  options: {
    sessions: { type: 'string' },
    accounts: { type: 'string' },
    beat: { type: 'string' },
    announce: { type: 'boolean' },
    'session-hours': { type: 'string' },
    silent: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
  },
});

const scenario = {
  sessions: whole('sessions', DEFAULT_SCENARIO.sessions),
  accounts: whole('accounts', DEFAULT_SCENARIO.accounts),
  beatSeconds: whole('beat', DEFAULT_SCENARIO.beatSeconds),
  announcesInterval: values.announce ?? DEFAULT_SCENARIO.announcesInterval,
  sessionHours: number('session-hours', DEFAULT_SCENARIO.sessionHours, 0),
  silentShare: number('silent', DEFAULT_SCENARIO.silentShare * 100, 0) / 100,
  hours: number('hours', DEFAULT_SCENARIO.hours, 0.1),
  seed: whole('seed', DEFAULT_SCENARIO.seed),
};
if (scenario.silentShare > 1) fail('--silent is a percentage: give at most 100.');
if (scenario.accounts > scenario.sessions) fail('--accounts is more than --sessions: give each account a session.');
const started = performance.now();
console.log(await printedSimulation(scenario));
console.log(`\nplayed in ${((performance.now() - started) / 1000).toFixed(0)} s`);

/**
 * @param {'sessions' | 'accounts' | 'beat' | 'session-hours' | 'silent' | 'hours' | 'seed'} name
 * @param {number} standard
 * @param {number} least
 * @returns {number}
 */
function number(name, standard, least) {
  const given = values[name];
  const value = given === undefined ? standard : Number(given);
  if (!(value >= least)) fail(`--${name} must be a number of at least ${least}, not "${given}".`);
  return value;
}

/**
 * @param {'sessions' | 'accounts' | 'beat' | 'seed'} name
 * @param {number} standard
 * @returns {number}
 */
function whole(name, standard) {
  const value = number(name, standard, 1);
  if (!Number.isInteger(value)) fail(`--${name} must be a whole number, not "${values[name]}".`);
  return value;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}
