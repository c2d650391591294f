// @ts-check
/**
 * What the same things cost at CacheBash, an MCP backend for agent sessions on Firestore, measured on 2026-11-21: two cores, everything on
 * loopback, the same Firestore emulator (hidane), over HTTP, through its MCP door.
 *
 * @typedef {{ p50: number, perSecond?: number }} PeerFigure `p50`: milliseconds at one client. `perSecond`: operations per second at 16 clients.
 */

/** @satisfies {Record<string, PeerFigure>} */
export const peer = {
  createSession: { p50: 47, perSecond: 30 },
  updateSession: { p50: 41, perSecond: 30 },
  listSessions: { p50: 37, perSecond: 32 },
  fleetHealth: { p50: 38, perSecond: 30 },
  /** 1,000 programs with 1,000 tasks and messages. */
  largeFleetHealth: { p50: 180 },
  getProgramState: { p50: 44, perSecond: 33 },
  updateProgramState: { p50: 52, perSecond: 28 },
  /** An authenticated request that does nothing. */
  nothing: { p50: 30 },
  functionsLoad: { p50: 202 },
  serverStart: { p50: 395 },
};
