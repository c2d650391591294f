import {
  GoogleAuthProvider,
  isSignInWithEmailLink,
  sendSignInLinkToEmail,
  signInWithEmailAndPassword,
  signInWithEmailLink,
  signInWithPopup,
} from 'firebase/auth';
import { useEffect, useState } from 'preact/hooks';
import type { DeploymentConfig } from '../firebase/config.js';
import type { Services } from '../firebase/services.js';
import { FullPage } from '../shell/full-page.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { authProblem } from './auth-problem.js';

/** Where the address waits for the click in the mail. */
const EMAIL_KEY = 'quarterdeck.signInEmail';

/** Who is not signed in chooses how. */
export function SignIn({ config, services: { auth } }: { config: DeploymentConfig; services: Services }) {
  const [problem, setProblem] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  const isFromMail = isSignInWithEmailLink(auth, location.href);
  const [email, setEmail] = useState(localStorage.getItem(EMAIL_KEY) ?? '');

  /** Reports what goes wrong; success is followed by the identity. */
  const attempt = async (signIn: () => Promise<unknown>) => {
    setProblem(undefined);
    await signIn().catch((error) => setProblem(authProblem(error)));
  };
  const finishFromMail = () =>
    attempt(async () => {
      await signInWithEmailLink(auth, email, location.href);
      localStorage.removeItem(EMAIL_KEY);
      history.replaceState(null, '', '/');
    });
  const sendLink = () =>
    attempt(async () => {
      await sendSignInLinkToEmail(auth, email, { url: `${location.origin}/`, handleCodeInApp: true });
      localStorage.setItem(EMAIL_KEY, email);
      setSentTo(email);
    });
  // The device that asked for the link knows the address already.
  useEffect(() => {
    if (isFromMail && email) void finishFromMail();
  }, []);

  const { localAdmin } = config;
  return (
    <FullPage title={isFromMail ? 'Confirm your address' : 'Your fleet of agents, live'}>
      {problem && <Problem>{problem}</Problem>}
      {!isFromMail && localAdmin && (
        <>
          <Button
            look="main"
            onClick={() => attempt(() => signInWithEmailAndPassword(auth, localAdmin.email, localAdmin.password))}
          >
            Sign in as the local admin
          </Button>
          <p class="faint">This is a copy on your machine: its first start made {localAdmin.email}.</p>
        </>
      )}
      {!isFromMail && (
        <Button
          look={localAdmin ? 'plain' : 'main'}
          onClick={() => attempt(() => signInWithPopup(auth, new GoogleAuthProvider()))}
        >
          Continue with Google
        </Button>
      )}
      {sentTo ? (
        <p role="status">
          A link is on its way to <b>{sentTo}</b>. Open it on this device to sign in.
        </p>
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void (isFromMail ? finishFromMail() : sendLink());
          }}
        >
          <TextField
            label="E-mail address"
            type="email"
            autoComplete="email"
            required
            hint={
              isFromMail
                ? 'The address that the link was sent to.'
                : 'You get a link that signs you in; there is no password.'
            }
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value.trim())}
          />
          <Button type="submit">{isFromMail ? 'Sign in' : 'Send me a link'}</Button>
        </form>
      )}
    </FullPage>
  );
}
