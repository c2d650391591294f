import { limits, SessionId } from '@quarterdeck/contract';
import { z } from 'zod';
import type { HookEvent } from '../../domain/claude-code-hooks.js';
import { DomainError, invalidField } from '../../domain/domain-error.js';
import { jsonBodyOf, type RestRequest } from '../rest/incoming-request.js';

/** Longer than any name of an event: it goes into the log. */
const EVENT_NAME_MAX_CHARS = 100;

const text = z.string().nullish();

/**
 * What is read of an event, in Claude Code's names. Everything else in a body may be anything, and new fields and events are welcome: tool inputs and
 * outputs are never looked at.
 */
const AnyEvent = z.object({
  session_id: SessionId,
  hook_event_name: z.string().min(1).max(EVENT_NAME_MAX_CHARS),
  cwd: text,
});
const SessionStart = z.object({ source: text });
const UserPromptSubmit = z.object({ prompt: text });
const Notification = z.object({ notification_type: text, message: text });
const StopFailure = z.object({ error: text, error_details: text });

/**
 * The event in a request's body.
 * @param hidePrompts what a person typed goes no further
 * @throws DomainError `INVALID_FIELD`, `REQUEST_TOO_LARGE`
 */
export function hookEventOf(request: RestRequest, hidePrompts: boolean): HookEvent {
  requireSmallBody(request);
  const body = jsonBodyOf(request);
  const { session_id: sessionId, hook_event_name: name, cwd } = parse(AnyEvent, body);
  const event = { sessionId, name, cwd: cwd ?? undefined };
  switch (name) {
    case 'SessionStart':
      return { ...event, source: parse(SessionStart, body).source ?? undefined };
    case 'UserPromptSubmit':
      return hidePrompts ? event : { ...event, prompt: parse(UserPromptSubmit, body).prompt ?? undefined };
    case 'Notification': {
      const { notification_type: type, message } = parse(Notification, body);
      return { ...event, notificationType: type ?? undefined, message: message ?? undefined };
    }
    case 'StopFailure': {
      const { error, error_details: details } = parse(StopFailure, body);
      return { ...event, error: error ?? undefined, errorDetails: details ?? undefined };
    }
    default:
      return event;
  }
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidField(issue?.path.join('.') || 'the body', issue?.message ?? 'is not an event');
}

/** A body that the framework refused to read is not there, and its size is known all the same. */
function requireSmallBody({ headers }: RestRequest): void {
  const bytes = Number(headers['content-length'] ?? 0);
  if (!(bytes > limits.AGENT_REQUEST_MAX_BYTES)) return;
  throw new DomainError('REQUEST_TOO_LARGE', `The body has ${bytes} bytes, more than this door reads.`);
}
