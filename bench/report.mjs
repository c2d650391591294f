// @ts-check
import { AGENTS, BEATS_PER_SECOND } from './agents.mjs';
import { CHANGES_PER_SECOND, SHOWN } from './dashboard.mjs';
import { goals } from './goals.mjs';
import { CLIENTS } from './load.mjs';
import { thousands } from './operations.mjs';
import { peer } from './peer.mjs';

/** @import { FleetLoad } from './agents.mjs' */
/** @import { Archive } from './archive.mjs' */
/** @import { BeatFigures } from './beats.mjs' */
/** @import { ColdStart } from './cold.mjs' */
/** @import { DashboardFigures } from './dashboard.mjs' */
/** @import { DoorName } from './doors.mjs' */
/** @import { Growth } from './growth.mjs' */
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
 * A part that was not asked for is absent.
 *
 * @typedef {object} Result
 * @property {string} startedAt
 * @property {boolean} quick
 * @property {string} node
 * @property {string} processor
 * @property {number} cores
 * @property {number} loadBefore
 * @property {OperationFigures[]} [operations]
 * @property {BeatFigures} [beats]
 * @property {ColdStart[]} [coldStarts]
 * @property {number} [serverStartMs]
 * @property {Growth} [growth]
 * @property {FleetLoad} [fleetLoad]
 * @property {Archive} [archive]
 * @property {DashboardFigures} [dashboard]
 */

/**
 * One figure, and what we want it to be.
 *
 * @typedef {[what: string, value: number, unit: string, goal?: number]} Figure the goal: at most this; absent: none
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
  const { operations, growth } = result;
  const figures = figuresOf(result);
  const tables = [
    operations ? table([HEADER, ...operationRows(result, operations)]) : [],
    growth ? table(growthRows(growth)) : [],
    figures.length > 0 ? table([['what', 'figure', 'goal'], ...figures.map(figureRow)]) : [],
  ].filter((lines) => lines.length > 0);
  return [summary(result), '', ...tables.flatMap((lines) => [...lines, '']), ...missedGoals(result)].join('\n');
}

/**
 * @param {Result} result
 * @param {OperationFigures[]} operations
 */
function operationRows({ beats }, operations) {
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
  if (beats === undefined) return rows;
  const bareRate = thousands(Math.round(beats.bareUpdatesPerSecond));
  return [
    ...rows,
    row('bare update() of the Admin SDK', {
      1: milliseconds(beats.bareUpdateMs),
      3: String(peer.bareUpdate.p50),
      5: bareRate,
    }),
    row('the same behind a bare HTTP server', {
      1: milliseconds(beats.bareServerMs),
      4: `${beats.serverRatio.toFixed(2)} of bare`,
    }),
    row('heartbeat beside them', {
      1: milliseconds(beats.beatMs),
      4: `${beats.ratio.toFixed(2)} of bare, ${beats.overServer.toFixed(2)} of bare server`,
      14: `${beats.callableRatio.toFixed(2)} of bare`,
    }),
  ];
}

/** @param {Growth} growth */
function growthRows({ sizes, operations }) {
  return [
    ['p50 ms with so many sessions in the history', ...sizes.map(thousands), 'last over first'],
    ...operations.map(({ label, p50 }) => [label, ...p50.map(milliseconds), growthOf(p50).toFixed(2)]),
  ];
}

/** @param {number[]} p50 */
function growthOf(p50) {
  return (p50.at(-1) ?? Number.NaN) / (p50[0] ?? Number.NaN);
}

/**
 * @param {Result} result
 * @returns {Figure[]}
 */
