import type { Firestore } from 'firebase-admin/firestore';
import { indexFor } from './indexes.js';

/** One call of the Firestore client to the server. */
export interface Rpc {
  readonly method: string;
  /** Documents that Firestore bills as read: found, missing, and one for a query that finds nothing. */
  reads: number;
  /** Documents that Firestore bills as written. */
  readonly writes: number;
  readonly deletes: number;
  /** Aggregations, which Firestore bills as a read for each thousand entries that they count, and one at least. */
  readonly counts: number;
  /** Paths below the database, of documents that are got or written. */
  readonly paths: readonly string[];
  /** Of these, what is written and not deleted. */
  readonly written: readonly string[];
  /** What a query asks for, without its values: see queryShape. */
  readonly query?: string;
  /** Of a query, the path of the document that it looks below; with a collection of the root, the account that it asks for. Absent: everything. */
  readonly within?: string;
}

/** What was read and written between two looks. */
export interface Cost {
  readonly rpcs: number;
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
  /** Beside the reads: see Rpc. */
  readonly counts: number;
}

/**
 * Called before each RPC; what it throws, the RPC fails with, before it reaches the database. An error that it returns is what the client hears
 * instead of the answer, once the database has done what was asked.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most gates return nothing.
export type RpcGate = (rpc: Rpc, index: number) => Promise<Error | void> | Error | undefined | void;

type Requests = Record<string, unknown>;

/** The two methods of the client through which everything goes. They are internal to it, so this is the one place that knows them. */
interface Transport {
  request(method: string, request: Requests, tag: string, codes?: number[]): Promise<unknown>;
  requestStream(method: string, bidirectional: boolean, request: Requests, tag: string): Promise<NodeJS.ReadableStream>;
}

/**
 * Counts what a Firestore client does, by RPC. A query that production would refuse for lack of an index fails here too, in whatever test it runs.
 */
export class FirestoreSpy {
  readonly rpcs: Rpc[] = [];
  private mark = 0;

  constructor(db: Firestore, gate: RpcGate = () => undefined) {
    const transport = db as unknown as Transport;
    const request = transport.request.bind(db);
    const requestStream = transport.requestStream.bind(db);
    transport.request = async (method, body, tag, codes) => {
      const rpc = this.note(method, body);
      const loss = await gate(rpc, this.rpcs.length - 1);
      const answer = await request(method, body, tag, codes);
      if (loss) throw loss;
      return answer;
    };
    transport.requestStream = async (method, bidirectional, body, tag) => {
      const rpc = this.note(method, body);
      const loss = await gate(rpc, this.rpcs.length - 1);
      // What reads has no effect that could be there without its answer.
      if (loss) throw loss;
      const stream = await requestStream(method, bidirectional, body, tag);
      if (rpc.query !== undefined) countDocuments(stream, rpc);
      return stream;
    };
  }

  /** What was done since the last look. */
  since(): Cost {
    const seen = this.rpcs.slice(this.mark);
    this.mark = this.rpcs.length;
    const sum = (of: (rpc: Rpc) => number) => seen.reduce((total, rpc) => total + of(rpc), 0);
    return {
      rpcs: seen.length,
      reads: sum((r) => r.reads),
      writes: sum((r) => r.writes),
      deletes: sum((r) => r.deletes),
      counts: sum((r) => r.counts),
    };
  }

  /** The shapes of all queries so far, each once. */
  shapes(): string[] {
    return [...new Set(this.rpcs.map((rpc) => rpc.query).filter((query) => query !== undefined))].sort();
  }

  private note(method: string, body: Requests): Rpc {
    const writes = (body.writes as Write[] | undefined) ?? [];
    const counted = (body.structuredAggregationQuery as { structuredQuery: StructuredQuery } | undefined)
      ?.structuredQuery;
    const asked = (body.structuredQuery as StructuredQuery | undefined) ?? counted;
    const documents = (body.documents as string[] | undefined) ?? [];
    const rpc: Rpc = {
      method,
      // A query's documents are counted as they arrive; nothing is billed as one.
      reads: documents.length > 0 ? documents.length : body.structuredQuery ? 1 : 0,
      writes: writes.filter((write) => !write.delete).length,
      deletes: writes.filter((write) => write.delete).length,
      counts: counted === undefined ? 0 : 1,
      paths: [...documents, ...writes.map((write) => write.delete ?? write.update?.name ?? '')].map(relativePath),
      written: writes.flatMap((write) => (write.update ? [relativePath(write.update.name)] : [])),
      ...(asked === undefined ? {} : { query: queryShape({ structuredQuery: asked }) }),
      ...withinOf(String(body.parent ?? ''), asked),
    };
    if (rpc.query !== undefined) indexFor(rpc.query);
    this.rpcs.push(rpc);
    return rpc;
  }
}

