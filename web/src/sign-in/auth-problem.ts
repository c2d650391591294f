/** What Firebase Auth refuses with, as a sentence with what to do. Codes: firebase.google.com/docs/reference/js/auth#autherrorcodes */
const SENTENCES: Readonly<Record<string, string>> = {
  'auth/popup-closed-by-user':
    'The window was closed before you were signed in. Try again, and choose an account in it.',
  'auth/cancelled-popup-request': 'Another sign-in window is open already. Finish there, or close it.',
  'auth/popup-blocked':
    'The browser blocked the sign-in window. Allow pop-ups for this page, or sign in with a link by e-mail.',
  'auth/network-request-failed': 'The sign-in service does not answer. Check the connection, and try again.',
  'auth/invalid-email': 'That is no e-mail address. Check it for typing errors.',
  'auth/invalid-action-code': 'That link was used already, or is too old. Ask for another one.',
  'auth/expired-action-code': 'That link is too old. Ask for another one.',
  'auth/operation-not-allowed':
    'This way to sign in is not enabled for the project. An operator enables it in the Firebase console, under Authentication.',
  'auth/too-many-requests': 'Too many attempts from this device. Wait a few minutes, and try again.',
  'auth/user-disabled': 'This person was disabled in the Firebase project. Ask its operator.',
  'auth/unauthorized-domain':
    'This address may not be signed in from. An operator adds it to the authorized domains in the Firebase console, under Authentication.',
};

/** What went wrong with signing in, for the person who reads it. An unknown code is shown as it is. */
export function authProblem(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return SENTENCES[code] ?? `Signing in failed (${code}). Try again, or another way.`;
  return `Signing in failed: ${typeof message === 'string' ? message : String(error)}`;
}
