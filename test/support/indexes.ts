import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface IndexField {
  readonly fieldPath: string;
  readonly order?: 'ASCENDING' | 'DESCENDING';
  readonly arrayConfig?: 'CONTAINS';
  readonly vectorConfig?: { readonly dimension: number };
}
interface IndexFile {
  readonly indexes: readonly { readonly collectionGroup: string; readonly fields: readonly IndexField[] }[];
  readonly fieldOverrides: readonly {
    readonly collectionGroup: string;
    readonly fieldPath: string;
    readonly indexes: readonly unknown[];
  }[];
}

const file = JSON.parse(readFileSync(join(__dirname, '../../firestore.indexes.json'), 'utf8')) as IndexFile;

/** The composite indexes of firestore.indexes.json, as text. */
export const compositeIndexes: readonly string[] = file.indexes.map((index) =>
  describeIndex(index.collectionGroup, index.fields.map(describeField)),
);

/**
 * The index that serves a query shape: text of a composite one, `single` for the automatic ones. Emulators answer every query; production only
 * those with an index (firebase.google.com/docs/firestore/query-data/index-overview). That it merges composite indexes at times is not relied upon.
 * @throws Error naming the index that is missing
 */
export function indexFor(shape: string): string {
  const [collection = '', filterText = '', orderText = ''] = shape.split(' | ');
  const filters = list(filterText).map((text) => text.split(' ') as [string, string]);
  const orders = list(orderText).map((text) => text.split(' ') as [string, string]);
  const equal = filters.filter(([, op]) => op in EQUALITIES).map(([field, op]) => `${field} ${EQUALITIES[op]}`);
  const ranges = [...new Set(filters.filter(([, op]) => !(op in EQUALITIES)).map(([field]) => field))];
  const ordered = orders.filter(([field]) => field !== '__name__');
  const sorted = ordered.length > 0 ? ordered : ranges.map((field) => [field, 'ASCENDING'] as [string, string]);
  requireNameLikeLast(shape, orders);
  const isVector = sorted.some(([, direction]) => direction.startsWith('VECTOR'));
  if ((equal.length === 0 || sorted.length === 0) && !isVector) {
    if (sorted.length > 1) throw new Error(`no index serves: ${shape}`);
    for (const field of [...filters, ...sorted].map(([name]) => name)) requireNotExempt(collection, field, shape);
    return 'single';
  }
  const order = sorted.map(([field, direction]) => `${field} ${direction}`);
  const wanted = describeIndex(collection, [...equal.sort(), ...order]);
  if (compositeIndexes.includes(wanted)) return wanted;
  throw new Error(`firestore.indexes.json lacks an index for the query ${shape}: ${wanted}`);
}

/** How an index holds a field that is compared for equality, or for having an element. */
const EQUALITIES: Readonly<Record<string, string>> = {
  EQUAL: 'ASCENDING',
  IN: 'ASCENDING',
  ARRAY_CONTAINS: 'CONTAINS',
};

/** Composite indexes end in the document's name, in the direction of their last field. */
function requireNameLikeLast(shape: string, orders: readonly [string, string][]): void {
  const last = orders.filter(([field]) => field !== '__name__').at(-1);
  const name = orders.find(([field]) => field === '__name__');
  if (last && name && last[1] !== name[1]) throw new Error(`the name is ordered unlike the last field: ${shape}`);
}

function requireNotExempt(collection: string, field: string, shape: string): void {
  const exempt = file.fieldOverrides.some(
    (one) => one.collectionGroup === collection && one.fieldPath === field && one.indexes.length === 0,
  );
  if (exempt) throw new Error(`${field} is exempt from indexing, so no index serves: ${shape}`);
}

function describeIndex(collection: string, fields: readonly string[]): string {
  return `${collection}(${fields.join(', ')})`;
}

function describeField({ fieldPath, order, arrayConfig, vectorConfig }: IndexField): string {
  return `${fieldPath} ${order ?? arrayConfig ?? `VECTOR(${vectorConfig?.dimension})`}`;
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(', ');
}
