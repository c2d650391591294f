import { z } from 'zod';
import * as limits from './limits.js';
import { Count, visibleText, wholeText } from './primitives.js';

/**
 * Where a session stands in the eyes of an orchestrator, from the spawning of its agent over the stages of its pull request to its end. It moves together
 * with the state: see lifecycle.ts.
 */
export const Lifecycle = z.enum([
  'spawning',
  'working',
  'pr_open',
  'ci_failed',
  'review_pending',
  'changes_requested',
  'approved',
  'mergeable',
  'merged',
  'cleanup',
  'needs_input',
  'stuck',
  'errored',
  'killed',
  'done',
  'terminated',
]);
export type Lifecycle = z.infer<typeof Lifecycle>;

/** Lifecycles of a session that is over. `merged` is final; a session with any other can be restored. */
export const TerminalLifecycle = Lifecycle.extract(['merged', 'cleanup', 'errored', 'killed', 'done', 'terminated']);
export type TerminalLifecycle = z.infer<typeof TerminalLifecycle>;

/** Lifecycles of a session that is not over. */
export const LiveLifecycle = Lifecycle.exclude(TerminalLifecycle.options);
export type LiveLifecycle = z.infer<typeof LiveLifecycle>;

/** Key of a map of texts: Firestore reserves `__…__` for itself. */
const MapKey = visibleText(limits.METADATA_KEY_MAX_CHARS).refine((key) => !/^__.*__$/.test(key), {
  error: 'must not be of the form "__…__"',
});

function atMost(entries: number) {
  return (map: object) => Object.keys(map).length <= entries;
}

/** The pull request of a session. */
export const PullRequest = z.strictObject({
  number: z.int().min(1),
  url: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .max(limits.URL_MAX_CHARS)
    .refine((url) => /^https:\/\/[^\s@]+$/.test(url), { error: 'must be an https address without credentials' }),
  title: wholeText(limits.PR_TITLE_MAX_CHARS).nullable(),
  isDraft: z.boolean(),
});
export type PullRequest = z.infer<typeof PullRequest>;

/** The same, as a caller says it. */
export const PullRequestInput = PullRequest.extend({
  title: PullRequest.shape.title.default(null),
  isDraft: PullRequest.shape.isDraft.default(false),
});

/** How to reach the environment that an agent runs in: a process, a terminal multiplexer, a container. */
export const RuntimeHandle = z.strictObject({
  id: visibleText(limits.RUNTIME_ID_MAX_CHARS).describe('Its name in the runtime: a process id, a container.'),
  runtimeName: visibleText(limits.RUNTIME_NAME_MAX_CHARS).describe('"process", "tmux", "docker".'),
  data: z
    .record(MapKey, wholeText(limits.METADATA_VALUE_MAX_CHARS))
    .refine(atMost(limits.RUNTIME_DATA_MAX), { error: `may have ${limits.RUNTIME_DATA_MAX} keys` }),
});
export type RuntimeHandle = z.infer<typeof RuntimeHandle>;

/** The same, as a caller says it. */
export const RuntimeHandleInput = RuntimeHandle.extend({ data: RuntimeHandle.shape.data.default({}) });

/** What the agent's own tool says of the session. */
export const AgentInfo = z.strictObject({
  summary: wholeText(limits.AGENT_SUMMARY_MAX_CHARS).nullable(),
  agentSessionId: visibleText(limits.RUNTIME_ID_MAX_CHARS)
    .nullable()
    .describe("The session's name in that tool, to take it up again."),
  cost: z
    .strictObject({ inputTokens: Count, outputTokens: Count, estimatedCostUsd: z.number().min(0).max(1e9) })
    .nullable()
    .describe('Totals so far.'),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** The same, as a caller says it. */
export const AgentInfoInput = AgentInfo.extend({
  summary: AgentInfo.shape.summary.default(null),
  agentSessionId: AgentInfo.shape.agentSessionId.default(null),
  cost: AgentInfo.shape.cost.default(null),
});

/** Labels of a session, for whoever orchestrates it. */
export const Metadata = z
  .record(MapKey, wholeText(limits.METADATA_VALUE_MAX_CHARS))
  .refine(atMost(limits.METADATA_MAX), { error: `may have ${limits.METADATA_MAX} keys` });
export type Metadata = z.infer<typeof Metadata>;

/** A change of labels: merged key by key, null removes one (RFC 7396). What comes of it has at most METADATA_MAX keys. */
export const MetadataPatch = z
  .record(MapKey, wholeText(limits.METADATA_VALUE_MAX_CHARS).nullable())
  .refine(atMost(2 * limits.METADATA_MAX), { error: `may have ${2 * limits.METADATA_MAX} keys` });
export type MetadataPatch = z.infer<typeof MetadataPatch>;

export const Branch = visibleText(limits.BRANCH_MAX_CHARS).describe('Git branch that the session works on.');
export const IssueId = visibleText(limits.ISSUE_ID_MAX_CHARS).describe('The issue that the session works on.');
export const WorkspacePath = visibleText(limits.PATH_MAX_CHARS).describe("The agent's folder on its machine.");
