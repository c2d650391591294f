import {
  type Account,
  collections,
  type DomainEvent,
  documents,
  limits,
  type Principal,
  sessionLimitOf,
} from '@quarterdeck/contract';
import type { Transaction } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import type { Slots } from '../domain/session-slots.js';
import { hashEmail } from '../operations/invite-member.js';
import type { AccountStore, Invitation, Joining } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { writeEvents } from './events.js';
import { type InvitationDocument, invitationsIn, withoutInvitation } from './members.js';
import { readAccount } from './read-account.js';
import { readSession } from './session-changes.js';
import type { StoreContext } from './store-context.js';
import { memoryKeys } from './trusted-memory.js';

export class FirestoreAccountStore implements AccountStore {
  constructor(private readonly context: StoreContext) {}

  settings(account: string): Promise<Account> {
    return readAccount(this.context, account);
  }

  async change(
    accountId: string,
    decide: (account: Account) => { next: Account; events: readonly DomainEvent[] },
  ): Promise<Account> {
    const { db, clock, memory } = this.context;
    const now = clock.now();
    const ref = db.doc(documents.account(accountId));
    const account = await this.context.transaction(async (tx) => {
      const before = await readAccount(this.context, accountId, tx);
      const { next, events } = decide(before);
      await this.rebuildSlots(tx, before, next);
      tx.set(ref, stored('account', next));
      memory.invalidate(tx, memoryKeys.account(accountId));
      writeEvents(db, tx, accountId, events, now);
      return next;
    }, ref.path);
    memory.forget(memoryKeys.account(accountId));
    return account;
  }

  async join(
    person: { readonly uid: string; readonly verifiedEmail: string | null },
    decide: (found: { principal: Principal | undefined; invitation: Invitation | undefined }) => Joining | undefined,
  ): Promise<{ principal: Principal; joined: boolean }> {
    const { db, clock, memory } = this.context;
    const now = clock.now();
    const principalRef = db.doc(documents.principal(person.uid));
    const invitationRef =
      person.verifiedEmail === null ? null : db.doc(documents.invitation(hashEmail(person.verifiedEmail)));
    const result = await this.context.transaction(async (tx) => {
      const principal = read<Principal>('principal', await tx.get(principalRef));
      const waiting =
        invitationRef && principal === undefined
          ? read<InvitationDocument>('invitation', await tx.get(invitationRef))
          : undefined;
      const joining = decide({ principal, invitation: waiting && invitationsIn(waiting)[0] });
      if (joining === undefined) return { principal: principal as Principal, joined: false };
      const accountRef = db.doc(documents.account(joining.principal.account));
      const existing = joining.newAccount ? undefined : await readAccount(this.context, joining.principal.account, tx);
      if (joining.newAccount) tx.create(accountRef, stored('account', joining.newAccount));
      if (existing && joining.member.role === 'admin') {
        tx.update(accountRef, { adminUids: [...existing.adminUids, person.uid] });
      }
      if (joining.invitation && invitationRef && waiting) {
        tx.set(invitationRef, stored('invitation', withoutInvitation(waiting, joining.invitation.account)));
        tx.delete(db.doc(documents.member(joining.invitation.account, joining.invitation.memberId)));
      }
      tx.set(db.doc(documents.member(joining.principal.account, person.uid)), stored('member', joining.member));
      tx.create(principalRef, stored('principal', joining.principal));
      writeEvents(db, tx, joining.principal.account, joining.events, now);
      return { principal: joining.principal, joined: true };
    }, principalRef.path);
    memory.forget(memoryKeys.principal(person.uid));
    return result;
  }

  /** An account that gets a limit gets its slots from the sessions that live; one that loses it needs none. */
  private async rebuildSlots(tx: Transaction, before: Account, next: Account): Promise<void> {
    const { db } = this.context;
    const had = sessionLimitOf(before) !== null;
    const has = sessionLimitOf(next) !== null;
    if (had === has) return;
    const ref = db.doc(documents.slots(next.accountId));
    if (!has) {
      tx.delete(ref);
      return;
    }
    const live = await tx.get(db.collection(collections.sessions(next.accountId)).limit(limits.SESSION_LIMIT_MAX + 1));
    if (live.size > limits.SESSION_LIMIT_MAX) {
      throw new DomainError(
        'TOO_MANY_LIVE_SESSIONS',
        `tier: the account has more than ${limits.SESSION_LIMIT_MAX} live sessions and can't get a limit now; nothing was changed.`,
      );
    }
    const sessions: Record<string, Slots[string]> = {};
    for (const doc of live.docs) {
      const session = readSession(doc);
      if (session) sessions[session.sessionId] = { programId: session.programId, since: session.startedAt };
    }
    tx.set(ref, { sessions });
  }
}
