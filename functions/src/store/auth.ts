import type { Auth } from 'firebase-admin/auth';
import type { AuthPort } from '../operations/ports.js';

/** Firebase Auth. In production createCustomToken needs the role Service Account Token Creator: see docs/deploy.md. */
export function firebaseAuth(auth: Auth): AuthPort {
  return {
    createCustomToken: (uid, claims) => auth.createCustomToken(uid, claims),
    setClaims: (uid, claims) => auth.setCustomUserClaims(uid, claims),
  };
}
