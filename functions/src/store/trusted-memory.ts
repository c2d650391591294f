import { documents, limits } from '@quarterdeck/contract';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../operations/ports.js';

/** Things remembered at the most; the least used go first. */
const MEMORY_MAX = 50_000;
/** Invalidations that the shared document lists; an instance that missed more forgets everything. */
const LISTED_MAX = 100;

/** One change that memories have to forget, by its number. */
interface Invalidation {
  readonly key: string;
  readonly version: number;
}

/**
 * What an instance knows of keys, principals and accounts. It stays known for as long as one shared document, read at most every
 * CREDENTIAL_CACHE_SECONDS, doesn't list it as changed: one read per instance and half a minute instead of one per key, and a revocation still
 * counts everywhere within 30 seconds. When that document can't be read, nothing from memory is trusted.
 */
export class TrustedMemory {
  private readonly entries = new LRUCache<string, { readonly value: unknown }>({ max: MEMORY_MAX });
  private seenVersion = -1;
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
    const versionBefore = this.seenVersion;
    const forgottenBefore = this.forgotten;
    const value = await load();
    // A change that was noticed while loading may be of this very thing: what was loaded counts for this call only.
    const unchanged = this.seenVersion === versionBefore && this.forgotten === forgottenBefore;
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

  /** Reads what `invalidate` needs; call it with the transaction's other reads. */
  async prepareInvalidation(tx: Transaction): Promise<(keys: readonly string[]) => void> {
    const ref = this.db.doc(documents.invalidations());
    const { version, recent } = stored((await tx.get(ref)).data());
    return (keys) => {
      const added = keys.map((key, index) => ({ key, version: version + index + 1 }));
      tx.set(ref, { version: version + keys.length, recent: [...recent, ...added].slice(-LISTED_MAX) });
    };
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
    const { version, recent } = stored((await this.db.doc(documents.invalidations()).get()).data());
    const missed = recent.filter((one) => one.version > this.seenVersion);
    if (version - this.seenVersion > missed.length) this.entries.clear();
    else for (const { key } of missed) this.entries.delete(key);
    this.seenVersion = version;
    this.checkedAt = askedAt;
  }
}

/** Names of what is remembered. */
export const memoryKeys = {
  apiKey: (hash: string) => `key:${hash}`,
  principal: (uid: string) => `principal:${uid}`,
  account: (account: string) => `account:${account}`,
  program: (account: string, program: string) => `program:${account}/${program}`,
} as const;

function stored(data: FirebaseFirestore.DocumentData | undefined): {
  version: number;
  recent: readonly Invalidation[];
} {
  return { version: data?.version ?? 0, recent: data?.recent ?? [] };
}
