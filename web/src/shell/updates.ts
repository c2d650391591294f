import { registerSW } from 'virtual:pwa-register';
import { signal } from '@preact/signals';

/** Loads the new version of the page; null: this is the newest. */
export const update = signal<(() => Promise<void>) | null>(null);

/** Keeps the page on the device, and offers a new version once it is there: never in the middle of somebody's typing. */
export function offerUpdates(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const reload = registerSW({
    onNeedRefresh() {
      update.value = () => reload(true);
    },
  });
}
