import type { Member } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A member as its document has it. A role or status that this version does not know is kept as it is. */
export type Person = Pick<Member, 'memberId' | 'email' | 'displayName'> & {
  readonly role: string;
  readonly status: string;
  /** Null: it is not known. */
  readonly since: Date | null;
};

export function readPerson(data: DocumentData, id: string): Person {
  const { role, status, email, displayName, since } = readDocument<Partial<Member>>('member', data) ?? {};
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    memberId: id,
    role: text(role) ?? '?',
    status: text(status) ?? '?',
    email: text(email),
    displayName: text(displayName),
    since: since instanceof Date ? since : null,
  };
}

/** How a person is called: by name, else by address; who looks at the page as they are called there. */
export function nameOf(
  { displayName, email, memberId }: Person,
  self?: { readonly uid: string; readonly name: string | null },
): string {
  return displayName ?? email ?? (memberId === self?.uid ? self.name : null) ?? memberId;
}

/** Those that have joined and those that are invited; admins first, then by name. */
export function byStanding(people: readonly Person[]): { joined: Person[]; invited: Person[] } {
  const sorted = [...people].sort(
    (a, b) => Number(b.role === 'admin') - Number(a.role === 'admin') || nameOf(a).localeCompare(nameOf(b)),
  );
  return {
    joined: sorted.filter(({ status }) => status !== 'invited'),
    invited: sorted.filter(({ status }) => status === 'invited'),
  };
}
