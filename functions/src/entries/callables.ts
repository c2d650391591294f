import { callableName, limits, type OperationName, operations } from '@quarterdeck/contract';
import { type CallableFunction, type CallableRequest, onCall } from 'firebase-functions/https';
import { DomainError } from '../domain/domain-error.js';
import type { Credentials } from '../operations/identify-caller.js';
import { toHttpsError } from './errors.js';

/** One callable function for each operation that names this door. */
export function createCallables(): Record<string, CallableFunction<unknown, Promise<unknown>>> {
  const named = Object.entries(operations).filter(([, operation]) => operation.doors.includes('callable'));
  return Object.fromEntries(
    named.map(([name, operation]) => {
      const run = async (request: CallableRequest<unknown>) => {
        try {
          requireSmallBody(request);
          const { deployedApp } = await import('../compose.js');
          return await deployedApp().dispatch(name as OperationName, request.data, credentialsOf(request));
        } catch (error) {
          throw toHttpsError(operation.name, error);
        }
      };
      return [callableName(operation.name), onCall({ cors: true, invoker: 'public' }, run)];
    }),
  );
}

/** A key counts before an ID token: whoever sends both speaks as the key. */
function credentialsOf({ auth, rawRequest }: CallableRequest<unknown>): Credentials {
  const apiKey = rawRequest.headers['x-api-key'];
  if (typeof apiKey === 'string') return { apiKey };
  if (auth === undefined) return {};
  const { uid, token } = auth;
  const { account, email, email_verified: verified, name } = token;
  return {
    idToken: {
      uid,
      authTimeSeconds: token.auth_time,
      verifiedEmail: verified && typeof email === 'string' ? email.toLowerCase() : null,
      displayName: typeof name === 'string' ? name : null,
      ...(typeof account === 'string' ? { account } : {}),
    },
  };
}

/** @throws DomainError `REQUEST_TOO_LARGE` */
function requireSmallBody({ rawRequest }: CallableRequest<unknown>): void {
  const bytes = rawRequest.rawBody?.length ?? 0;
  if (bytes <= limits.REQUEST_MAX_BYTES) return;
  throw new DomainError('REQUEST_TOO_LARGE', `The body has ${bytes} bytes and may have ${limits.REQUEST_MAX_BYTES}.`);
}
