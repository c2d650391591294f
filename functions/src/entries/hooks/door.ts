import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'hono';
import type { App } from '../../compose.js';
import type { HookEvent } from '../../domain/claude-code-hooks.js';
import { belongsTo, endsWith, warn } from '../../log/log.js';
import { failureOf } from '../errors.js';
import { credentialsOf } from '../request.js';
import type { RestBindings, RestRoutes } from '../rest/door.js';
import { wrongMethod } from '../rest/v1.js';
import { hookEventOf } from './body.js';

const PATH = '/hooks/claude-code';

/** After this Claude Code has its answer, whatever still runs: a person waits for it at every tool call. */
export const HOOK_DEADLINE_MS = 800;

/** For a person with curl: `recorded`, `ignored`, `DEADLINE_EXCEEDED`, or the reason of a refusal. */
const OUTCOME_HEADER = 'Quarterdeck-Outcome';

/**
 * `POST /hooks/claude-code`: the JSON of a hook event, the key in `Authorization: Bearer`. With `?prompts=hidden` the text of prompts is not used.
 * The answer is 200 within a second, whatever happened: an agent is never held up, nor its person troubled, because its fleet is not kept track of.
 */
export function addHooks(routes: RestRoutes, app: App, deadlineMs = HOOK_DEADLINE_MS): void {
  routes.post(PATH, (context) => answer(app, context, deadlineMs));
  routes.all(PATH, () => {
    throw wrongMethod(['POST']);
  });
}

async function answer(app: App, context: Context<RestBindings>, deadlineMs: number): Promise<Response> {
  const { req, env, executionCtx } = context;
  const { incoming } = env;
  belongsTo('hook', 'hooks');
  let event: HookEvent;
  try {
    event = hookEventOf(incoming, req.query('prompts') === 'hidden');
  } catch (error) {
    return refuse(error);
  }
  const recording = record(app, event, incoming.headers).catch((error: unknown) => refuse(error, event));
  executionCtx.waitUntil(recording);
  return inTime(recording, event, deadlineMs);
}

async function record(app: App, event: HookEvent, headers: IncomingHttpHeaders): Promise<Response> {
  const [credentials, { recordHookEvent }] = await Promise.all([
    credentialsOf(headers, app.ports.auth),
    import('../../operations/record-hook-event.js'),
  ]);
  const { recorded, context } = await recordHookEvent(event, credentials, app.ports);
  const told = { hookEventName: event.name, additionalContext: context };
  return said(recorded ? 'recorded' : 'ignored', context === undefined ? {} : { hookSpecificOutput: told });
}

/** Where nothing will ever show up, a person is told why, once: as the session starts. */
function refuse(error: unknown, event?: HookEvent): Response {
  const { reason, message } = failureOf(error);
  logMissed(reason, event);
  return said(reason, event?.name === 'SessionStart' ? { systemMessage: `Quarterdeck: ${message}` } : {});
}

async function inTime(recording: Promise<Response>, event: HookEvent, deadlineMs: number): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  try {
    const answer = await Promise.race([recording, late]);
    if (answer !== undefined) return answer;
    endsWith('deadline-exceeded', 'DEADLINE_EXCEEDED');
    logMissed('DEADLINE_EXCEEDED', event);
    return said('DEADLINE_EXCEEDED');
  } finally {
    clearTimeout(timer);
  }
}

/** Names and reasons only: what a person or an agent wrote, where they work, and the key stay out of the log. */
function logMissed(reason: string, event?: HookEvent): void {
  warn('hook event not recorded', {
    reason,
    ...(event ? { hook: nameForLog(event), sessionId: event.sessionId } : {}),
  });
}

/** Names of events are words; what else was sent as one may be anything. */
function nameForLog({ name }: HookEvent): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'other';
}

function said(outcome: string, body: object = {}): Response {
  return Response.json(body, { headers: { [OUTCOME_HEADER]: outcome, 'Cache-Control': 'no-store' } });
}
