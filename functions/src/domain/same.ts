/** True when two values of JSON, with moments among them, say the same, in whatever order their fields come. A field that is undefined is none. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = presentKeys(a);
  return (
    keys.length === presentKeys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key as never], b[key as never]))
  );
}

function presentKeys(value: object): string[] {
  return Object.keys(value).filter((key) => value[key as never] !== undefined);
}

/** Those of the given fields that are another value than before: what is said again changes nothing. A field that is undefined is not given. */
export function changedFields<T extends object>(before: T, given: Partial<T>): Partial<T> {
  const changed = Object.entries(given).filter(
    ([field, value]) => value !== undefined && !isSame(value, before[field as keyof T]),
  );
  return Object.fromEntries(changed) as Partial<T>;
}
