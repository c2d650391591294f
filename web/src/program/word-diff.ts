/** A stretch of text that stayed, came or went. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Below this share of words that stayed, a text that lost words and got others is told whole: a few common words in between would only confuse. */
const TELLING_SHARE = 0.2;

/**
 * How a text became another, word by word. What is `same` or `added` is the new text to the letter; what is `same` or `removed` is the old one but for its
 * white space, which is no change.
 */
export function diffWords(before: string, after: string): readonly Piece[] {
  const old = wordsIn(before);
  const now = wordsIn(after);
  const pieces = joined([...steps(old, now)]);
  const stayed = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + wordsIn(text).length, 0);
  const isTelling = stayed >= Math.max(old.length, now.length) * TELLING_SHARE;
  if (isTelling || !['added', 'removed'].every((kind) => pieces.some((piece) => piece.kind === kind))) return pieces;
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}

/** True when nothing came or went. */
export function isUnchanged(pieces: readonly Piece[]): boolean {
  return pieces.every(({ kind }) => kind === 'same');
}

/** Words with the white space behind them, so that the texts are their words in a row. Scripts that write without spaces are taken sign by sign. */
function wordsIn(text: string): string[] {
  return (
    text.match(
      /^\s+|(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+)\s*/gu,
    ) ?? []
  );
}

const isSameWord = (one: string | undefined, other: string | undefined) => one?.trim() === other?.trim();

/** The fewest words that have to go and to come, by the longest common subsequence of what is between the common beginning and the common end. */
function* steps(old: readonly string[], now: readonly string[]): Generator<Piece> {
  let start = 0;
  while (start < Math.min(old.length, now.length) && isSameWord(old[start], now[start])) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && isSameWord(old.at(-1 - end), now.at(-1 - end))) end++;
  yield* asPieces('same', now.slice(0, start));
  yield* middle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  yield* asPieces('same', now.slice(now.length - end));
}

function* middle(old: readonly string[], now: readonly string[]): Generator<Piece> {
  const width = now.length + 1;
  // common[i * width + j]: the length of the longest common subsequence of old[i…] and now[j…].
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] as number;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] = isSameWord(old[i], now[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    if (isSameWord(old[i], now[j])) {
      yield { kind: 'same', text: now[j] as string };
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) yield { kind: 'removed', text: old[i++] as string };
    else yield { kind: 'added', text: now[j++] as string };
  }
  yield* asPieces('removed', old.slice(i));
  yield* asPieces('added', now.slice(j));
}

function asPieces(kind: Piece['kind'], words: readonly string[]): Piece[] {
  return words.map((text) => ({ kind, text }));
}

/** Neighbours of a kind as one. Between two words that stayed, what went is told before what came. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') found.push({ kind: 'removed', text: removed });
    if (added !== '') found.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = found.at(-1);
      if (last?.kind === 'same') found[found.length - 1] = { kind, text: last.text + text };
      else found.push({ kind, text });
    }
  }
  flush();
  return found;
}
