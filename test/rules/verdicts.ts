import type { documents } from '@quarterdeck/contract';
import type { CallerName } from './callers.js';

/** Who may do what with a kind of document. What is absent, nobody may. */
export interface Verdict {
  readonly get?: readonly CallerName[];
  /** Filtered or not, unless `listOwn` says otherwise: rules are not filters. */
  readonly list?: readonly CallerName[];
  /** A list that is filtered so that only the owner program's can be in it: by program, or by id. Absent: as `list`. */
  readonly listOwn?: readonly CallerName[];
  /** A list that is filtered so that only what the owner program is in the audience of can be in it: by audience, or by id. Absent: as `list`. */
  readonly listInbox?: readonly CallerName[];
  /** An update that sets `lastHeartbeat` to the server's time. direct-beat.test.ts has its limits. */
  readonly beat?: readonly CallerName[];
}

const overseers: readonly CallerName[] = [
  'an admin',
  'an admin whose token names the account alone',
  'an admin that signed in at validSince',
  'an auditor',
  'an auditor before its validUntil',
  "the owner program's admin key",
  "the owner program's auditor key",
  "another program's admin key",
];
const itself: readonly CallerName[] = [
  'the owner program',
  "the owner program's admin key",
  "the owner program's auditor key",
];
const itselfToWrite = itself.filter((caller) => caller !== "the owner program's auditor key");
const everyone: readonly CallerName[] = ['another program', ...itself, ...overseers];

/** The policy: what firestore.rules has to be, with one row for each kind of document in the contract. */
export const verdicts: Record<keyof typeof documents, Verdict> = {
  account: { get: everyone },
  program: { get: everyone, list: everyone },
  session: { get: everyone, list: everyone, beat: itselfToWrite },
  endedSession: { get: everyone, list: everyone },
  fleet: { get: everyone, list: everyone },
  fleetDay: { get: everyone, list: everyone },

  programState: { get: [...itself, ...overseers], list: overseers },
  contextSnapshot: { get: [...itself, ...overseers], list: [...itself, ...overseers] },

  task: { get: [...itself, ...overseers], list: overseers, listInbox: [...itself, ...overseers] },
  message: { get: [...itself, ...overseers], list: overseers, listOwn: [...itself, ...overseers] },
  memory: { get: [...itself, ...overseers], list: overseers, listOwn: [...itself, ...overseers] },
  event: { get: overseers, list: overseers },
  member: { get: overseers, list: overseers },

  slots: {},
  spawnRequest: {},
  spawnCounter: {},
  apiKey: {},
  principal: {},
  invitation: {},
  window: {},
  webhooks: {},
  webhookSecret: {},
  delivery: {},
  devices: {},
  push: {},
  deviceAccount: {},
  idempotentCall: {},
  invalidations: {},
};
