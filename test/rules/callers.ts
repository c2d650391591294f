import type { Principal } from '@quarterdeck/contract';

export const ACCOUNT = 'acme0000000000000000';
export const OTHER_ACCOUNT = 'beta0000000000000000';
export const OWNER = 'builder';

/** When every caller signed in, in whole seconds, as `auth_time` is. */
export const SIGNED_IN = Math.floor(Date.now() / 1000) - 600;

const secondsAfterSignIn = (seconds: number): Date => new Date((SIGNED_IN + seconds) * 1000);

export interface Claims {
  readonly account?: string;
  readonly role?: string;
  readonly program?: string;
}

/** Who asks: what its token says, and the document that decides. */
export interface Caller {
  readonly uid: string;
  /** Null: signed out. */
  readonly claims: Claims | null;
  /** Null: there is no document. */
  readonly principal: Principal | null;
}

type Who = Pick<Principal, 'account' | 'role' | 'programId'>;

/** A caller whose token says what its document says. */
function identity(
  uid: string,
  who: Who,
  validity: Partial<Principal> = {},
): Caller & { readonly principal: Principal } {
  return {
    uid,
    claims: { account: who.account, role: who.role, ...(who.programId === null ? {} : { program: who.programId }) },
    principal: { uid, ...who, validSince: secondsAfterSignIn(-3000), validUntil: null, operator: false, ...validity },
  };
}

const admin: Who = { account: ACCOUNT, role: 'admin', programId: null };
const auditor: Who = { account: ACCOUNT, role: 'auditor', programId: null };
const ownersAdminKey: Who = { account: ACCOUNT, role: 'admin', programId: OWNER };

/** A caller that could do everything, were it not for one flaw in its token … */
function flawedToken(uid: string, claims: Claims | null): Caller {
  return { ...identity(uid, ownersAdminKey), claims };
}

/** … or in its document. */
function flawedPrincipal(uid: string, flaw: Partial<Principal>): Caller {
  const caller = identity(uid, ownersAdminKey);
  return { ...caller, principal: { ...caller.principal, ...flaw } };
}

/** By the words that the titles of tests use for them. */
export const callers = {
  'the owner program': identity('owner', { ...ownersAdminKey, role: 'program' }),
  'another program': identity('other', { account: ACCOUNT, role: 'program', programId: 'reviewer' }),
  "the owner program's admin key": identity('admin-key', ownersAdminKey),
  "the owner program's auditor key": identity('auditor-key', { ...ownersAdminKey, role: 'auditor' }),
  "another program's admin key": identity('other-admin-key', { ...ownersAdminKey, programId: 'reviewer' }),
  'an admin': identity('admin', admin),
  'an auditor': identity('auditor', auditor),
  'an admin whose token names the account alone': { ...identity('bare', admin), claims: { account: ACCOUNT } },
  'an admin that signed in at validSince': identity('just-in-time', admin, { validSince: secondsAfterSignIn(0) }),
  'an auditor before its validUntil': identity('timed', auditor, { validUntil: secondsAfterSignIn(86_400) }),

  'a signed-out client': flawedToken('signed-out', null),
  'a token without claims': flawedToken('no-claims', {}),
  'a token without an account': flawedToken('no-account', { role: 'admin', program: OWNER }),
  "another account's admin": identity('stranger', { ...ownersAdminKey, account: OTHER_ACCOUNT }),
  "another account's token for a principal of this one": flawedToken('moved', {
    account: OTHER_ACCOUNT,
    role: 'admin',
    program: OWNER,
  }),
  'a forged account claim': flawedPrincipal('forged-account', { account: OTHER_ACCOUNT }),
  'a forged role claim': flawedPrincipal('forged-role', { role: 'program' }),
  'a forged program claim': flawedPrincipal('forged-program', { programId: 'reviewer' }),
  'a token without a principal': { ...identity('unknown', ownersAdminKey), principal: null },
  'a token from before validSince': flawedPrincipal('revoked', { validSince: new Date(SIGNED_IN * 1000 + 1) }),
  'a revoked identity': flawedPrincipal('ended', { validUntil: secondsAfterSignIn(60) }),
  'an expired key': flawedPrincipal('expired', { validUntil: secondsAfterSignIn(-60) }),
} satisfies Record<string, Caller>;

export type CallerName = keyof typeof callers;
