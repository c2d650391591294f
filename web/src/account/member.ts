import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Member } from './identity.js';

export const MemberContext = createContext<Member | undefined>(undefined);

/** Who looks at the page. Only below the shell. */
export function useMember(): Member {
  const member = useContext(MemberContext);
  if (member === undefined) throw new Error('Nobody is signed in here.');
  return member;
}
