import { operations } from '@quarterdeck/contract';
import type { Context } from 'hono';
import type { App } from '../../compose.js';
import { DomainError } from '../../domain/domain-error.js';
import { belongsTo } from '../../log/log.js';
import { callOptionsOf, credentialsOf } from '../request.js';
import type { RestBindings, RestRoutes } from './door.js';
import { jsonBodyOf } from './incoming-request.js';
import { HttpRefusal, problemResponse, restFailureOf } from './problem.js';
import { wrongMethod } from './v1.js';
import { v2FailureOf, v2Members } from './v2-failure.js';
import { readFields } from './v2-fields.js';
import type { V2Route } from './v2-route.js';
import { v2Routes } from './v2-routes.js';

/** The routes of session windows: each reads its fields, calls its operation, and tells the answer in snake_case. */
export function addV2(routes: RestRoutes, app: App): void {
  for (const route of v2Routes) {
    routes.on(route.method, `/v2${route.path}`, (context) => answer(route, app, context));
  }
  for (const path of new Set(v2Routes.map((route) => route.path))) {
    const allowed = v2Routes.filter((route) => route.path === path).map(({ method }) => method);
    routes.all(`/v2${path}`, () => refuse(wrongMethod(allowed)));
  }
}

async function answer(route: V2Route, app: App, { req, env: { incoming } }: Context<RestBindings>): Promise<Response> {
  const query = new URL(req.url).searchParams;
  let sent: readonly string[] = [...query.keys()];
  belongsTo(operations[route.operation].name);
  try {
    const body = jsonBodyOf(incoming);
    sent = [...sent, ...Object.keys(body ?? {})];
    const said = readFields(route.fields, query, body);
    const agentId = req.param('agent_id');
    const input = agentId === undefined ? said : { ...said, programId: agentId };
    const credentials = await credentialsOf(incoming.headers, app.ports.auth);
    if (route.needsToken && credentials.sessionToken === undefined) throw noSessionToken();
    const output = await app.dispatch(route.operation, input, credentials, callOptionsOf(incoming.headers));
    const view = route.view(output as never, app.ports.clock.now());
    return Response.json(view, { status: route.status ?? 200, headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    return refuse(error, route, sent);
  }
}

function refuse(error: unknown, route?: V2Route, sent: readonly string[] = []): Response {
  const failure = restFailureOf(error);
  const told = error instanceof HttpRefusal ? failure : v2FailureOf(failure, route?.fields ?? {}, sent);
  return problemResponse(told, v2Members(told));
}

function noSessionToken(): DomainError {
  return new DomainError(
    'NO_SESSION_TOKEN',
    'Send the session_token that activating the agent answered, as the header X-Session-Token.',
  );
}
