import { effect, signal, untracked } from '@preact/signals';
import type { Sessions } from '../fleet/sessions.js';
import { arrivalsOf, type Watched } from './arrivals.js';

const KEY = 'quarterdeck.notifies';

/** `unsupported`: this browser has none. `denied`: the person said no to the browser, and only there can it be changed. */
export type Notifying = 'on' | 'off' | 'denied' | 'unsupported';

/** Whether the person is told of sessions that need them while the page is open. */
export const notifying = signal<Notifying>(current());

function current(): Notifying {
  if (!('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on' ? 'on' : 'off';
}

/** Turns it on, for which the browser asks the person, or off. */
export async function setNotifying(isOn: boolean): Promise<void> {
  if (!('Notification' in window)) return;
  if (isOn && Notification.permission === 'default') await Notification.requestPermission();
  localStorage.setItem(KEY, isOn ? 'on' : 'off');
  notifying.value = current();
}

/**
 * Tells of each session that comes to need a person, or falls silent, for as long as the page is open. What was so when it opened is on the screen already.
 * @param open shows the page of a session
 * @returns what ends it
 */
export function followArrivals({ zones, live }: Sessions, open: (sessionId: string) => void): () => void {
  let before: ReadonlyMap<string, Watched> | undefined;
  return effect(() => {
    // Old news are none: what the device remembers is not what happens.
    if (live.value.isCached) return;
    const { arrived, next } = arrivalsOf(zones.value, before);
    before = next;
    if (untracked(() => notifying.value) !== 'on') return;
    for (const { sessionId, title, body } of arrived) void notify(sessionId, title, body, open);
  });
}

async function notify(
  sessionId: string,
  title: string,
  body: string,
  open: (sessionId: string) => void,
): Promise<void> {
  // A later word of the same session takes the place of the former one.
  const options = { body, tag: sessionId, icon: '/icon-192.png' };
  try {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      open(sessionId);
      shown.close();
    };
  } catch {
    // Android shows none but those of a service worker.
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.showNotification(title, options);
  }
}
