import {
  applyEdits,
  type Edit,
  type JSONPath,
  modify,
  type ParseError,
  parse,
  printParseErrorCode,
} from 'jsonc-parser';
import { Failure } from '../failure.js';

const TOLERANT = { allowTrailingComma: true, disallowComments: false };

/**
 * A value of a JSON file with comments; undefined: it is not there.
 * @throws Failure when the text is no JSON: nothing that can't be read is changed
 */
export function readJson(file: string, text: string): unknown {
  if (text.trim() === '') return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, TOLERANT);
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new Failure(
      `${file} is no JSON (line ${line}: ${printParseErrorCode(first.error)}). It was left as it is; mend it and try again.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure(`${file} holds no JSON object. It was left as it is.`);
  }
  return value;
}

/** How a file is laid out, so that what is added looks like the rest. */
interface Layout {
  readonly indent: string;
  readonly lineEnd: string;
}

/**
 * Sets one value, and leaves every other character of the text as it is: order, comments, spaces.
 * @param isArrayInsertion the path ends in an index, and what is there moves behind the value
 */
export function setValue(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const base = text.trim() === '' ? '{}\n' : text;
  const depth = depthOf(parse(base, [], TOLERANT), path);
  // Unformatted: the library's own formatting also changes the lines before what it adds.
  const edits = modify(base, path, value, { isArrayInsertion });
  const laidOut = edits.map((edit) => ({ ...edit, content: layOut(edit, base, depth, layoutOf(base)) }));
  const edited = applyEdits(base, laidOut);
  return edited.endsWith('\n') ? edited : `${edited}\n`;
}

/** How deep what is added lies: its parents that are there already, and itself. */
function depthOf(value: unknown, path: JSONPath): number {
  const missing = path.findIndex((_, length) => valueAt(value, path.slice(0, length + 1)) === undefined);
  return missing < 0 ? path.length : missing + 1;
}

/** What is added comes as one line: a value, or a name with its value, behind a comma where something stands before it. */
function layOut({ content, offset, length }: Edit, text: string, depth: number, { indent, lineEnd }: Layout): string {
  const follows = content.startsWith(',');
  const added = follows ? content.slice(1) : content;
  const before = lineEnd + indent.repeat(depth);
  const pretty = prettyOf(added, indent).replaceAll('\n', before);
  if (length > 0) return pretty;
  const isLast = !follows && !/^[ \t]*\r?\n/.test(text.slice(offset));
  return `${follows ? ',' : ''}${before}${pretty}${isLast ? lineEnd + indent.repeat(depth - 1) : ''}`;
}

function prettyOf(added: string, indent: string): string {
  const errors: ParseError[] = [];
  const asProperty: unknown = parse(`{${added}}`, errors, TOLERANT);
  const [property] = errors.length === 0 ? Object.entries(asProperty as object) : [];
  if (property === undefined) return JSON.stringify(parse(added), null, indent);
  const [name, value] = property;
  return `${JSON.stringify(name)}: ${JSON.stringify(value, null, indent)}`;
}

function layoutOf(text: string): Layout {
  return { indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** What is at a path; undefined: nothing. */
export function valueAt(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | undefined | null)?.[key],
    value,
  );
}

/** True for values that are written alike. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
