/** The first of the moments that is not before another; null: none is ahead. */
export function soonest(moments: readonly Date[], from: Date): Date | null {
  return moments.reduce<Date | null>(
    (first, moment) => (moment >= from && (first === null || moment < first) ? moment : first),
    null,
  );
}
