// @ts-check
import { goals } from './goals.mjs';
import { CLIENTS } from './load.mjs';
import { thousands } from './operations.mjs';
import { peer } from './peer.mjs';

/** @import { ColdStart } from './cold.mjs' */
/** @import { DoorName } from './doors.mjs' */
/** @import { PeerFigure } from './peer.mjs' */

/** With more than this running before a run, its figures say more about the others. */
const QUIET_LOAD = 0.5;

/**
 * Medians over the rounds. Milliseconds; null: not measured, or not known on this system.
 *
 * @typedef {object} OperationFigures
 * @property {string} label
 * @property {DoorName} door
 * @property {PeerFigure | null} peer
 * @property {number} p50 at one client
 * @property {number} p99 at one client
 * @property {number | null} perSecond at CLIENTS clients
 * @property {number | null} serverCpuMs processor time of the functions for one request
 * @property {number | null} emulatorCpuMs processor time of the Firestore emulator for one request
 */

/**
 * @typedef {object} Result
 * @property {string} startedAt
 * @property {string} node
 * @property {string} processor
 * @property {number} cores
 * @property {number} loadBefore
 * @property {OperationFigures[]} operations
 * @property {{ bareUpdateMs: number, beatMs: number, ratio: number, callableRatio: number, bareUpdatesPerSecond: number }} beats
 * @property {ColdStart[]} coldStarts
 * @property {number} serverStartMs
 */

const HEADER = [
  'what',
  'p50 ms',
  'p99 ms',
  'peer p50',
  'times faster',
  `per s at ${CLIENTS}`,
  'peer per s',
  'times more',
  'CPU ms: functions',
  'CPU ms: Firestore',
  'MCP 2026 p50',
  'MCP 2026 per s',
  'REST p50',
  'REST per s',
  'callable p50',
  'callable per s',
];

/**
 * @param {Result} result
 * @returns {string} Markdown
 */
export function report(result) {
  const { operations, beats, coldStarts, serverStartMs } = result;
  const rows = throughMcp(operations).map((one) => [
    one.label,
    milliseconds(one.p50),
    milliseconds(one.p99),
    one.peer ? String(one.peer.p50) : '',
    one.peer ? ratio(one.peer.p50 / one.p50) : '',
    one.perSecond === null ? '' : thousands(Math.round(one.perSecond)),
    one.peer?.perSecond && one.perSecond ? String(one.peer.perSecond) : '',
    one.peer?.perSecond && one.perSecond ? ratio(one.perSecond / one.peer.perSecond) : '',
    one.serverCpuMs === null ? '' : milliseconds(one.serverCpuMs),
    one.emulatorCpuMs === null ? '' : milliseconds(one.emulatorCpuMs),
    ...atDoor(operations, one, 'mcpNewest'),
    ...atDoor(operations, one, 'rest'),
    ...atDoor(operations, one, 'callable'),
  ]);
  const bareRate = thousands(Math.round(beats.bareUpdatesPerSecond));
  rows.push(
    row('bare update() of the Admin SDK', { 1: milliseconds(beats.bareUpdateMs), 5: bareRate }),
    row('heartbeat beside it', {
      1: milliseconds(beats.beatMs),
      4: `${beats.ratio.toFixed(2)} of bare`,
      14: `${beats.callableRatio.toFixed(2)} of bare`,
    }),
    ...coldStarts.flatMap(({ name, loadMs, answerMs, kilobytes }) => [
      row(`cold: module load (${name}), ${thousands(kilobytes)} kB`, against(loadMs, peer.functionsLoad)),
      ...(answerMs === null ? [] : [row(`cold: load and first answer (${name})`, { 1: milliseconds(answerMs) })]),
    ]),
    row('server start, first call included', against(serverStartMs, peer.serverStart)),
  );
  return [summary(result), '', ...table([HEADER, ...rows]), '', ...missedGoals(result)].join('\n');
}

/**
 * The order of the rows: what goes through the MCP door, and the hooks, which are a door of their own. Two fleets have a row of the same name: so the n-th of a name at one door is the n-th at another.
 *
 * @param {OperationFigures[]} operations
 */
