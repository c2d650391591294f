import { callableName, limits, type OperationName, operations } from '@quarterdeck/contract';
import { type CallableFunction, type CallableRequest, onCall } from 'firebase-functions/https';
import type { App } from '../compose.js';
import { DomainError } from '../domain/domain-error.js';
import { observe } from '../log/log.js';
import type { Credentials } from '../operations/identify-caller.js';
import { toHttpsError } from './errors.js';
import { runsAs } from './identities.js';
import { callOptionsOf, idTokenOf, sessionTokenOf } from './request.js';
import { SECRETS } from './secrets.js';

/**
 * One callable function for each operation that names this door.
 * @param application is asked for with every call, so that nothing of it loads before the first
 */
export function createCallables(
  application: () => Promise<App>,
): Record<string, CallableFunction<unknown, Promise<unknown>>> {
  const named = Object.entries(operations).filter(([, operation]) => operation.doors.includes('callable' as never));
  return Object.fromEntries(
    named.map(([name, operation]) => {
      const run = (request: CallableRequest<unknown>) =>
        observe('callable', operation.name, async () => {
          try {
            requireSmallBody(request);
            const { dispatch } = await application();
            const options = callOptionsOf(request.rawRequest.headers);
            return await dispatch(name as OperationName, request.data, credentialsOf(request), options);
          } catch (error) {
            throw toHttpsError(error);
          }
        });
      return [
        callableName(operation.name),
        onCall({ ...runsAs('doors'), cors: true, invoker: 'public', secrets: SECRETS }, run),
      ];
    }),
  );
}

/** A key counts before an ID token: whoever sends both speaks as the key. */
function credentialsOf({ auth, rawRequest: { headers } }: CallableRequest<unknown>): Credentials {
  const apiKey = headers['x-api-key'];
  const session = sessionTokenOf(headers);
  if (typeof apiKey === 'string') return { apiKey, ...session };
  return auth === undefined ? session : { idToken: idTokenOf({ ...auth.token, uid: auth.uid }), ...session };
}

/** @throws DomainError `REQUEST_TOO_LARGE` */
function requireSmallBody({ rawRequest }: CallableRequest<unknown>): void {
  const bytes = rawRequest.rawBody?.length ?? 0;
  if (bytes <= limits.REQUEST_MAX_BYTES) return;
  throw new DomainError('REQUEST_TOO_LARGE', `The body has ${bytes} bytes and may have ${limits.REQUEST_MAX_BYTES}.`);
}

/** The callable functions, by name. The build makes one export of each. */
export const callables = createCallables(async () => (await import('../compose.js')).deployedApp());
