import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../domain/domain-error.js';
import type { CallOptions } from '../operations/dispatch.js';
import type { Credentials } from '../operations/identify-caller.js';
import type { AuthPort, IdTokenClaims } from '../operations/ports.js';

/** What API keys begin with, to tell them from ID tokens in the same header. */
const KEY_PREFIX = 'cb_';

/**
 * What a request of the MCP or REST door brings to say who calls: an API key as `X-Api-Key` or `Authorization: Bearer`, or an ID token there. A key
 * counts before an ID token: whoever sends both speaks as the key.
 * @throws DomainError `INVALID_ID_TOKEN`
 */
export async function credentialsOf(headers: IncomingHttpHeaders, auth: AuthPort): Promise<Credentials> {
  const bearer = bearerOf(headers.authorization);
  const apiKey = header(headers, 'x-api-key') ?? (bearer?.startsWith(KEY_PREFIX) ? bearer : undefined);
  const session = sessionTokenOf(headers);
  if (apiKey !== undefined) return { apiKey, ...session };
  if (bearer === undefined) return session;
  const claims = await auth.verifyIdToken(bearer);
  if (claims === undefined) {
    throw new DomainError(
      'INVALID_ID_TOKEN',
      'Authorization: the bearer is neither an API key ("cb_…") nor a valid Firebase ID token. Check the key, or sign in again.',
    );
  }
  return { idToken: idTokenOf(claims), ...session };
}

/** An ID token whose signature is verified, as operations need it. */
export function idTokenOf(claims: IdTokenClaims): NonNullable<Credentials['idToken']> {
  const { uid, auth_time, account, email, email_verified: verified, name } = claims;
  return {
    uid,
    authTimeSeconds: auth_time,
    verifiedEmail: verified === true && typeof email === 'string' ? email.toLowerCase() : null,
    displayName: typeof name === 'string' ? name : null,
    ...(typeof account === 'string' ? { account } : {}),
  };
}

export function sessionTokenOf(headers: IncomingHttpHeaders): Pick<Credentials, 'sessionToken'> {
  const sessionToken = header(headers, 'x-session-token');
  return sessionToken === undefined ? {} : { sessionToken };
}

/** What the headers say about how to call, at every door the same. */
export function callOptionsOf(headers: IncomingHttpHeaders): CallOptions {
  const idempotencyKey = header(headers, 'idempotency-key');
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/** The scheme's name is not case-sensitive: RFC 9110, 11.1. */
function bearerOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
