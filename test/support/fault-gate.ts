import type { Rpc, RpcGate } from './firestore-spy.js';

/** What is done to one RPC before it goes out. */
type Fault = (rpc: Rpc, index: number) => Promise<void> | undefined;

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

/** An error as the Firestore client throws it. */
export function grpcError(code: number): Error & { code: number } {
  return Object.assign(new Error(`${code}: injected`), { code });
}
