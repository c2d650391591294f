import type { ContextSummary } from '@quarterdeck/contract';
import { taskText } from './read-program-state.js';
import { diffWords, isUnchanged, type Piece } from './word-diff.js';

/** What of a list came and went. */
export interface ItemChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** How a context summary became the next. Null: that part stayed. */
export interface SummaryChange {
  readonly lastTask: readonly Piece[] | null;
  readonly activeWorkItems: ItemChange | null;
  readonly handoffNotes: readonly Piece[] | null;
  readonly openQuestions: ItemChange | null;
}

export function compareSummaries(before: ContextSummary, after: ContextSummary): SummaryChange {
  return {
    lastTask: compareTexts(taskText(before.lastTask), taskText(after.lastTask)),
    activeWorkItems: compareItems(before.activeWorkItems, after.activeWorkItems),
    handoffNotes: compareTexts(before.handoffNotes, after.handoffNotes),
    openQuestions: compareItems(before.openQuestions, after.openQuestions),
  };
}

function compareTexts(before: string, after: string): readonly Piece[] | null {
  const pieces = diffWords(before, after);
  return isUnchanged(pieces) ? null : pieces;
}

/** An item that is there more often than before came; the order of a list is no change. */
function compareItems(before: readonly string[], after: readonly string[]): ItemChange | null {
  const added = without(after, before);
  const removed = without(before, after);
  return added.length + removed.length === 0 ? null : { added, removed };
}

function without(items: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
