// @ts-check
/**
 * What the same things cost at CacheBash, an MCP backend for agent sessions on Firestore, at its commit 1dc4858: measured by measure-peer.mjs on
 * 2026-12-01, on two cores of an AMD EPYC, Node 20.20.2, everything on loopback.
 *
 * @typedef {{ p50: number, perSecond?: number }} PeerFigure `p50`: milliseconds at one client. `perSecond`: operations per second at 16 clients.
 */

/** @satisfies {Record<string, PeerFigure>} */
export const peer = {
  /** An `update()` of the Admin SDK alone, meanwhile: how fast the machine was. */
  bareUpdate: { p50: 1.38 },
  createSession: { p50: 85, perSecond: 14.7 },
  updateSession: { p50: 73, perSecond: 20 },
  listSessions: { p50: 75, perSecond: 19.7 },
  updateProgramState: { p50: 86, perSecond: 16.2 },
  getProgramState: { p50: 82, perSecond: 19.7 },
  fleetHealth: { p50: 88, perSecond: 13 },
  /** 1,000 programs with 1,000 tasks and messages. */
  largeFleetHealth: { p50: 304 },
  /** An authenticated request that does nothing. */
  nothing: { p50: 56 },
  functionsLoad: { p50: 402 },
  serverStart: { p50: 916 },
};
