import { useEffect } from 'preact/hooks';
import type { Sessions } from '../fleet/sessions.js';

/** The title of the tab says how many sessions wait for a person, and so does the icon of an installed page. */
export function useTitle({ needing }: Sessions): void {
  const count = needing.value;
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Quarterdeck` : 'Quarterdeck';
    const badge = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
    badge?.catch(() => undefined);
  }, [count]);
}
