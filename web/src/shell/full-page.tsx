import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signOut } from '../account/identity.js';
import type { Services } from '../firebase/services.js';
import { Button } from '../ui/button.js';
import { Mark } from './mark.js';
import './full-page.css';

/** A page with one thing on it. */
export function FullPage({ title, children }: { title?: string; children?: ComponentChildren }) {
  return (
    <main class="full-page">
      <div class="full-page-box">
        <p class="full-page-brand">
          <Mark /> Quarterdeck
        </p>
        {title && <h1>{title}</h1>}
        {children}
      </div>
    </main>
  );
}

const SHOWN_AFTER_MS = 400;

/** Nothing at first: what is there in a moment needs no announcement. */
export function Waiting({ children = 'Opening Quarterdeck' }: { children?: ComponentChildren }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? (
    <FullPage>
      <p role="status">{children}…</p>
    </FullPage>
  ) : null;
}

export function Failed({ message }: { message: string }) {
  return (
    <FullPage title="Quarterdeck could not be opened">
      <p role="alert">{message}</p>
      <Button onClick={() => location.reload()}>Try again</Button>
    </FullPage>
  );
}

/** Access was taken away while the page was open, or since. */
export function Ended({ services }: { services: Services }) {
  return (
    <FullPage title="You no longer have access to this account">
      <p role="alert">
        An admin has taken it away. What this device knew of the account was forgotten. Ask an admin if you need it
        back.
      </p>
      <Button onClick={() => signOut(services)}>Sign out</Button>
    </FullPage>
  );
}
