/** What of a stored thing this version of the page has no name for, as text. */
export function newerFields(thing: object, known: readonly string[]): [name: string, text: string][] {
  return Object.entries(thing)
    .filter(([name, value]) => !known.includes(name) && value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}
