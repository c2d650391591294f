import { NOT_ORCHESTRATED } from './lifecycle.js';
import type { LiveSession } from './session.js';

/** A session of which nobody has said anything but its name: what a new one begins with. Documents that are there don't get what is added here: docs/upgrades.md. */
export const UNREPORTED = {
  ...NOT_ORCHESTRATED,
  status: null,
  progress: null,
  projectName: null,
  activity: null,
  tokens: null,
  contextBytes: null,
  contextLimitBytes: null,
  handoffRequired: false,
  handoffDecision: null,
  contextSamples: {},
  expectedIntervalSeconds: null,
  command: null,
  window: null,
  lastHeartbeat: null,
  staleSince: null,
} as const satisfies Partial<LiveSession>;
