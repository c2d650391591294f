import { useComputed } from '@preact/signals';
import type { Member as StoredMember } from '@quarterdeck/contract';
import { collections, readDocument } from '@quarterdeck/contract/views';
import { collection, query } from 'firebase/firestore';
import { listenToQuery, useLive } from '../live/live.js';
import { useMember } from './member.js';

/** How the people of the account are called, by their uid; one without a name is missing. */
export function usePeople(): ReadonlyMap<string, string> {
  const { accountId, services } = useMember();
  const members = useLive(
    () =>
      listenToQuery(
        query(collection(services.db, collections.members(accountId))),
        (data) => readDocument<StoredMember>('member', data) as StoredMember,
      ),
    [accountId],
  );
  return useComputed(() => namesOf(members.value.value ?? [])).value;
}

function namesOf(members: readonly StoredMember[]): ReadonlyMap<string, string> {
  return new Map(
    members.flatMap(({ memberId, displayName, email }) => {
      const name = displayName ?? email ?? null;
      return name === null ? [] : [[memberId, name] as const];
    }),
  );
}
