/** Messages that are handed to Pub/Sub at once. */
const PUBLISHES_AT_ONCE = 100;

/** Publishes a message for each item, many at once. @returns how many */
export async function publishEach<T>(items: AsyncIterable<T>, publish: (item: T) => Promise<void>): Promise<number> {
  let asked = 0;
  let pending: Promise<void>[] = [];
  for await (const item of items) {
    pending.push(publish(item));
    asked++;
    if (pending.length === PUBLISHES_AT_ONCE) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
  return asked;
}