function figuresOf({ coldStarts = [], serverStartMs, fleetLoad, archive, dashboard }) {
  /** @type {Figure[]} */
  const figures = coldStarts.flatMap(({ name, loadMs, answerMs, kilobytes }) => [
    /** @type {Figure} */ ([
      `cold start of ${name}: module load (the peer's: ${peer.functionsLoad.p50})`,
      loadMs,
      'ms',
      goals.moduleLoadMs,
    ]),
    /** @type {Figure} */ ([`cold start of ${name}: what is loaded`, kilobytes, 'kB', goals.bundleKilobytes]),
    .../** @type {Figure[]} */ (
      answerMs === null ? [] : [[`cold start of ${name}: load and first answer`, answerMs, 'ms']]
    ),
  ]);
  if (serverStartMs !== undefined)
    figures.push([`server start, first call included (the peer's: ${peer.serverStart.p50})`, serverStartMs, 'ms']);
  if (fleetLoad) {
    const { seconds, beats, failed, p50, p99, perSecond, memoryBefore, memoryAfter, otherDocuments } = fleetLoad;
    const who = `${thousands(AGENTS)} agents, ${BEATS_PER_SECOND} beats a second for ${seconds} s`;
    figures.push(
      [`${who}: beats`, beats, ''],
      [`${who}: answered a second`, perSecond, ''],
      [`${who}: failed`, failed, '', 0],
      [`${who}: p50`, p50, 'ms'],
      [`${who}: p99`, p99, 'ms', goals.agentsP99Ms],
      [`${who}: memory of the functions, once warm`, memoryBefore, 'MiB'],
      [`${who}: memory gained from then on`, memoryAfter - memoryBefore, 'MiB', goals.agentsMemoryMebibytes],
      [`${who}: documents written beside their sessions`, otherDocuments, '', 0],
    );
  }
  if (archive) {
    const what = `archive ${thousands(archive.sessions)} sessions in ${archive.visits === 1 ? 'one visit' : `${archive.visits} visits`}`;
    figures.push(
      [what, archive.seconds, 's', goals.archiveSeconds],
      [`${what}: peak memory of the process`, archive.peakMebibytes, 'MiB', goals.archiveMebibytes],
    );
  }
  if (dashboard) {
    const many = `a frame with ${thousands(SHOWN)} sessions at ${CHANGES_PER_SECOND} changes a second`;
    figures.push(
      ['a write shows on the dashboard after, median', dashboard.writeMs, 'ms', goals.dashboardWriteMs],
      ['the same, 95th percentile', dashboard.writeP95Ms, 'ms'],
      [`${many}, median`, dashboard.frameP50Ms, 'ms'],
      ['the same, 95th percentile', dashboard.frameP95Ms, 'ms', goals.dashboardFrameMs],
      ['the same, 99th percentile', dashboard.frameP99Ms, 'ms'],
      [`from the address to ${thousands(SHOWN)} cards, for who was here before`, dashboard.openMs, 'ms'],
      ['scripts that the largest page loads, gzipped', dashboard.pageKilobytes, 'kB', goals.dashboardKilobytes],
      ['the Firebase SDK, gzipped', dashboard.firebaseKilobytes, 'kB'],
    );
  }
  return figures;
}

/** @param {Figure} figure */
function figureRow([what, value, unit, goal]) {
  return [what, `${plain(value)} ${unit}`.trim(), goal === undefined ? '' : `≤ ${thousands(goal)}`];
}

/** @param {number} value */
function plain(value) {
  return Number.isInteger(value) ? thousands(value) : milliseconds(value);
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
function missedGoals(result) {
  const { operations = [], beats, growth } = result;
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
  if (beats && beats.ratio > goals.beatOverBareUpdate) {
    missed.push(`heartbeat: ${beats.ratio.toFixed(2)} of a bare update, wanted at most ${goals.beatOverBareUpdate}`);
  }
  for (const { label, p50 } of growth?.operations ?? []) {
    if (growthOf(p50) > goals.growth)
      missed.push(`${label}: ${growthOf(p50).toFixed(2)} times as long with history, wanted at most ${goals.growth}`);
  }
  for (const [what, value, unit, goal] of figuresOf(result)) {
    if (goal !== undefined && value > goal)
      missed.push(`${what}: ${plain(value)} ${unit}, wanted at most ${thousands(goal)}`);
  }
  return missed.length === 0 ? ['All goals are met.'] : ['Goals missed:', ...missed.map((line) => `- ${line}`)];
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
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
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
