import type { ErrorCode, Reason } from './operations.js';

/** What a refusal says, as far as it could be read. */
interface Refusal {
  readonly code: ErrorCode;
  readonly reason: Reason | ClientReason;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** The HTTP status; absent: no answer came. */
  readonly status?: number;
  readonly cause?: unknown;
}

/**
 * Reasons that the client itself gives. `UNREACHABLE`: no answer came, or one that is not Quarterdeck's. `TIMEOUT`: none came in time.
 * `WATCH_ENDED`: a listener lost its right to read. `NOT_CONFIGURED`: an option is missing for what was asked.
 */
export type ClientReason = 'UNREACHABLE' | 'TIMEOUT' | 'WATCH_ENDED' | 'NOT_CONFIGURED';

/** Why a call failed: the codes and reasons are those of the reference page. */
export class QuarterdeckError extends Error {
  override readonly name = 'QuarterdeckError';
  /** `not-found`, `permission-denied`, `unavailable`, … */
  readonly code: ErrorCode;
  /** Tells cases of one code apart: `SESSION_ENDED`, `SESSION_LIMIT`, `UNREACHABLE`, … */
  readonly reason: Reason | ClientReason;
  /** What the reason has to say beside its name, such as the fields that are wrong or who holds the slots. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The HTTP status; undefined: no answer came. */
  readonly status: number | undefined;
  /** The operation that was called, in snake_case, or what else was tried. */
  readonly operation: string;

  constructor(operation: string, { code, reason, message, details = {}, status, cause }: Refusal) {
    super(message, cause === undefined ? undefined : { cause });
    this.operation = operation;
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.status = status;
  }

  /** True when the same call may succeed a moment later: nobody answered, the database didn't, or others wrote at once. The client has repeated it already. */
  get isTransient(): boolean {
    return this.code === 'unavailable' || this.code === 'deadline-exceeded' || this.reason === 'CONTENTION';
  }
}
