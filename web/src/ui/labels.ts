/** The labels with those that were typed, apart from each other by commas or lines; none is there twice. */
export function withTyped(labels: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,\n]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
  return [...new Set([...labels, ...added])];
}
