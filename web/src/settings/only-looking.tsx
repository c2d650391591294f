import { useMember } from '../account/member.js';

/** Tells an auditor why there is nothing to press; nothing for an admin. */
export function OnlyLooking() {
  return useMember().role === 'admin' ? null : (
    <p class="faint">You are an auditor: you see everything, and change nothing.</p>
  );
}
