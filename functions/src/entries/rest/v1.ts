import { allOperations, callableName, type Operation, type OperationName } from '@quarterdeck/contract';
import type { App } from '../../compose.js';
import { belongsTo } from '../../log/log.js';
import { callOptionsOf, credentialsOf } from '../request.js';
import type { RestRoutes } from './door.js';
import { jsonBodyOf } from './incoming-request.js';
import { nearestNames } from './nearest.js';
import { HttpRefusal, problemResponse, restFailureOf } from './problem.js';

/** What can be called at `/v1`, by name. */
export const restOperations: ReadonlyMap<string, Operation> = new Map(
  allOperations.filter(({ doors }) => doors.includes('rest')).map((operation) => [operation.name, operation]),
);

/** `POST /v1/<operation>`: the body is the input, the answer the output. */
export function addV1(routes: RestRoutes, app: App): void {
  routes.all('/v1/:operation', async (context) => {
    const named = context.req.param('operation');
    try {
      const { name } = requireOperation(named, context.req.method);
      belongsTo(name);
      const { incoming } = context.env;
      const input = jsonBodyOf(incoming);
      const credentials = await credentialsOf(incoming.headers, app.ports.auth);
      const options = callOptionsOf(incoming.headers);
      const answer = await app.dispatch(callableName(name) as OperationName, input, credentials, options);
      return context.json(answer, 200, { 'Cache-Control': 'no-store' });
    } catch (error) {
      return problemResponse(restFailureOf(error));
    }
  });
}

/** @throws HttpRefusal 404 and 405 */
function requireOperation(name: string, method: string): Operation {
  const operation = restOperations.get(name);
  if (operation === undefined) {
    const nearest = nearestNames(name, [...restOperations.keys()]);
    throw new HttpRefusal(
      404,
      'OPERATION_UNKNOWN',
      `There is no operation of this name. ${nearest.length > 0 ? `Nearest: ${nearest.join(', ')}. ` : ''}/docs describes them all.`,
      { nearest },
    );
  }
  if (method !== 'POST') throw wrongMethod(['POST']);
  return operation;
}

/** RFC 9110, 15.5.6: the answer names the methods that would do. */
export function wrongMethod(allowed: readonly string[]): HttpRefusal {
  const methods = allowed.join(', ');
  return new HttpRefusal(
    405,
    'OPERATION_UNKNOWN',
    `This address answers to ${methods} only.`,
    { allowed },
    { Allow: methods },
  );
}
