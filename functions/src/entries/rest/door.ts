import type { ServerResponse } from 'node:http';
import { type ExecutionContext, Hono } from 'hono';
import type { App } from '../../compose.js';
import { observe } from '../../log/log.js';
import { addHooks } from '../hooks/door.js';
import { publishDocumentation } from './documentation.js';
import { type RestRequest, routedUrl } from './incoming-request.js';
import { HttpRefusal, problemResponse, restFailureOf } from './problem.js';
import { addV1 } from './v1.js';
import { addV2 } from './v2.js';
import { v2Members } from './v2-failure.js';

/** Handlers take headers and body from Node's request as it came, so that neither is copied into a web request. */
export interface RestBindings {
  readonly Bindings: { readonly incoming: RestRequest };
}
export type RestRoutes = Hono<RestBindings>;

export type RestDoor = (request: RestRequest, response: ServerResponse) => Promise<void>;

export interface RestDoorOptions {
  /** Milliseconds after which a hook is answered, whatever still runs. Default: HOOK_DEADLINE_MS. */
  readonly hookDeadlineMs?: number;
}

const doors = new WeakMap<App, RestDoor>();

/** The REST door of an application: `/v1/<operation>`, session windows at `/api/v2`, hooks, and the documentation. Made once for each application. */
export function createRestDoor(app: App, options: RestDoorOptions = {}): RestDoor {
  const known = doors.get(app);
  if (known !== undefined) return known;
  const routes = routesOf(app, options);
  const door: RestDoor = (request, response) =>
    observe('rest', null, async () => {
      const unfinished: Promise<unknown>[] = [];
      await send(await answerOf(routes, request, runsOn(unfinished)), response);
      // An instance may get no processor time once its function has returned.
      await Promise.allSettled(unfinished);
    });
  doors.set(app, door);
  return door;
}

function routesOf(app: App, { hookDeadlineMs }: RestDoorOptions): RestRoutes {
  const routes: RestRoutes = new Hono();
  publishDocumentation(routes);
  addV1(routes, app);
  addV2(routes, app);
  addHooks(routes, app, hookDeadlineMs);
  routes.notFound(({ req: { path } }) => {
    const where =
      'Operations are at POST /v1/<operation>, session windows at /api/v2, the hooks of Claude Code at POST /hooks/claude-code; /docs describes the operations.';
    const refusal = new HttpRefusal(404, 'OPERATION_UNKNOWN', `Nothing is at ${path}. ${where}`);
    const failure = restFailureOf(refusal);
    return problemResponse(failure, path.startsWith('/v2/') ? v2Members(failure) : {});
  });
  routes.onError((error) => problemResponse(restFailureOf(error)));
  return routes;
}

async function answerOf(routes: RestRoutes, incoming: RestRequest, context: ExecutionContext): Promise<Response> {
  try {
    return await routes.fetch(webRequestOf(incoming), { incoming }, context);
  } catch (error) {
    return problemResponse(restFailureOf(error));
  }
}

/** Where handlers leave what goes on after their answer. */
function runsOn(unfinished: Promise<unknown>[]): ExecutionContext {
  return {
    waitUntil: (work) => void unfinished.push(work),
    passThroughOnException: () => undefined,
    props: {},
  };
}

/** @throws HttpRefusal 400 for an address or method that Node lets through and the web's Request doesn't */
function webRequestOf(incoming: RestRequest): Request {
  const url = routedUrl(incoming);
  const method = incoming.method ?? 'GET';
  try {
    return new Request(url, { method });
  } catch {
    throw new HttpRefusal(400, 'INVALID_FIELD', `The method ${method} is not for this door.`);
  }
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const body = answer.body === null ? '' : await answer.text();
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.end(body);
}
