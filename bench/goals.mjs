// @ts-check
/** What we want to hold; a run says which figures miss it. Ratios to the peer, ratios to the bare Admin SDK, and milliseconds. */
export const goals = {
  /** Peer's p50 at one client over ours. */
  timesFaster: 8,
  /** The same for fleet health of 1,000 programs. */
  timesFasterLargeFleet: 30,
  /** Our operations per second at 16 clients over the peer's. */
  timesThroughput: 25,
  /** p50 of a beat that writes over p50 of a bare `update()` of the Admin SDK, measured side by side. */
  beatOverBareUpdate: 2,
  moduleLoadMs: 250,
  /** What the module of one function may load at its start, in kilobytes. */
  bundleKilobytes: 2048,
  /** p50 of recall over MEMORIES memories. */
  recallMs: 300,
  /** p50 in an account with 100,000 sessions in its history over that in one with 10. */
  growth: 1.5,
  /** 99th percentile of beats while a thousand agents beat 200 times a second, and what the functions' process may gain meanwhile. */
  agentsP99Ms: 150,
  agentsMemoryMebibytes: 64,
  /** One visit that archives 100,000 sessions. */
  archiveSeconds: 600,
  archiveMebibytes: 256,
  /** Median from a write to its text on the screen. */
  dashboardWriteMs: 300,
  /** 95th percentile of frames with 1,000 live sessions at 10 changes a second. */
  dashboardFrameMs: 50,
  /** Scripts that a page of the dashboard loads beside the Firebase SDK, gzipped. */
  dashboardKilobytes: 100,
};