function throughMcp(operations) {
  return operations.filter(({ door }) => door === 'mcp' || door === 'hooks');
}

/**
 * @param {OperationFigures[]} operations
 * @param {OperationFigures} figures at the MCP door
 * @param {DoorName} door
 * @returns {[p50: string, perSecond: string]}
 */
function atDoor(operations, figures, door) {
  const namesakes = (/** @type {DoorName} */ at) =>
    operations.filter((one) => one.label === figures.label && one.door === at);
  const same = namesakes(door)[namesakes('mcp').indexOf(figures)];
  if (same === undefined) return ['', ''];
  return [milliseconds(same.p50), same.perSecond === null ? '' : thousands(Math.round(same.perSecond))];
}

/** @param {Result} result */
function summary({ startedAt, node, processor, cores, loadBefore }) {
  const disturbed =
    loadBefore > QUIET_LOAD
      ? ` **The machine was busy (load ${loadBefore.toFixed(1)}): the figures are too high.**`
      : '';
  return `${startedAt}, Node ${node}, ${cores} × ${processor}, load before ${loadBefore.toFixed(1)}.${disturbed}`;
}

/**
 * @param {Result} result
 * @returns {string[]}
 */
function missedGoals({ operations, beats, coldStarts }) {
  const missed = throughMcp(operations).flatMap(({ label, p50, perSecond, peer: figure }) => {
    if (label.startsWith('recall') && p50 > goals.recallMs)
      return [`${label}: ${milliseconds(p50)} ms, wanted at most ${goals.recallMs}`];
    if (figure === null) return [];
    const wanted = figure === peer.largeFleetHealth ? goals.timesFasterLargeFleet : goals.timesFaster;
    const faster = figure.p50 / p50;
    const more = figure.perSecond && perSecond ? perSecond / figure.perSecond : Number.POSITIVE_INFINITY;
    return [
      ...(faster < wanted ? [`${label}: ${ratio(faster)} times faster, wanted ${wanted}`] : []),
      ...(more < goals.timesThroughput
        ? [`${label}: ${ratio(more)} times more per second, wanted ${goals.timesThroughput}`]
        : []),
    ];
  });
  if (beats.ratio > goals.beatOverBareUpdate) {
    missed.push(`heartbeat: ${beats.ratio.toFixed(2)} of a bare update, wanted at most ${goals.beatOverBareUpdate}`);
  }
  for (const { name, loadMs, kilobytes } of coldStarts) {
    if (kilobytes > goals.bundleKilobytes)
      missed.push(`bundle (${name}): ${thousands(kilobytes)} kB, wanted at most ${thousands(goals.bundleKilobytes)}`);
    if (loadMs > goals.moduleLoadMs)
      missed.push(`module load (${name}): ${milliseconds(loadMs)} ms, wanted at most ${goals.moduleLoadMs}`);
  }
  return missed.length === 0 ? ['All goals are met.'] : ['Goals missed:', ...missed.map((line) => `- ${line}`)];
}

/**
 * @param {number} ms
 * @param {PeerFigure} figure
 */
function against(ms, figure) {
  return { 1: milliseconds(ms), 3: String(figure.p50), 4: ratio(figure.p50 / ms) };
}

/**
 * @param {string} label
 * @param {Record<number, string>} cells by column
 */
function row(label, cells) {
  return HEADER.map((_, column) => (column === 0 ? label : (cells[column] ?? '')));
}

/** @param {string[][]} rows the first is the header */
function table(rows) {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => {
    const padded = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `| ${padded.join(' | ')} |`;
  });
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  lines.splice(1, 0, `| ${rule.join(' | ')} |`);
  return lines;
}

/** @param {number} ms */
function milliseconds(ms) {
  return ms >= 100 ? String(Math.round(ms)) : ms.toFixed(ms >= 10 ? 1 : 2);
}

/** @param {number} times */
function ratio(times) {
  return times >= 10 ? String(Math.round(times)) : times.toFixed(1);
}
