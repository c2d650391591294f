import { z } from 'zod';

/** A document of CacheBash that has a place in Quarterdeck. */
export interface CachebashDocument {
  readonly place: CachebashPlace;
  readonly id: string;
  /** Of an entry of a context history, the program it is of. */
  readonly parentId?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type CachebashPlace =
  | 'program'
  | 'program_seen'
  | 'program_state'
  | 'context_history'
  | 'session'
  | 'task'
  | 'message';

/** What a line holds: documents; or the name of a collection that has no place; or why it can't be read. */
export type CachebashLine =
  | { readonly documents: readonly CachebashDocument[] }
  | { readonly noPlace: string }
  | { readonly field: string; readonly problem: string };

const Data = z.record(z.string(), z.unknown());
const Dumped = z.looseObject({ path: z.string(), data: Data });
const ExportedTasks = z.looseObject({ format: z.literal('json'), tasks: z.array(Data) });

/** By collections, as they follow each other in a path below the tenant. */
const PLACES: ReadonlyMap<string, CachebashPlace> = new Map([
  ['programs', 'program'],
  ['sessions', 'session'],
  ['tasks', 'task'],
  ['relay', 'message'],
]);
/** Below the document `sessions/_meta`, which is no session. */
const META_PLACES: ReadonlyMap<string, CachebashPlace> = new Map([
  ['programs', 'program_seen'],
  ['program_state', 'program_state'],
  ['program_state/context_history', 'context_history'],
]);

/**
 * Reads a line of JSON: a document as `{"path": "tenants/<uid>/sessions/<id>", "data": {…}}`, or the answer of the tool `export_tasks`.
 */
export function readCachebashLine(value: unknown): CachebashLine {
  const dumped = Dumped.safeParse(value);
  if (dumped.success) return documentAt(dumped.data.path, dumped.data.data);
  const exported = ExportedTasks.safeParse(value);
  if (!exported.success) {
    return { field: 'path', problem: 'must be there, with data beside it; or the line be an answer of export_tasks' };
  }
  const withoutId = exported.data.tasks.findIndex(({ id }) => typeof id !== 'string');
  if (withoutId >= 0) return { field: `tasks.${withoutId}.id`, problem: 'must be a text' };
  return { documents: exported.data.tasks.map((data) => ({ place: 'task', id: String(data.id), data })) };
}

function documentAt(path: string, data: Readonly<Record<string, unknown>>): CachebashLine {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 || segments.length % 2 === 1) {
    return { field: 'path', problem: 'must name a document: collection/id, and so on' };
  }
  const isBelowTenant = (segments[0] === 'tenants' || segments[0] === 'users') && segments.length > 2;
  const below = isBelowTenant ? segments.slice(2) : segments;
  const isMeta = below[0] === 'sessions' && below[1] === '_meta' && below.length > 2;
  const inside = isMeta ? below.slice(2) : below;
  const collections = inside.filter((_, index) => index % 2 === 0).join('/');
  const place = (isMeta ? META_PLACES : PLACES).get(collections);
  const id = inside.at(-1) ?? '';
  if (place === undefined || id === '_meta') return { noPlace: below.filter((_, index) => index % 2 === 0).join('/') };
  const parentId = place === 'context_history' ? inside[1] : undefined;
  return { documents: [{ place, id, data, ...(parentId === undefined ? {} : { parentId }) }] };
}
