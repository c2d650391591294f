import { useComputed } from '@preact/signals';
import type { Program } from '@quarterdeck/contract';
import { collections } from '@quarterdeck/contract/views';
import { collection, query } from 'firebase/firestore';
import { useMember } from '../account/member.js';
import { listenToQuery, useLive } from '../live/live.js';
import { readProgram } from '../programs/read-program.js';
import { type Target, targetsOf } from './targets.js';

/** Whom something can be for, live; undefined: not known yet. */
export function useTargets(): readonly Target[] | undefined {
  const { accountId, services } = useMember();
  const programs = useLive(
    () =>
      listenToQuery(
        query(collection(services.db, collections.programs(accountId))),
        (data) => readProgram(data) as Program,
      ),
    [accountId],
  );
  return useComputed(() => {
    const { value } = programs.value;
    return value && targetsOf(value);
  }).value;
}
