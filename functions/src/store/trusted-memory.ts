import { documents, limits } from '@quarterdeck/contract';
import { FieldValue, type Firestore, type Transaction } from 'firebase-admin/firestore';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../operations/ports.js';

/** Things remembered at the most; the least used go first. */
const MEMORY_MAX = 50_000;
/** Invalidations that the shared document may list; whoever reads more takes the older half out. An instance that missed one forgets everything. */
const LISTED_MAX = 100;

/** One change that memories have to forget. */
interface Invalidation {
  readonly key: string;
  /** Tells two changes of the same thing apart. */
  readonly id: string;
}

/** The shared document. */
interface Invalidations {
  /** How many there ever were. */
  readonly count: number;
  /** The last ones, in the order of their commits. */
  readonly recent: readonly Invalidation[];
}

/**
 * What an instance knows of keys, principals and accounts. It stays known for as long as one shared document, read at most every
 * CREDENTIAL_CACHE_SECONDS, doesn't list it as changed: one read per instance and half a minute instead of one per key, and a revocation still
 * counts everywhere within 30 seconds. When that document can't be read, nothing from memory is trusted.
 */
export class TrustedMemory {
  private readonly entries = new LRUCache<string, { readonly value: unknown }>({ max: MEMORY_MAX });
  private seen: Invalidations = { count: 0, recent: [] };
  private forgotten = 0;
  private checkedAt = Number.NEGATIVE_INFINITY;
  private check: Promise<void> | undefined;

  constructor(
    private readonly db: Firestore,
    private readonly clock: Clock,
  ) {}

  /** The value from memory, or loaded and, when it exists, remembered. */
  async recall<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    await this.refresh();
    const known = this.entries.get(key);
    if (known !== undefined) return known.value as T;
    const seenBefore = this.seen;
    const forgottenBefore = this.forgotten;
    const value = await load();
    // A change that was noticed while loading may be of this very thing: what was loaded counts for this call only.
    const unchanged = this.seen === seenBefore && this.forgotten === forgottenBefore;
    if (value !== undefined && unchanged) this.entries.set(key, { value });
    return value;
  }

  /** Replaces what is remembered, if it is. */
  replace(key: string, value: unknown): void {
    if (this.entries.has(key)) this.entries.set(key, { value });
  }

  forget(key: string): void {
    this.forgotten++;
    this.entries.delete(key);
  }

  /**
   * Tells every instance, with the transaction, that what it remembers by these names has changed. Nothing is read for it: all accounts share the
   * document, and whoever read it in a transaction and died would keep all of them waiting until Firestore takes the lock away.
   */
  invalidate(tx: Transaction, ...keys: readonly string[]): void {
    const added = keys.map((key): Invalidation => ({ key, id: this.ref.parent.doc().id }));
    const change = { count: FieldValue.increment(added.length), recent: FieldValue.arrayUnion(...added) };
    tx.set(this.ref, change, { merge: true });
  }

  private get ref() {
    return this.db.doc(documents.invalidations());
  }

  private async refresh(): Promise<void> {
    const age = this.clock.now().getTime() - this.checkedAt;
    if (age >= 0 && age < limits.CREDENTIAL_CACHE_SECONDS * 1000) return;
    this.check ??= this.readInvalidations().finally(() => {
      this.check = undefined;
    });
    await this.check;
  }

  private async readInvalidations(): Promise<void> {
    const askedAt = this.clock.now().getTime();
    const now = stored((await this.ref.get()).data());
    const known = new Set(this.seen.recent.map(({ id }) => id));
    const added = now.recent.filter(({ id }) => !known.has(id));
    if (this.seen.count + added.length !== now.count) this.entries.clear();
    else for (const { key } of added) this.entries.delete(key);
    if (now.count !== this.seen.count) this.seen = now;
    this.checkedAt = askedAt;
    if (now.recent.length > LISTED_MAX) await this.shorten(now.recent);
  }

  /** Several instances may do so at once. One that fails leaves it to the next. */
  private async shorten(recent: readonly Invalidation[]): Promise<void> {
    const older = recent.slice(0, -LISTED_MAX / 2);
    await this.ref.update({ recent: FieldValue.arrayRemove(...older) }).catch(() => undefined);
  }
}

/** Names of what is remembered. */
export const memoryKeys = {
  apiKey: (hash: string) => `key:${hash}`,
  principal: (uid: string) => `principal:${uid}`,
  account: (account: string) => `account:${account}`,
  program: (account: string, program: string) => `program:${account}/${program}`,
} as const;

function stored(data: FirebaseFirestore.DocumentData | undefined): Invalidations {
  return { count: data?.count ?? 0, recent: data?.recent ?? [] };
}
