/** An instant at the doors: ISO 8601 in UTC. */
export function iso<T extends Date | null>(date: T): T extends null ? null : string {
  return (date === null ? null : date.toISOString()) as T extends null ? null : string;
}

/** The later of two moments; null when neither is there. */
export function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** The earliest of the moments that are there; null when none is. */
export function earliest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce<Date | null>(
    (first, date) => (first === null || (date !== null && date < first) ? date : first),
    null,
  );
}
