import { setTimeout } from 'node:timers/promises';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { Clock } from '../operations/ports.js';
import { isOutpaced, isTransient } from './firestore-errors.js';
import { KeyedQueue } from './keyed-queue.js';
import { TrustedMemory } from './trusted-memory.js';

/** How long a transaction is tried before its caller hears CONTENTION or DATABASE_UNAVAILABLE. */
const TRANSACTION_BUDGET_MS = 15_000;
/** Longest wait before the first repetition; it doubles up to the second figure. The client's own waits begin at a second, too long for a queue. */
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 640;

/** What the stores of one process share. */
export class StoreContext {
  readonly memory: TrustedMemory;
  private readonly queue = new KeyedQueue();

  constructor(
    readonly db: Firestore,
    readonly clock: Clock,
  ) {
    this.memory = new TrustedMemory(db, clock);
  }

  /**
   * A transaction. Those with the same key run one after another in this process.
   * @param key the document they contend for; absent: they don't
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, key?: string): Promise<T> {
    const run = () => this.persist(() => this.db.runTransaction(work, { maxAttempts: 1 }), isTransient);
    return key === undefined ? run() : this.queue.run(key, run);
  }

  /**
   * Work that reads, decides, and writes on condition that nothing has moved; repeated until it was not outpaced. For documents that many are
   * after: unlike a transaction it holds no lock while it decides.
   * @param key the document they contend for; calls with the same key run one after another in this process
   */
  optimistically<T>(work: () => Promise<T>, key: string): Promise<T> {
    return this.queue.run(key, () => this.persist(work, (error) => isTransient(error) || isOutpaced(error)));
  }

  /**
   * Tries again what the database refused for now, with jitter, so that rivals don't meet again. Those that waited for each other's locks are refused at the
   * same moment, and are spread over as long as they waited.
   */
  private async persist<T>(attempt: () => Promise<T>, mayPass: (error: unknown) => boolean): Promise<T> {
    const giveUpAt = performance.now() + TRANSACTION_BUDGET_MS;
    for (let longest = FIRST_WAIT_MS; ; longest = Math.min(longest * 2, LONGEST_WAIT_MS)) {
      const began = performance.now();
      try {
        return await attempt();
      } catch (error) {
        if (!mayPass(error) || performance.now() > giveUpAt) throw error;
        await setTimeout(Math.random() * Math.max(longest, performance.now() - began));
      }
    }
  }
}
