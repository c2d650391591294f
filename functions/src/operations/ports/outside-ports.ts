export interface Clock {
  /** The server's time; the only one that counts. */
  now(): Date;
}

/** A page, and the token of the next one. Absent: it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
}

/** What is known of a call with an idempotency key. */
export interface ClaimedCall {
  /** Of the operation and its input. */
  readonly fingerprint: string;
  /** This call was the first with its key. */
  readonly isMine: boolean;
  /** It, or another with its key, is running, as far as anybody knows. */
  readonly isRunning: boolean;
  /** Absent: it has not ended yet. */
  readonly answer?: Record<string, unknown>;
  /** The same for every repetition. */
  readonly random: RandomPort;
  readonly version: unknown;
}

export interface IdempotentCallStore {
  /**
   * Notes that a call begins, or says what is known of it. One write the first time.
   * @param patienceMs how long to wait for the answer of one that is running
   */
  claim(callId: string, fingerprint: string, now: Date, expiresAt: Date, patienceMs: number): Promise<ClaimedCall>;
  /** Keeps the answer, unless a repetition was faster. @returns the answer that counts */
  record(callId: string, claim: ClaimedCall, answer: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The call was refused. @param forget true: it had no effect, so its key is free again */
  release(callId: string, claim: ClaimedCall, forget: boolean): Promise<void>;
}

/** What an ID token says of the person, once its signature is verified. */
export interface IdTokenClaims {
  readonly uid: string;
  /** Seconds since 1970: when the person signed in. */
  readonly auth_time: number;
  readonly account?: unknown;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly name?: unknown;
}

/** Firebase Auth, as far as operations need it. */
export interface AuthPort {
  /** Claims of a Firebase ID token; undefined: it is not valid, or has expired. */
  verifyIdToken(token: string): Promise<IdTokenClaims | undefined>;
  createCustomToken(uid: string, claims: Record<string, string>): Promise<string>;
  setClaims(uid: string, claims: Record<string, string> | null): Promise<void>;
}

/** Pub/Sub. Resolves when the message is accepted. */
export interface BusPort {
  publish(topic: string, json: object, attributes?: Record<string, string>): Promise<void>;
}

/** The log, which knows by itself which call it is asked in. */
export interface LogPort {
  /** Whom the call is about, as far as it is known by now: ids only. Every later line of the log about this call says so. */
  isAbout(facts: { readonly account?: string; readonly program?: string; readonly callId?: string }): void;
  /** For what went wrong and was made up for. @param fields no secrets, and nothing that an agent or a person wrote */
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Randomness, so that tests can fix it. */
export interface RandomPort {
  /** An account id: 20 lower-case letters and digits. */
  accountId(): string;
  sessionId(): string;
  memoryId(): string;
  keyBytes(): Uint8Array;
}
