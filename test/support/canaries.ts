/** A secret that must be found nowhere but in the one answer that shows it. */
export interface Canary {
  /** What it is, for the message of a red test. */
  readonly what: string;
  readonly secret: string;
}

/** One thing that was written or sent. */
export interface Trace {
  /** What it is: `document apiKeys/…`, `answer of create_key at rest`. */
  readonly where: string;
  readonly text: string;
}

/** Shorter pieces may stand somewhere by chance. */
const PIECE_CHARS = 24;

/**
 * The texts that betray a secret: a piece of it from its beginning, its middle and its end, as it is and as each encoding that systems use would write it. A
 * hash is no secret: a key is named by its own.
 */
export function needlesOf({ secret }: Canary): string[] {
  // What every secret of a kind begins with says nothing.
  const core = secret.replace(/^(cb_|whsec_)/, '');
  const middle = Math.floor((core.length - PIECE_CHARS) / 2);
  // All tokens have the same header; it ends at the first point.
  const from = secret.startsWith('eyJ') ? core.indexOf('.') + 1 : 0;
  const pieces = [
    core.slice(from, from + PIECE_CHARS),
    core.slice(middle, middle + PIECE_CHARS),
    core.slice(-PIECE_CHARS),
  ];
  const isSaid = secret.startsWith('eyJ') ? pieces.slice(2) : pieces;
  return [...new Set(isSaid.flatMap(encodings))];
}

function encodings(text: string): string[] {
  const bytes = Buffer.from(text);
  // Base64 depends on where in three bytes the text begins: the characters that its neighbours have a part in are left out.
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const reversed = [...text].reverse().join('');
  return [
    text,
    reversed,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
    ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64.map((one) => encodeURIComponent(one)),
  ];
}

/** So many characters of a needle are looked up first, at every place of a text: thousands of needles cost no more than one. */
const INDEXED_CHARS = 12;

/** Where a canary is found, one line each. */
export function sightings(canaries: readonly Canary[], traces: readonly Trace[]): string[] {
  const index = new Map<string, { readonly needle: string; readonly what: string }[]>();
  for (const canary of canaries) {
    for (const needle of needlesOf(canary)) {
      const known = index.get(needle.slice(0, INDEXED_CHARS)) ?? [];
      index.set(needle.slice(0, INDEXED_CHARS), [...known, { needle, what: canary.what }]);
    }
  }
  const found = new Set<string>();
  for (const { where, text } of traces) {
    for (let at = 0; at + INDEXED_CHARS <= text.length; at++) {
      for (const { needle, what } of index.get(text.slice(at, at + INDEXED_CHARS)) ?? [])
        if (text.startsWith(needle, at)) found.add(`${what} in ${where}`);
    }
  }
  return [...found];
}