/** Of a query that is answered, and of one that is counted instead. */
function withinOf(parent: string, query: StructuredQuery | undefined): Pick<Rpc, 'within'> {
  if (query === undefined) return {};
  const path = relativePath(`${parent}/`).replace(/\/$/, '');
  const within = path === '' ? accountAskedFor(query.where) : path;
  return within === undefined ? {} : { within };
}

function accountAskedFor(where: Filter | undefined): string | undefined {
  const { fieldFilter, compositeFilter } = where ?? {};
  if (compositeFilter) return compositeFilter.filters.map(accountAskedFor).find((account) => account !== undefined);
  if (fieldFilter?.field.fieldPath !== 'account' || fieldFilter.op !== 'EQUAL') return undefined;
  return `accounts/${fieldFilter.value?.stringValue}`;
}

interface Write {
  readonly delete?: string;
  readonly update?: { readonly name: string };
}

function relativePath(name: string): string {
  return name.slice(name.indexOf('/documents/') + '/documents/'.length);
}

function countDocuments(stream: NodeJS.ReadableStream, rpc: Rpc): void {
  let found = 0;
  const emit = stream.emit.bind(stream);
  stream.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event === 'data' && (args[0] as { document?: unknown } | undefined)?.document) rpc.reads = Math.max(1, ++found);
    return emit(event, ...args);
  };
}

interface StructuredQuery {
  readonly from: readonly { readonly collectionId: string; readonly allDescendants?: boolean }[];
  readonly where?: Filter;
  readonly orderBy?: readonly { readonly field: Field; readonly direction: string }[];
  readonly findNearest?: { readonly vectorField: Field; readonly queryVector: StoredVector };
}
interface QueryRequest {
  readonly structuredQuery: StructuredQuery;
}
/** As the client sends a vector: a map, the numbers in its field `value`. */
interface StoredVector {
  readonly mapValue: { readonly fields: { readonly value: { readonly arrayValue: { readonly values: unknown[] } } } };
}
interface Field {
  readonly fieldPath: string;
}
interface Filter {
  readonly compositeFilter?: { readonly filters: readonly Filter[] };
  readonly fieldFilter?: {
    readonly field: Field;
    readonly op: string;
    readonly value?: { readonly stringValue?: string };
  };
  readonly unaryFilter?: { readonly field: Field; readonly op: string };
}

/** A query without its values: `sessions | programId EQUAL | createdAt DESCENDING, __name__ DESCENDING`. */
export function queryShape({ structuredQuery: { from, where, orderBy, findNearest } }: QueryRequest): string {
  const collection = from.map((one) => `${one.collectionId}${one.allDescendants ? ' (group)' : ''}`).join(',');
  const filters = where ? flatten(where).sort() : [];
  const order = (orderBy ?? []).map(({ field, direction }) => `${field.fieldPath} ${direction}`);
  if (findNearest) {
    const { length } = findNearest.queryVector.mapValue.fields.value.arrayValue.values;
    order.push(`${findNearest.vectorField.fieldPath} VECTOR(${length})`);
  }
  return [collection, filters.join(', '), order.join(', ')].join(' | ');
}

function flatten({ compositeFilter, fieldFilter, unaryFilter }: Filter): string[] {
  if (compositeFilter) return compositeFilter.filters.flatMap(flatten);
  const one = fieldFilter ?? unaryFilter;
  if (one === undefined) return [];
  // IS_NULL is an equality as far as indexes go.
  return [`${one.field.fieldPath} ${one.op === 'IS_NULL' ? 'EQUAL' : one.op}`];
}
