import { type Condition, conditionsIn, type Span, withoutComments, withoutStrings } from './conditions.js';

/** Rules with one fault. */
export interface Mutant {
  readonly line: number;
  /** The collection of the innermost `match` around the fault. */
  readonly collection: string;
  /** What is wrong: `made true: a == b`. */
  readonly change: string;
  readonly source: string;
}

/** Words that belong to one list: each one that the list lacks is a way to widen it. */
export type Vocabulary = readonly string[];

/** Text to be put in the place of a stretch of the rules. */
interface Fault extends Span {
  readonly text: string;
  readonly change: string;
}

/** The rules three times, with equal offsets: as they are, without comments, and without comments and strings. */
interface Rules {
  readonly source: string;
  readonly code: string;
  readonly bare: string;
}

/** All rules that differ from these by one fault. */
export function mutantsOf(source: string, vocabularies: readonly Vocabulary[]): Mutant[] {
  const code = withoutComments(source);
  const rules = { source, code, bare: withoutStrings(code) };
  const faults = [
    ...conditionsIn(rules.bare).flatMap((condition) => [...logic(source, condition)]),
    ...comparisons(rules),
    ...lists(rules, vocabularies),
    ...strings(rules),
    ...permissions(rules),
    ...places(rules),
  ];
  const mutants = faults.map(({ start, end, text, change }): Mutant => {
    const throughLine = source.slice(0, source.indexOf('\n', start));
    return {
      line: throughLine.split('\n').length,
      collection: [...throughLine.matchAll(/match \/(\w+)\//g)].at(-1)?.[1] ?? '',
      change,
      source: source.slice(0, start) + text + source.slice(end),
    };
  });
  return mutants.sort((a, b) => a.line - b.line);
}

/** Each condition true, false and negated; each `&&` an `||`, and the reverse. */
function* logic(source: string, condition: Condition, parent?: Condition): Generator<Fault> {
  const { start, end, operator, operands } = condition;
  const text = source.slice(start, end);
  // An operand is dropped when it is true among `&&`, and when it is false among `||`; the reverse decides the whole.
  if (parent?.operator !== '||') yield { start, end, text: 'true', change: `made true: ${oneLine(text)}` };
  if (parent?.operator !== '&&') yield { start, end, text: 'false', change: `made false: ${oneLine(text)}` };
  yield { start, end, text: `!(${text})`, change: `negated: ${oneLine(text)}` };
  for (const [index, operand] of operands.entries()) {
    const next = operands[index + 1];
    if (operator && next) {
      const other = operator === '&&' ? '||' : '&&';
      const after = oneLine(source.slice(operand.start, operand.end));
      yield {
        start: operand.end,
        end: next.start,
        text: ` ${other} `,
        change: `${operator} → ${other} after: ${after}`,
      };
    }
    yield* logic(source, operand, condition);
  }
}

/** Each bound one further and one less far, and each comparison a neighbouring one. */
function* comparisons({ bare }: Rules): Generator<Fault> {
  yield* replacing(/(?<=[ (])\d+(?=[\s;)])/g, bare, (n) => [`${Number(n) + 1}`, `${Number(n) - 1}`]);
  // Not for `<`: it compares with request.time, and no test can hit its very moment.
  yield* replacing(/>=|<=/g, bare, (operator) => [operator.charAt(0)]);
  yield* replacing(/==(?= request\.time)/g, bare, () => ['>=', '<=']);
  yield* replacing(/\bis int\b/g, bare, () => ['is number', 'is float']);
  yield* replacing(/\baffectedKeys\b/g, bare, () => ['addedKeys', 'changedKeys', 'removedKeys']);
  yield* replacing(/\bhasOnly\b/g, bare, () => ['hasAny', 'hasAll']);
}

/** Each list with a word less, and with a word more. */
function* lists({ code }: Rules, vocabularies: readonly Vocabulary[]): Generator<Fault> {
  for (const { index: start, 1: inside = '' } of code.matchAll(LIST)) {
    const words = inside.split(', ');
    const span = { start, end: start + inside.length + 2 };
    for (const word of words) {
      const rest = words.filter((other) => other !== word);
      yield { ...span, text: `[${rest.join(', ')}]`, change: `${word} taken from a list` };
    }
    const related = vocabularies.filter((vocabulary) => vocabulary.some((word) => words.includes(`'${word}'`)));
    for (const word of related.flat().map((one) => `'${one}'`)) {
      if (!words.includes(word)) yield { ...span, text: `[${inside}, ${word}]`, change: `${word} added to a list` };
    }
  }
}

/** Each name of a claim or field another one, and each pattern without each of its parts. */
function* strings({ code }: Rules): Generator<Fault> {
  const outsideOfLists = code.replace(LIST, (list) => ' '.repeat(list.length));
  for (const { index, 0: text } of outsideOfLists.matchAll(/(?<!rules_version = )(?<=[ (])'[^']*'/g)) {
    if (!text.includes('\\')) {
      yield { start: index, end: index + text.length, text: "'mutant'", change: `${text} → 'mutant'` };
    }
    for (const part of text.matchAll(/\\\\(?:x\{\w+\}|p\{\w+\}|\w)|\(\?s\)|\.\*/g)) {
      const start = index + part.index;
      yield { start, end: start + part[0].length, text: '', change: `${part[0]} taken from a pattern` };
    }
  }
}

/** Each rule with an operation less, and with an operation more. */
function* permissions({ source, bare }: Rules): Generator<Fault> {
  const allows = [...bare.matchAll(/allow ([\w, ]+): if ([^;]*);/g)];
  const blockOf = (index: number) => bare.lastIndexOf('match /', index);
  for (const { index: start, 0: statement, 1: names = '', 2: condition = '' } of allows) {
    const end = start + statement.length;
    const named = singly(names);
    for (const name of named) {
      const rest = named.filter((other) => other !== name).join(', ');
      const text = rest === '' ? '' : `allow ${rest}: if ${condition};`;
      yield { start, end, text, change: `no longer allowed: ${name}` };
    }
    const inBlock = allows
      .filter(({ index }) => blockOf(index) === blockOf(start))
      .flatMap(([, all = '']) => singly(all));
    // A condition on the stored document is an error where there is none, so that such a rule is widened by a simpler one.
    const weak = condition.includes('resource') ? 'request.auth != null' : condition;
    for (const name of OPERATIONS.filter((operation) => !inBlock.includes(operation))) {
      const text = `${source.slice(start, end)} allow ${name}: if ${weak};`;
      yield { start, end, text, change: `also allowed: ${name}` };
    }
  }
}

/** Each rule in more places: further down, in every collection, and for the collection group. */
function* places({ source, bare }: Rules): Generator<Fault> {
  const matches = [...bare.matchAll(/(?<=match \/)(?!databases)(\w+)(?=\/\{(\w+)\} \{)/g)];
  for (const { index: start, 1: collection = '', 2: variable = '' } of matches) {
    const end = start + collection.length;
    const place = `${collection}/{${variable}`;
    yield { start, end: start + place.length, text: `${place}=**`, change: `everything below ${collection}` };
    yield { start, end, text: '{any}', change: `every collection beside ${collection}` };
    const bottom = source.lastIndexOf('}', source.lastIndexOf('}') - 1);
    const rule = `match /{path=**}/${collection}/{id} { allow list: if request.auth != null; } `;
    yield { start: bottom, end: bottom, text: rule, change: `the collection group ${collection}` };
  }
}

function* replacing(pattern: RegExp, bare: string, replacements: (found: string) => string[]): Generator<Fault> {
  for (const { index: start, 0: found } of bare.matchAll(pattern)) {
    for (const text of replacements(found)) {
      yield { start, end: start + found.length, text, change: `${found} → ${text}` };
    }
  }
}

const LIST = /\[([^\]\n]*)\](?=[);\s])/g;
const OPERATIONS = ['get', 'list', 'create', 'update', 'delete'];
const SHORTHANDS: Readonly<Record<string, readonly string[]>> = {
  read: ['get', 'list'],
  write: ['create', 'update', 'delete'],
};

const singly = (names: string): string[] => names.split(', ').flatMap((name) => SHORTHANDS[name] ?? [name]);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
