import { type Account, DEFAULT_THRESHOLDS, limits, type Member, type Principal } from '@quarterdeck/contract';
import type { Person } from '../domain/caller.js';
import type { Handler } from './handler.js';
import type { Invitation, Joining } from './ports.js';

/** On first sign-in: makes an account, or joins the one that invited the person. */
export const handleCreateAccount: Handler<'createAccount'> = {
  for: 'person',
  run: async ({ name, acceptInvitation }, person, { accounts, auth, clock, random, defaultTier, log }) => {
    const now = clock.now();
    const accountId = random.accountId();
    const { principal, joined } = await accounts.join(person, ({ principal, invitation }) => {
      if (principal !== undefined) return undefined;
      if (acceptInvitation && invitation !== undefined) return acceptedInvitation(person, invitation, now);
      return newAccount(person, newAccountOf(accountId, name ?? defaultName(person), defaultTier, person, now), now);
    });
    log.isAbout({ account: principal.account });
    await auth.setClaims(person.uid, { account: principal.account, role: principal.role });
    const created = joined && principal.account === accountId;
    return {
      success: true,
      accountId: principal.account,
      role: principal.role,
      message: created ? 'Account created' : joined ? 'Invitation accepted' : 'Account exists',
    };
  },
};

function newAccountOf(accountId: string, name: string, tier: Account['tier'], person: Person, now: Date): Account {
  return {
    accountId,
    name,
    tier,
    sessionLimit: null,
    ...DEFAULT_THRESHOLDS,
    createdAt: now,
    adminUids: [person.uid],
    nextSweepAt: null,
    endsHeldUntil: null,
  };
}

function newAccount(person: Person, account: Account, now: Date): Joining {
  const actor = `person/${person.uid}`;
  return {
    principal: principalOf(person, account.accountId, 'admin'),
    member: memberOf(person, 'admin', now),
    newAccount: account,
    events: [{ type: 'account.created', subject: 'account', actor, data: { name: account.name, tier: account.tier } }],
  };
}

function acceptedInvitation(person: Person, invitation: Invitation, now: Date): Joining {
  const actor = `person/${person.uid}`;
  return {
    principal: principalOf(person, invitation.account, invitation.role),
    member: memberOf(person, invitation.role, now),
    invitation,
    events: [
      {
        type: 'member.joined',
        subject: `member/${person.uid}`,
        actor,
        data: { memberId: person.uid, role: invitation.role },
      },
    ],
  };
}

function memberOf(person: Person, role: Member['role'], now: Date): Member {
  return {
    memberId: person.uid,
    status: 'active',
    role,
    email: person.verifiedEmail,
    displayName: person.displayName,
    since: now,
  };
}

/** Tokens from before count too: the person signed in with one a moment ago. */
function principalOf(person: Person, account: string, role: Member['role']): Principal {
  return {
    uid: person.uid,
    account,
    role,
    programId: null,
    validSince: new Date(0),
    validUntil: null,
    operator: false,
  };
}

function defaultName(person: Person): string {
  const name = `Account of ${person.displayName ?? person.verifiedEmail ?? 'a new user'}`.slice(
    0,
    limits.NAME_MAX_CHARS,
  );
  // The cut may have halved a character.
  return name.replace(/[\ud800-\udbff]$/, '');
}
