const SHOWN = 3;
/** A longer name is no typing error of any of ours, and comparing it would only cost time. */
const COMPARED_MAX_CHARS = 100;

/** More edits than half of its characters make another name of it, not the one that was meant. */
const EDITS_MAX_SHARE = 0.5;

/** The names that take the fewest edits to become, best first; none when it takes more than half of what was sent. */
export function nearestNames(wrong: string, names: readonly string[]): string[] {
  const cut = wrong.slice(0, COMPARED_MAX_CHARS).toLowerCase();
  return names
    .map((name) => ({ name, distance: editDistance(cut, name) }))
    .filter(({ distance }) => distance <= cut.length * EDITS_MAX_SHARE)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** Levenshtein's: characters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] as number) + (to[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] as number) + 1, (next[column - 1] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
