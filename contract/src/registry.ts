import type { Operation } from './operation.js';
import * as accounts from './operations/accounts.js';
import * as devices from './operations/devices.js';
import * as events from './operations/events.js';
import * as fleet from './operations/fleet.js';
import * as handoff from './operations/handoff.js';
import * as keys from './operations/keys.js';
import * as lifecycle from './operations/lifecycle.js';
import * as members from './operations/members.js';
import * as memories from './operations/memories.js';
import * as messages from './operations/messages.js';
import * as programState from './operations/program-state.js';
import * as programs from './operations/programs.js';
import * as sessions from './operations/sessions.js';
import * as tasks from './operations/tasks.js';
import * as transfer from './operations/transfer.js';
import * as webhooks from './operations/webhooks.js';
import * as windows from './operations/windows.js';

/** Every operation by the name of its callable. Adding one to a file above is all that the contract needs. */
export const operations = {
  ...sessions,
  ...lifecycle,
  ...fleet,
  ...programState,
  ...handoff,
  ...windows,
  ...memories,
  ...messages,
  ...programs,
  ...keys,
  ...accounts,
  ...members,
  ...tasks,
  ...transfer,
  ...events,
  ...webhooks,
  ...devices,
};
export type Operations = typeof operations;
/** `createSession`, `updateSession`, … */
export type OperationName = keyof Operations;

/** The same, for code that treats them all alike. */
export const allOperations: readonly Operation[] = Object.values(operations);
