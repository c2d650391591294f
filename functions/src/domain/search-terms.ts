import { stemmer } from 'stemmer';

/** A longer term is cut: it is an index entry, and nobody types it whole. */
const TERM_MAX_CHARS = 40;
/** A longer identifier or path is found by its parts only. */
const WHOLE_MAX_CHARS = 60;

/** English words that say nothing about a text. Other languages have none: their common words cost a look-up, and rank low by themselves. */
const STOP_WORDS = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does doing done down each few for from
  further had has have having he her here hers him his how i if in into is it its itself just let may me might more most must my no nor not now of off
  on once only or other our ours out over own please same shall she should so some such than that the their theirs them then there these they this
  those through to too under until up upon us very was we were what when where which while who whom whose why will with would you your yours
  dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent hadnt im ive youre theyre thats whats lets`.split(
    /\s+/,
  ),
);

/** Words, numbers, and what is written as one: snake_case, kebab-case, paths, versions, addresses. */
const TOKEN = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*(?:[-_./:@\\]+[\p{L}\p{N}\p{M}]+)*/gu;
/** Scripts that write no space between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const ASCII = /^[\x21-\x7e]*$/;
const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * The terms that a text is found by, in order and as often as they occur. The same word in another form, case or accent is the same term; an identifier
 * is a term as a whole and by its parts. Memories and queries go through the same rules.
 */
export function searchTerms(text: string): string[] {
  return (text.normalize('NFKC').match(TOKEN) ?? []).flatMap(termsOfToken);
}

/** Lower case without diacritics. Marks of other scripts stay: there they make another letter. */
export function foldCase(text: string): string {
  // Most words have nothing to normalize, and that takes ten times as long as the rest.
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

function termsOfToken(token: string): string[] {
  const plain = token.replace(/['’]s$/i, '').replace(/['’]/g, '');
  const parts = plain.split(/[-_./:@\\]+|(?<=\p{Ll})(?=\p{Lu})/u);
  if (parts.length === 1) return termsOfWord(plain);
  const whole = foldCase(plain);
  const ofParts = parts.filter((part) => !/^[A-Za-z]$/.test(part)).flatMap(termsOfWord);
  return whole.length > WHOLE_MAX_CHARS ? ofParts : [whole, ...ofParts];
}

function termsOfWord(word: string): string[] {
  const folded = foldCase(word);
  if (STOP_WORDS.has(folded)) return [];
  if (/^[a-z]+$/.test(folded)) return [stemmer(folded.slice(0, TERM_MAX_CHARS))];
  // A segmenter takes a hundred times as long as an expression, so it is asked only where no space tells words apart.
  if (UNSPACED.test(folded)) {
    return Array.from(words.segment(folded))
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => sliceWhole(segment));
  }
  return [sliceWhole(folded)];
}

/** Cut, but not through a character: Firestore stores no halves. */
function sliceWhole(word: string): string {
  return word.slice(0, TERM_MAX_CHARS).replace(/[\ud800-\udbff]$/, '');
}
