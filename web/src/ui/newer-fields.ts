/** Fields of a stored thing that this version of the page has no name for, without those that nobody has said. */
export function newerEntries(thing: object, known: Iterable<string>): [name: string, value: unknown][] {
  const names = new Set(known);
  return Object.entries(thing).filter(([name, value]) => !names.has(name) && value !== null && value !== undefined);
}

/** The same, as text. */
export function newerFields(thing: object, known: Iterable<string>): [name: string, text: string][] {
  return newerEntries(thing, known).map(([name, value]) => [name, asText(value)]);
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
