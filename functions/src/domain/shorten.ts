/** A text of at most `maxChars` characters: what is too long ends in "…", after a whole word where one ends in its last half. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const room = text.slice(0, Math.max(0, maxChars - 1));
  const atWord = room.replace(/\s+\S*$/u, '');
  const kept = atWord.length >= room.length / 2 ? atWord : room;
  // Half of a surrogate pair is no character.
  return `${kept.replace(/[\ud800-\udbff]$/, '').trimEnd()}…`.slice(0, maxChars);
}
