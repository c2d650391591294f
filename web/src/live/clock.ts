import { computed, signal } from '@preact/signals';

let ahead = () => new Date();

/** The server's time, told anew every second while the page is seen: what ages are counted by. */
export const clock = signal(new Date());

/** From now on this says what time it is on the server. */
export function setServerClock(now: () => Date): void {
  ahead = now;
  clock.value = now();
}

export function serverNow(): Date {
  return ahead();
}

setInterval(() => {
  if (!document.hidden) clock.value = ahead();
}, 1000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) clock.value = ahead();
});

const minutes = computed(() => Math.floor(clock.value.getTime() / 60_000));
/** The same, told anew every minute: for what counts in days. */
export const minuteClock = computed(() => new Date(minutes.value * 60_000));
