import { type Account, collections, type DomainEvent, documents, type Member } from '@quarterdeck/contract';
import { FieldPath, type Transaction } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import { hashEmail } from '../operations/invite-member.js';
import type { Invitation, MemberStore, Page } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { writeEvents } from './events.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { readAccount } from './read-account.js';
import type { StoreContext } from './store-context.js';
import { memoryKeys } from './trusted-memory.js';

/** The invitations that wait for one e-mail address, by account. */
export interface InvitationDocument {
  readonly email: string;
  readonly accounts: Readonly<Record<string, Omit<Invitation, 'account' | 'email'>>>;
}

/** Oldest first. */
export function invitationsIn(document: InvitationDocument): Invitation[] {
  return Object.entries(document.accounts)
    .map(([account, invitation]) => ({ account, email: document.email, ...invitation }))
    .sort((a, b) => a.since.getTime() - b.since.getTime());
}

export function withoutInvitation(document: InvitationDocument, account: string): InvitationDocument {
  const { [account]: _gone, ...accounts } = document.accounts;
  return { ...document, accounts };
}

export class FirestoreMemberStore implements MemberStore {
  constructor(private readonly context: StoreContext) {}

  async list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Member>> {
    const byId = this.context.db.collection(collections.members(account)).orderBy(FieldPath.documentId());
    const after = pageToken === undefined ? byId : byId.startAfter(decodePageToken(pageToken, { id: 'string' }).id);
    const docs = (await after.limit(limit + 1).get()).docs;
    const items = docs.slice(0, limit).map((doc) => read<Member>('member', doc) as Member);
    const last = items.at(-1);
    return docs.length > limit && last ? { items, nextPageToken: encodePageToken({ id: last.memberId }) } : { items };
  }

  invite(account: string, member: Member & { readonly email: string }, event: DomainEvent): Promise<boolean> {
    const { db } = this.context;
    const memberRef = db.doc(documents.member(account, member.memberId));
    const invitationRef = db.doc(documents.invitation(hashEmail(member.email)));
    return this.context.transaction(async (tx) => {
      const same = await tx.get(
        db.collection(collections.members(account)).where('email', '==', member.email).limit(2),
      );
      const [former, ...others] = same.docs.map((doc) => read<Member>('member', doc) as Member);
      if ([former, ...others].some((one) => one?.status === 'active')) {
        throw new DomainError('MEMBER_EXISTS', 'email: this person is a member already. Use set_member_role.');
      }
      const waiting = read<InvitationDocument>('invitation', await tx.get(invitationRef));
      const { memberId, role, since } = member;
      // Said again, also by a call whose answer got lost, it changes nothing and is not told again.
      if (!same.empty && waiting?.accounts[account]?.role === role) return false;
      const accounts = { ...waiting?.accounts, [account]: { memberId, role, since } };
      tx.set(invitationRef, stored('invitation', { ...waiting, email: member.email, accounts }));
      tx.set(memberRef, stored('member', member, former));
      writeEvents(db, tx, account, [event], since);
      return same.empty;
    }, invitationRef.path);
  }

  setRole(account: string, memberId: string, role: Member['role'], now: Date, event: DomainEvent): Promise<Member> {
    return this.changeMember(account, memberId, now, event, (tx, member, invitation) => {
      if (member.role === role) return undefined;
      const next = { ...member, role };
      tx.set(this.memberRef(account, memberId), stored('member', next));
      if (member.status === 'active') {
        tx.update(this.context.db.doc(documents.principal(memberId)), { role });
      } else if (invitation.document) {
        const { memberId: id, since } = next;
        const accounts = { ...invitation.document.accounts, [account]: { memberId: id, role, since } };
        tx.set(invitation.ref, stored('invitation', { ...invitation.document, accounts }));
      }
      return { next, isAdmin: member.status === 'active' && role === 'admin' };
    });
  }

  remove(account: string, memberId: string, now: Date, event: DomainEvent): Promise<Member> {
    return this.changeMember(account, memberId, now, event, (tx, member, invitation) => {
      tx.delete(this.memberRef(account, memberId));
      if (member.status === 'active') tx.delete(this.context.db.doc(documents.principal(memberId)));
      else if (invitation.document)
        tx.set(invitation.ref, stored('invitation', withoutInvitation(invitation.document, account)));
      return { next: member, isAdmin: false };
    });
  }

  private memberRef(account: string, memberId: string) {
    return this.context.db.doc(documents.member(account, memberId));
  }

  /** @param write undefined: nothing changes */
  private async changeMember(
    accountId: string,
    memberId: string,
    now: Date,
    event: DomainEvent,
    write: (
      tx: Transaction,
      member: Member,
      invitation: { ref: FirebaseFirestore.DocumentReference; document: InvitationDocument | undefined },
    ) => { next: Member; isAdmin: boolean } | undefined,
  ): Promise<Member> {
    const { db, memory } = this.context;
    const result = await this.context.transaction(async (tx) => {
      const member = read<Member>('member', await tx.get(this.memberRef(accountId, memberId)));
      if (member === undefined) {
        throw new DomainError('MEMBER_UNKNOWN', 'memberId: there is no such member. list_members shows who is.');
      }
      const account = await readAccount(this.context, accountId, tx);
      const ref = db.doc(documents.invitation(hashEmail(member.email ?? '')));
      const document =
        member.status === 'invited' ? read<InvitationDocument>('invitation', await tx.get(ref)) : undefined;
      const change = write(tx, member, { ref, document });
      if (change === undefined) return member;
      const { next, isAdmin } = change;
      this.keepAdmins(tx, account, memberId, isAdmin);
      if (member.status === 'active') memory.invalidate(tx, memoryKeys.principal(memberId));
      writeEvents(db, tx, accountId, [event], now);
      return next;
    }, documents.account(accountId));
    memory.forget(memoryKeys.principal(memberId));
    return result;
  }

  /** @throws DomainError `LAST_ADMIN` */
  private keepAdmins(tx: Transaction, account: Account, memberId: string, isAdmin: boolean): void {
    const others = account.adminUids.filter((uid) => uid !== memberId);
    const adminUids = isAdmin ? [...others, memberId] : others;
    if (adminUids.length === 0) {
      throw new DomainError(
        'LAST_ADMIN',
        'memberId: this is the last admin of the account. Make another member admin first.',
      );
    }
    if (adminUids.length !== account.adminUids.length) {
      tx.update(this.context.db.doc(documents.account(account.accountId)), { adminUids });
    }
  }
}
