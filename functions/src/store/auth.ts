import type { Auth } from 'firebase-admin/auth';
import type { AuthPort } from '../operations/ports.js';

/** Firebase Auth. In production createCustomToken needs the role Service Account Token Creator: see docs/deploy.md. */
export function firebaseAuth(auth: Auth): AuthPort {
  return {
    verifyIdToken: async (token) => {
      try {
        return await auth.verifyIdToken(token);
      } catch (error) {
        if (isTokenFault(error)) return undefined;
        throw error;
      }
    },
    createCustomToken: (uid, claims) => auth.createCustomToken(uid, claims),
    setClaims: (uid, claims) => auth.setCustomUserClaims(uid, claims),
  };
}

/** The token itself is at fault, and not the fetching of the keys that it is verified with: firebase.google.com/docs/auth/admin/errors. */
function isTokenFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'auth/argument-error' || code === 'auth/id-token-expired' || code === 'auth/invalid-id-token';
}
