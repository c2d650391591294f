/** What something does to the database and to Pub/Sub. Absent: nothing. */
export interface Counts {
  /** Documents that are read. A query that finds nothing, and a document that is not there, are billed as one. */
  readonly reads?: number;
  readonly writes?: number;
  readonly deletes?: number;
  /** Aggregations: each is billed as a read for each thousand entries that it counts, and one at least. */
  readonly counts?: number;
  /** Of the writes: events, which functions then hand on. */
  readonly events?: number;
  /** Of the writes: documents that the fleet of the dashboard listens to. Each is a read for each page that is open. */
  readonly heard?: number;
  /** Messages that are handed to Pub/Sub. */
  readonly messages?: number;
}

export const COUNTED = ['reads', 'writes', 'deletes', 'counts', 'events', 'heard', 'messages'] as const;

/** The same with zeros. */
export function wholeCounts(counts: Counts): Required<Counts> {
  return { reads: 0, writes: 0, deletes: 0, counts: 0, events: 0, heard: 0, messages: 0, ...counts };
}

/** So many times each, together. */
export function sumOf(parts: readonly (readonly [times: number, counts: Counts])[]): Required<Counts> {
  const sum: Record<(typeof COUNTED)[number], number> = wholeCounts({});
  for (const [times, counts] of parts) for (const what of COUNTED) sum[what] += times * (counts[what] ?? 0);
  return sum;
}
