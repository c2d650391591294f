import type { Rpc, RpcGate } from './firestore-spy.js';

/** What is done to one RPC before it goes out. */
type Fault = RpcGate;

/**
 * Decides what becomes of a Firestore client's RPCs, by number: hand `gate` to an instance. RPCs are counted from 0 since the last `arm`; without
 * a fault they pass.
 */
export class FaultGate {
  private count = 0;
  private fault: Fault = () => undefined;

  readonly gate: RpcGate = (rpc) => this.fault(rpc, this.count++);

  /** RPCs since the last `arm`. */
  get seen(): number {
    return this.count;
  }

  /** Lets everything pass again, and counts from 0. */
  arm(fault: Fault = () => undefined): void {
    this.count = 0;
    this.fault = fault;
  }

  /** The n-th RPC fails with a gRPC status, before it reaches the database. Default: UNAVAILABLE. */
  failAt(n: number, code = 14): void {
    this.arm((_rpc, index) => (index === n ? Promise.reject(grpcError(code)) : undefined));
  }

  /**
   * One RPC in `oneIn` fails, by chance, with a code that is retryable: half of them before they reach the database, half after, when only the answer is lost.
   * @param next the next number between 0 and 1 of a seeded sequence
   */
  failAtRandom(oneIn: number, next: () => number): void {
    this.arm(({ method }) => {
      // What can't be rolled back keeps its locks for a minute, and says nothing to its client.
      if (method === 'rollback' || next() * oneIn >= 1) return undefined;
      const error = grpcError(RETRYABLE[Math.floor(next() * RETRYABLE.length)] as number);
      this.failed++;
      return next() < 0.5 ? Promise.reject(error) : error;
    });
  }

  /** RPCs that failed by chance. */
  failed = 0;

  /** From now on every RPC waits. */
  freeze(): Frozen {
    const waiting: ((end?: Error) => void)[] = [];
    this.arm(() => new Promise<void>((pass, fail) => waiting.push((end) => (end === undefined ? pass() : fail(end)))));
    return {
      waiting: () => waiting.length,
      thaw: (endOf) => {
        this.arm();
        waiting.forEach((go, n) => {
          go(endOf(n));
        });
      },
    };
  }

  /** The n-th RPC waits for `until`; the others pass. @returns the one that waits, when it has come */
  holdAt(n: number, until: Promise<unknown>): Promise<Rpc> {
    return new Promise((reached) => {
      this.arm((rpc, index) => {
        if (index !== n) return undefined;
        reached(rpc);
        return until.then(() => undefined);
      });
    });
  }

  /**
   * The process dies at its n-th RPC: that one and all after it never reach the database. Only what the server does by itself still happens: it
   * rolls open transactions back. @returns resolves when the process is dead; then look no further at what the call under way answers
   */
  dieAt(n: number): Promise<void> {
    return new Promise((dead) => {
      this.arm(({ method }, index) => {
        if (index < n || method === 'rollback') return undefined;
        dead();
        // A bulk writer would repeat what failed; the others give up at this status.
        return method === 'batchWrite' ? new Promise<never>(() => undefined) : Promise.reject(grpcError(7));
      });
    });
  }
}

/** What a client of Firestore may see of a fault that passes (grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const RETRYABLE = [1, 2, 4, 8, 10, 13, 14];

/** A database that answers nobody. */
export interface Frozen {
  /** RPCs that wait. */
  waiting(): number;
  /** It answers again. @param endOf the error that the n-th of those that waited ends with; undefined: it is carried out */
  thaw(endOf: (n: number) => Error | undefined): void;
}

/** An error as the Firestore client throws it. */
export function grpcError(code: number): Error & { code: number } {
  return Object.assign(new Error(`${code}: injected`), { code });
}
