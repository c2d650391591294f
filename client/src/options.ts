import type { FirebaseAccess } from './watch-types.js';

/** Where the deployment is, and who calls. */
export interface ClientOptions {
  /** Base address of the deployment, without a path: `https://<project>.web.app`, or what `npm start` printed. */
  readonly origin: string;
  /** An API key, `cb_…`. */
  readonly apiKey?: string;
  /** A signed-in person: gives a fresh Firebase ID token, as `() => user.getIdToken()` does. Without it and without a key only `exchangeKey` can be called. */
  readonly idToken?: () => string | Promise<string>;
  /** Beside one of the two: the token of an open session window, which `activateAgent` answered. */
  readonly sessionToken?: string;
  /** How requests are sent. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How long one attempt may take, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** How often a call that failed for a passing reason is repeated. Default 4; 0: never. */
  readonly retries?: number;
  /** Firebase, for watches only. Default: asked of the deployment, and signed in with the key. */
  readonly firebase?: FirebaseAccess;
}

/** What may differ from call to call. */
export interface CallOptions {
  /**
   * Repeating a write with the same key has one effect and one answer for a day. Default: one of its own for each call that could have an effect twice,
   * so that repeating it is safe.
   */
  readonly idempotencyKey?: string;
  /** Gives up, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** As in the options of the client. */
  readonly timeoutMs?: number;
  /** As in the options of the client. */
  readonly retries?: number;
}
