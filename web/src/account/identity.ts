import { signal } from '@preact/signals';
import { type Client, createClient, QuarterdeckError } from '@quarterdeck/client';
import { documents } from '@quarterdeck/contract/views';
import { onAuthStateChanged, signOut as signOutOfAuth, type User } from 'firebase/auth';
import { doc, onSnapshot } from 'firebase/firestore';
import { type DeploymentConfig, fetchConfig } from '../firebase/config.js';
import { forgetDocuments, type Services, startServices } from '../firebase/services.js';
import { setServerClock } from '../live/clock.js';
import { forgetConnection, onListenerFailure } from '../live/connection.js';

/** A person who may see an account. */
export interface Member {
  readonly kind: 'member';
  readonly uid: string;
  readonly accountId: string;
  readonly role: 'admin' | 'auditor';
  /** How they are called here; null: neither name nor address is known. */
  readonly name: string | null;
  readonly services: Services;
  readonly client: Client;
}

/** Who looks at the page. `ended`: whoever it was may no longer. */
export type Identity =
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'signed-out'; readonly config: DeploymentConfig; readonly services: Services }
  | { readonly kind: 'joining' }
  | { readonly kind: 'ended'; readonly services: Services }
  | Member;

export const identity = signal<Identity>({ kind: 'starting' });

/** Begins to follow who is signed in. */
export async function followIdentity(): Promise<void> {
  identity.value = { kind: 'starting' };
  let config: DeploymentConfig;
  try {
    config = await fetchConfig();
  } catch (error) {
    identity.value = { kind: 'failed', message: (error as Error).message };
    return;
  }
  const services = startServices(config);
  onAuthStateChanged(services.auth, (user) => {
    stopWatchingAccess();
    if (user === null) identity.value = { kind: 'signed-out', config, services };
    else void join(user, services);
  });
}

/** Forgets the person and what the device knows of the account. */
export async function signOut(services: Services): Promise<void> {
  stopWatchingAccess();
  identity.value = { kind: 'starting' };
  forgetMembership();
  await signOutOfAuth(services.auth);
  await forgetDocuments(services);
  // Firestore can't be started twice in a page.
  location.assign('/');
}

async function join(user: User, services: Services): Promise<void> {
  const client = createClient({
    origin: location.origin,
    idToken: () => user.getIdToken(),
    firebase: { app: services.app },
  });
  setServerClock(() => client.serverNow());
  const known = knownMembership(user.uid);
  if (known !== undefined) {
    // Seen before: the page opens at once, and without a network too. Whether it still holds, the member document tells.
    become(user, services, client, known.accountId, known.role);
    return;
  }
  try {
    const { claims } = await user.getIdTokenResult();
    if (typeof claims.account === 'string' && (claims.role === 'admin' || claims.role === 'auditor')) {
      become(user, services, client, claims.account, claims.role);
      return;
    }
    identity.value = { kind: 'joining' };
    const { accountId, role } = await client.createAccount({});
    await user.getIdToken(true);
    become(user, services, client, accountId, role as Member['role']);
  } catch (error) {
    identity.value = { kind: 'failed', message: sentenceOf(error) };
  }
}

function become(user: User, services: Services, client: Client, accountId: string, role: Member['role']): void {
  const { uid, displayName, email } = user;
  localStorage.setItem(MEMBERSHIP_KEY, JSON.stringify({ uid, accountId, role } satisfies Membership));
  identity.value = { kind: 'member', uid, accountId, role, name: displayName ?? email, services, client };
  watchAccess(user, services, client, accountId);
}

let stopWatchingAccess = () => {};

/**
 * The own member document tells at once when access is taken away: a listener on it ends with the change, while one on a query goes on until its stream is
 * renewed (docs/listeners.md).
 */
function watchAccess(user: User, services: Services, client: Client, accountId: string): void {
  let isChecking = false;
  const check = async () => {
    if (isChecking) return;
    isChecking = true;
    stopWatchingAccess();
    await checkAccess(user, services, client);
  };
  const unsubscribe = onSnapshot(
    doc(services.db, documents.member(accountId, user.uid)),
    (member) => {
      const { value } = identity;
      const isSame = member.exists() ? value.kind !== 'member' || member.get('role') === value.role : false;
      if (!isSame && !member.metadata.fromCache) void check();
    },
    () => void check(),
  );
  onListenerFailure(({ code }) => {
    if (code === 'permission-denied') void check();
  });
  stopWatchingAccess = () => {
    unsubscribe();
    onListenerFailure(() => {});
    stopWatchingAccess = () => {};
  };
}

/** After something was refused: the person has another role now, or none. */
async function checkAccess(user: User, services: Services, client: Client): Promise<void> {
  // What is on the screen may not be theirs to see any more.
  identity.value = { kind: 'joining' };
  try {
    const { claims } = await user.getIdTokenResult(true);
    await client.getAccount({});
    become(user, services, client, String(claims.account), claims.role as Member['role']);
  } catch (error) {
    if (error instanceof QuarterdeckError && error.isTransient) {
      identity.value = { kind: 'failed', message: sentenceOf(error) };
      return;
    }
    forgetMembership();
    await forgetDocuments(services);
    identity.value = { kind: 'ended', services };
  }
}

/** Where it is kept who a person is here. */
const MEMBERSHIP_KEY = 'quarterdeck.membership';
type Membership = Pick<Member, 'uid' | 'accountId' | 'role'>;

function knownMembership(uid: string): Membership | undefined {
  const kept: Membership | null = JSON.parse(localStorage.getItem(MEMBERSHIP_KEY) ?? 'null');
  return kept?.uid === uid ? kept : undefined;
}

function forgetMembership(): void {
  localStorage.removeItem(MEMBERSHIP_KEY);
  forgetConnection();
}

/** What went wrong, for the person who reads it. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
