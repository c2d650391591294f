import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { moveAmongCards } from '../fleet/move-among-cards.js';
import { useKeys } from '../shell/keys.js';
import { Button } from './button.js';
import './field.css';
import './filters.css';

interface FiltersProps {
  /** What is searched, for a screen reader. */
  readonly label: string;
  readonly q: string;
  readonly onSearch: (q: string) => void;
  /** Absent: nothing is narrowed. */
  readonly onShowAll?: (() => void) | undefined;
  /** More to choose by. */
  readonly children?: ComponentChildren;
}

/** Above a list: a search, and what else it can be narrowed by. `/` leads here, `j` and `k` through the list. */
export function Filters({ label, q, onSearch, onShowAll, children }: FiltersProps) {
  const search = useRef<HTMLInputElement>(null);
  useKeys({
    '/': () => search.current?.focus(),
    j: () => moveAmongCards(1),
    k: () => moveAmongCards(-1),
  });
  return (
    <search class="filters">
      <input
        ref={search}
        class="bare-input"
        type="search"
        placeholder="Search"
        aria-label={label}
        value={q}
        onInput={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      {children}
      {onShowAll && (
        <Button look="quiet" onClick={onShowAll}>
          Show all
        </Button>
      )}
    </search>
  );
}
