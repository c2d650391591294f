import type { ServerResponse } from 'node:http';
import { isJsonContentType } from '@modelcontextprotocol/server';
import { limits } from '@quarterdeck/contract';
import type { Request } from 'firebase-functions/https';
import type { App } from '../../compose.js';
import { DomainError } from '../../domain/domain-error.js';
import { endsWith, observe } from '../../log/log.js';
import { allowedOrigins } from '../../settings.js';
import { failureOf } from '../errors.js';
import { callOptionsOf, credentialsOf } from '../request.js';
import { type HttpAnswer, httpRefusal, protocolError, send, unreadable } from './http.js';
import { answerMessage } from './message.js';
import { allowOrigin, PREFLIGHT_HEADERS } from './origin.js';
import { createServer, type Sender } from './server.js';

/** A door as Cloud Run's framework calls it, with the body parsed. */
export type McpDoor = (request: Request, response: ServerResponse) => Promise<void>;

const doors = new WeakMap<App, McpDoor>();

/** The Model Context Protocol over HTTP, stateless: each POST is answered by itself, as JSON. The same door for the same application. */
export function createMcpDoor(app: App): McpDoor {
  const known = doors.get(app);
  if (known !== undefined) return known;
  const isAllowedOrigin = allowedOrigins();
  const door: McpDoor = (request, response) =>
    observe('mcp', null, async () => {
      try {
        admitOrigin(request, response, isAllowedOrigin);
        const answered = await answer(app, request);
        if (answered.status >= 400) endsWith('invalid-argument', `HTTP_${answered.status}`);
        send(response, answered);
      } catch (error) {
        send(response, httpRefusal(failureOf(error), request.body));
      }
    });
  doors.set(app, door);
  return door;
}

/** Everything that HTTP decides comes before the protocol: who isn't let in learns nothing from it. */
async function answer(app: App, request: Request): Promise<HttpAnswer> {
  const { method, headers } = request;
  if (method === 'OPTIONS') return { status: 204, headers: { Allow: 'POST, OPTIONS', ...PREFLIGHT_HEADERS } };
  if (method !== 'POST') {
    return {
      ...protocolError(405, 'Only POST: this server keeps no stream and no session.'),
      headers: { Allow: 'POST' },
    };
  }
  requireSmallBody(request);
  const sender = await identify(app, request);
  if (!isJsonContentType(headers['content-type'] ?? null)) {
    return protocolError(415, 'Content-Type must be application/json.');
  }
  const body = bodyOf(request);
  if (body === undefined) return unreadable();
  return answerMessage(headers, body, (message) => createServer(app, sender, message));
}

/** What was posted; undefined: nothing that is JSON. Who calls the door parses objects and lists, and hands on anything else as it came. */
function bodyOf({ body, rawBody }: Request): unknown {
  if (body !== undefined) return body;
  try {
    return JSON.parse(String(rawBody));
  } catch {
    return undefined;
  }
}

/** @throws DomainError `FOREIGN_ORIGIN`: a page that somebody was lured to must not call with their key */
function admitOrigin(
  { headers: { origin } }: Request,
  response: ServerResponse,
  isAllowed: (origin: string) => boolean,
): void {
  if (origin === undefined) return;
  if (!isAllowed(origin)) {
    throw new DomainError(
      'FOREIGN_ORIGIN',
      `Pages of ${origin} may not call this server. Its operator can allow them with QUARTERDECK_ALLOWED_ORIGINS.`,
    );
  }
  allowOrigin(response, origin);
}

/** @throws DomainError `REQUEST_TOO_LARGE` */
function requireSmallBody({ rawBody }: Request): void {
  const bytes = rawBody?.length ?? 0;
  if (bytes <= limits.AGENT_REQUEST_MAX_BYTES) return;
  throw new DomainError(
    'REQUEST_TOO_LARGE',
    `The body has ${bytes} bytes and may have ${limits.AGENT_REQUEST_MAX_BYTES}. Send it in parts.`,
  );
}

/** @throws DomainError as identifyCaller does */
async function identify(app: App, { headers }: Request): Promise<Sender> {
  const credentials = await credentialsOf(headers, app.ports.auth);
  const { role } = await app.identify(credentials);
  return { role, credentials, options: callOptionsOf(headers) };
}
