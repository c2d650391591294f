import { AccountId, limits, type Principal, visibleText } from '@quarterdeck/contract';
import { hashKey, isValidAt, isWellFormedKey } from '../domain/api-key.js';
import { type Caller, type Person, uidOfKey } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import type { Ports } from './ports.js';

/** What a door found in a request, not yet trusted but for the ID token, whose signature the door has verified. */
export interface Credentials {
  readonly apiKey?: string;
  /** Beside one of the others: which window the caller acts in. */
  readonly sessionToken?: string;
  readonly idToken?: {
    readonly uid: string;
    /** Seconds since 1970: when the person signed in. */
    readonly authTimeSeconds: number;
    readonly account?: string;
    readonly verifiedEmail: string | null;
    readonly displayName: string | null;
  };
}

const DisplayName = visibleText(limits.NAME_MAX_CHARS);

type IdentityPorts = Pick<Ports, 'keys' | 'principals' | 'sessionTokens' | 'clock' | 'log'>;
type Identity = Omit<Caller, 'token'>;

/**
 * Who is calling. The claims of a token are never enough: the principal's document says whether they still count. A session token that comes with
 * the call has to be good, whether or not the operation asks for one.
 * @throws DomainError `NO_CREDENTIAL`, `INVALID_KEY`, `TOKEN_REVOKED`, `NO_ACCOUNT`, `INVALID_SESSION_TOKEN`, `NOT_OWNER`
 */
export async function identifyCaller(credentials: Credentials, ports: IdentityPorts): Promise<Caller> {
  const identity = await identify(credentials, ports);
  const { account, programId } = identity;
  ports.log.isAbout({ account, ...(programId === null ? {} : { program: programId }) });
  const { sessionToken } = credentials;
  return { ...identity, token: sessionToken === undefined ? null : await readToken(sessionToken, identity, ports) };
}

async function readToken(token: string, identity: Identity, { sessionTokens, clock }: IdentityPorts) {
  const claims = await sessionTokens.verify(token, clock.now());
  if (claims === undefined || claims.account !== identity.account) {
    throw new DomainError(
      'INVALID_SESSION_TOKEN',
      'The session token is not valid, or no longer. Call activate_agent for a new one.',
    );
  }
  if (identity.role !== 'admin' && claims.programId !== identity.programId) {
    throw new DomainError(
      'NOT_OWNER',
      `The session token belongs to "${claims.programId}"; you call as ${identity.programId === null ? 'a person' : `"${identity.programId}"`}. Send the token of your own window.`,
    );
  }
  return claims;
}

async function identify(credentials: Credentials, ports: IdentityPorts): Promise<Identity> {
  if (credentials.apiKey !== undefined) return callerOfKey(credentials.apiKey, ports);
  const { idToken } = credentials;
  if (idToken === undefined) {
    throw new DomainError(
      'NO_CREDENTIAL',
      'Send an API key as the header X-Api-Key, or an API key or ID token as Authorization: Bearer (callables take only ID tokens there).',
    );
  }
  const principal = await ports.principals.recall(idToken.uid);
  if (principal === undefined) {
    throw new DomainError(
      'NO_ACCOUNT',
      'You are signed in and belong to no account. Call create_account, then refresh the ID token.',
    );
  }
  if (!isCurrent(principal, idToken, ports.clock.now())) {
    throw new DomainError(
      'TOKEN_REVOKED',
      'The ID token is no longer valid: access was changed or revoked. Sign in again.',
    );
  }
  const { uid, account, role, programId, operator } = principal;
  return { uid, account, role, programId, operator, keyHash: null };
}

/** Whether a token still counts. Each condition says what has to hold: what is missing in the document denies. */
function isCurrent(principal: Principal, idToken: NonNullable<Credentials['idToken']>, now: Date): boolean {
  const { uid, account, validSince, validUntil } = principal;
  return (
    uid === idToken.uid &&
    AccountId.safeParse(account).success &&
    (idToken.account === undefined || idToken.account === account) &&
    idToken.authTimeSeconds * 1000 >= validSince.getTime() &&
    (validUntil === null || now < validUntil)
  );
}

/**
 * @throws DomainError `NO_CREDENTIAL`
 */
export function identifyPerson({ idToken }: Credentials): Person {
  if (idToken === undefined) {
    throw new DomainError(
      'NO_CREDENTIAL',
      'Sign in with Firebase Auth and send the ID token as Authorization: Bearer.',
    );
  }
  // Whoever made the token chose the name: one that could not be shown or stored is none.
  const displayName = DisplayName.safeParse(idToken.displayName).data ?? null;
  return { uid: idToken.uid, verifiedEmail: idToken.verifiedEmail, displayName };
}

/** The same answer for a typing error, an unknown, an expired and a revoked key: it tells a guesser nothing. */
export function invalidKeyError(): DomainError {
  return new DomainError(
    'INVALID_KEY',
    'The API key is not valid. Check it for typing errors, or ask an admin for a new one.',
  );
}

async function callerOfKey(apiKey: string, { keys, clock }: IdentityPorts): Promise<Identity> {
  if (!isWellFormedKey(apiKey)) throw invalidKeyError();
  const now = clock.now();
  const keyHash = hashKey(apiKey);
  const key = await keys.recall(keyHash, now);
  // What the store says is not believed blindly: a record of another key, or half a one, opens nothing.
  if (key?.keyHash !== keyHash || !AccountId.safeParse(key.account).success || !isValidAt(key, now))
    throw invalidKeyError();
  const { account, role, programId } = key;
  return { account, role, programId, keyHash, uid: uidOfKey(keyHash), operator: false };
}
