import { computed, effect, signal } from '@preact/signals';
import type { FirestoreError } from 'firebase/firestore';
import { clock, serverNow } from './clock.js';

/** How long the first answers may take before the page says that it shows what it knew before. */
const PATIENCE_MS = 3000;
/** Where the moment is kept at which the page last heard of the server, for the next time it opens without one. */
const LAST_HEARD_KEY = 'quarterdeck.lastHeardAt';
const NOTED_EVERY_MS = 30_000;

/** `opening`: has not been answered by the server yet. */
type SourceState = 'opening' | 'live' | 'cached';

/** One listener's part of the stream. */
export interface HeardSource {
  tell(isLive: boolean): void;
  fail(error: FirestoreError): void;
  close(): void;
}

const sources = signal<ReadonlyMap<symbol, SourceState>>(new Map());
const isOnline = signal(navigator.onLine);
const isPatient = signal(true);
const lastHeardAt = signal(storedMoment());

/** True while every listener hears of the server. */
export const isLive = computed(() => isOnline.value && [...sources.value.values()].every((state) => state === 'live'));

/** True when what is shown may be old: the device is offline, the stream is broken, or it does not come up. */
const isBroken = computed(() => {
  const states = [...sources.value.values()];
  return !isOnline.value || states.includes('cached') || (!isPatient.value && states.includes('opening'));
});

/** Since when nothing is heard, by the server's clock; null: what is shown is how it is now, or it is just being opened. */
export const staleSince = computed(() => (isBroken.value ? (lastHeardAt.value ?? serverNow()) : null));

/** The moment up to which the page knows how things are: while nothing is heard, silence of ours is not silence of the agents. */
export const knownUntil = computed(() => staleSince.value ?? clock.value);

/** Called with each listener that ends by itself. */
let onFailure: (error: FirestoreError) => void = () => {};
export function onListenerFailure(told: (error: FirestoreError) => void): void {
  onFailure = told;
}

/** Adds a listener to what has to be heard of. */
export function heardOf(): HeardSource {
  const key = Symbol();
  const set = (state: SourceState | undefined) => {
    if (sources.peek().get(key) === state) return;
    const next = new Map(sources.peek());
    if (state === undefined) next.delete(key);
    else next.set(key, state);
    sources.value = next;
  };
  set('opening');
  grantPatience();
  return {
    tell(isLive) {
      if (isLive) set('live');
      else if (sources.peek().get(key) === 'live') set('cached');
    },
    fail(error) {
      set(undefined);
      onFailure(error);
    },
    close: () => set(undefined),
  };
}

let patience: ReturnType<typeof setTimeout> | undefined;
function grantPatience(): void {
  clearTimeout(patience);
  isPatient.value = true;
  patience = setTimeout(() => {
    isPatient.value = false;
  }, PATIENCE_MS);
}

function storedMoment(): Date | null {
  const stored = Number(localStorage.getItem(LAST_HEARD_KEY));
  return stored > 0 ? new Date(stored) : null;
}

function noteHeard(): void {
  lastHeardAt.value = serverNow();
  localStorage.setItem(LAST_HEARD_KEY, String(lastHeardAt.value.getTime()));
}

/** Forgets when the server was last heard, with everything else that is kept of an account. */
export function forgetConnection(): void {
  localStorage.removeItem(LAST_HEARD_KEY);
  lastHeardAt.value = null;
}

effect(() => {
  if (!isLive.value || sources.peek().size === 0) return;
  noteHeard();
  const timer = setInterval(noteHeard, NOTED_EVERY_MS);
  return () => {
    clearInterval(timer);
    noteHeard();
  };
});
window.addEventListener('online', () => {
  grantPatience();
  isOnline.value = true;
});
window.addEventListener('offline', () => {
  isOnline.value = false;
});
window.addEventListener('pagehide', () => {
  if (isLive.peek() && sources.peek().size > 0) noteHeard();
});
