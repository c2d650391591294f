import { limits, visibleText } from '@quarterdeck/contract';
import { hashKey, isValidAt, isWellFormedKey } from '../domain/api-key.js';
import { type Caller, type Person, uidOfKey } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import type { Ports } from './ports.js';

/** What a door found in a request, not yet trusted but for the ID token, whose signature the door has verified. */
export interface Credentials {
  readonly apiKey?: string;
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

type IdentityPorts = Pick<Ports, 'keys' | 'principals' | 'clock'>;

/**
 * Who is calling. The claims of a token are never enough: the principal's document says whether they still count.
 * @throws DomainError `NO_CREDENTIAL`, `INVALID_KEY`, `TOKEN_REVOKED`, `NO_ACCOUNT`
 */
export async function identifyCaller(credentials: Credentials, ports: IdentityPorts): Promise<Caller> {
  if (credentials.apiKey !== undefined) return callerOfKey(credentials.apiKey, ports);
  const { idToken } = credentials;
  if (idToken === undefined) {
    throw new DomainError(
      'NO_CREDENTIAL',
      'Send an API key as the header X-Api-Key, or an ID token as Authorization: Bearer.',
    );
  }
  const principal = await ports.principals.recall(idToken.uid);
  if (principal === undefined) {
    throw new DomainError(
      'NO_ACCOUNT',
      'You are signed in and belong to no account. Call create_account, then refresh the ID token.',
    );
  }
  const now = ports.clock.now();
  const signedInAt = idToken.authTimeSeconds * 1000;
  const otherAccount = idToken.account !== undefined && idToken.account !== principal.account;
  const tooLate = principal.validUntil !== null && now >= principal.validUntil;
  if (signedInAt < principal.validSince.getTime() || tooLate || otherAccount) {
    throw new DomainError(
      'TOKEN_REVOKED',
      'The ID token is no longer valid: access was changed or revoked. Sign in again.',
    );
  }
  const { uid, account, role, programId, operator } = principal;
  return { uid, account, role, programId, operator, keyHash: null };
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

async function callerOfKey(apiKey: string, { keys, clock }: IdentityPorts): Promise<Caller> {
  if (!isWellFormedKey(apiKey)) throw invalidKeyError();
  const now = clock.now();
  const key = await keys.recall(hashKey(apiKey), now);
  if (key === undefined || !isValidAt(key, now)) throw invalidKeyError();
  const { account, role, programId, keyHash } = key;
  return { account, role, programId, keyHash, uid: uidOfKey(keyHash), operator: false };
}
