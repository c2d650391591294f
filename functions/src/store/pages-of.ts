import type { Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';

/** All that a query finds, in pages of `size` documents, none of them empty: bounds memory, whatever there is. A page is read when it is asked for. */
export async function* pagesOf(query: Query, size: number): AsyncIterable<readonly QueryDocumentSnapshot[]> {
  for (let next = query.limit(size); ; ) {
    const { docs } = await next.get();
    const last = docs.at(-1);
    if (last !== undefined) yield docs;
    if (docs.length < size || last === undefined) return;
    next = next.startAfter(last);
  }
}
