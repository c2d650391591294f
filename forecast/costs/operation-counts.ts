import type { OperationName } from '@quarterdeck/contract';
import type { Counts } from './counts.js';

/** What one call of an operation does to the database. */
export interface OperationCount extends Counts {
  /** What the figures grow with; absent: they are the same whatever is stored. */
  readonly grows?: string;
}

/**
 * Every operation of the registry, called as `test/support/valid-calls.ts` calls it, on an instance that is warm, in an account in use that has next to nothing
 * stored. `test/integration/cost-table.test.ts` measures each: an operation without a row does not compile, one that became dearer fails, and one that became
 * cheaper asks for its new figure.
 */
export const OPERATION_COUNTS: Readonly<Record<OperationName, OperationCount>> = {
  createSession: { reads: 1, writes: 2, events: 1, heard: 1 },
  updateSession: { reads: 1, writes: 2, events: 1, heard: 1 },
  heartbeat: { writes: 1, heard: 1 },
  listSessions: { reads: 2, grows: 'a read for each row, and one more where there are further ones' },
  getSession: { reads: 1 },
  restoreSession: { reads: 3, writes: 2, deletes: 1, events: 1, heard: 1 },
  getContextUtilization: { reads: 1, grows: 'a read for each live session of the program' },
  spawnSession: { reads: 4, writes: 5, events: 2, heard: 1 },
  killSession: { reads: 2, writes: 2, deletes: 1, events: 1, heard: 1 },
  commandSession: { reads: 1, writes: 2, events: 1, heard: 1 },
  cleanupSessions: {
    reads: 2,
    writes: 1,
    heard: 1,
    grows: 'two reads and a write for each session that is archived',
  },
  getFleetHealth: {
    reads: 1,
    grows: 'a read for each 2,000 programs; when the fleet is older than maxAgeSeconds, what a visit reads',
  },
  getFleetTimeline: { reads: 1, grows: 'a read for each day' },
  getProgramState: { reads: 1 },
  updateProgramState: { reads: 1, writes: 2 },
  getContextHistory: { reads: 1, grows: 'a read for each snapshot' },
  boot: {
    reads: 5,
    grows: 'a read for each task, message and live session that it names, 10 each at the most; beyond, a count',
  },
  activateAgent: { reads: 3, writes: 3, events: 1, heard: 1 },
  currentSession: { reads: 2 },
  extendSession: { reads: 2, writes: 2, events: 1, heard: 1 },
  deactivateAgent: {
    reads: 3,
    writes: 2,
    deletes: 1,
    counts: 1,
    events: 1,
    heard: 1,
    grows: 'the count: a read for each 1,000 memories of the session',
  },
  remember: { reads: 2, writes: 2, grows: 'a write for each memory' },
  recall: { reads: 3, grows: 'a read for each candidate: 50 a word, 500 at the most' },
  answer: { reads: 3, grows: 'as recall' },
  listMemories: { reads: 1, grows: 'a read for each row' },
  forget: { reads: 1, deletes: 1, grows: 'a delete for each memory' },
  sendMessage: { reads: 1, writes: 2, events: 1, grows: 'to a group: a write for each of its programs' },
  sendToSession: { reads: 1, writes: 2, events: 1 },
  getMessages: { reads: 1, grows: 'a read for each row; with markAsRead a write for each' },
  getSentMessages: { reads: 1, grows: 'a read for each row' },
  listPrograms: { reads: 2, grows: 'a read for each row' },
  getProgram: { reads: 1 },
  updateProgram: { reads: 1, writes: 2, events: 1 },
  createProgram: { reads: 1, writes: 3, events: 1, heard: 1 },
  retireProgram: { reads: 4, writes: 7, events: 2, grows: 'what revoke_key does, for each key' },
  createKey: { reads: 2, writes: 6, events: 2, heard: 1 },
  listKeys: { reads: 2, grows: 'a read for each row' },
  revokeKey: { reads: 1, writes: 4, events: 1 },
  rotateKey: { reads: 1, writes: 6, events: 1 },
  exchangeKey: { reads: 1 },
  createAccount: { reads: 1, writes: 4, events: 1, heard: 1 },
  getAccount: {},
  updateAccount: { reads: 1, writes: 3, events: 1, heard: 1 },
  listMembers: { reads: 1, grows: 'a read for each row' },
  inviteMember: { reads: 2, writes: 3, events: 1 },
  setMemberRole: { reads: 3, writes: 3, events: 1 },
  removeMember: { reads: 3, writes: 2, deletes: 1, events: 1 },
  createTask: { reads: 2, writes: 2, events: 1 },
  getTasks: { reads: 1, grows: 'a read for each row' },
  getTask: { reads: 1 },
  claimTask: { reads: 2, writes: 2, events: 1 },
  unclaimTask: { reads: 1, writes: 2, events: 1 },
  completeTask: { reads: 1, writes: 2, events: 1 },
  exportAccount: { reads: 5, grows: 'a read for each record, and one for each kind that ends in the page' },
  importAccount: { reads: 1, writes: 3, events: 1, heard: 1, grows: 'a read and some writes for each record' },
  listEvents: { reads: 6, grows: 'a read for each row' },
  createWebhook: { reads: 1, writes: 3, events: 1 },
  listWebhooks: { reads: 1 },
  registerDevice: { reads: 2, writes: 2 },
  listDevices: { reads: 1 },
  unregisterDevice: { reads: 2, writes: 1, deletes: 1 },
  deleteWebhook: { reads: 1, writes: 2, deletes: 1, events: 1 },
  pingWebhook: { reads: 2 },
  listDeliveries: { reads: 2, grows: 'a read for each row' },
  resendEvent: { reads: 5, writes: 1, messages: 1 },
};
