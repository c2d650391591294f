import { moveAmongCards } from '../fleet/move-among-cards.js';
import { useKeys } from '../shell/keys.js';

/** `j` and `k` go from row to row, `/` into the search where there is one. */
export function useRowKeys(search?: { readonly current: HTMLElement | null }): void {
  useKeys({
    j: () => moveAmongCards(1),
    k: () => moveAmongCards(-1),
    ...(search && { '/': () => search.current?.focus() }),
  });
}
