import { QuarterdeckError } from './errors.js';
import type { OPERATIONS } from './operations.js';
import type { CallOptions, ClientOptions } from './options.js';
import { wait, waitBeforeRetry } from './retry.js';

const TIMEOUT_MS = 10_000;
const RETRIES = 4;
/** A clock that is off by less is taken for right: the server's Date header counts whole seconds. */
const CLOCK_TOLERANCE_MS = 2000;
/** What a server says when it is not there for the moment, and a proxy before it. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);

type Operation = (typeof OPERATIONS)[keyof typeof OPERATIONS];

/** Calls operations over REST. */
export interface Caller {
  call(operation: Operation, input: object, options?: CallOptions): Promise<unknown>;
  /** The time as the server last told it; this machine's own where no answer could be read yet. */
  serverNow(): Date;
}

export function createCaller(options: ClientOptions): Caller {
  const origin = originOf(options.origin);
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => globalThis.fetch(...request));
  let aheadMs = 0;

  async function attempt(operation: Operation, body: string, key: string | undefined, call: CallOptions) {
    const { signal } = call;
    const timeout = AbortSignal.timeout(call.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS);
    const sentAt = Date.now();
    try {
      const response = await send(`${origin}/v1/${operation.name}`, {
        method: 'POST',
        headers: { ...(await credentialHeaders(options)), ...requestHeaders(key) },
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await response.text();
      aheadMs = clockDifference(response.headers.get('date'), sentAt, Date.now()) ?? aheadMs;
      return { response, text };
    } catch (error) {
      signal?.throwIfAborted();
      throw timeout.aborted ? tooLate(operation.name, error) : unreachable(operation.name, origin, error);
    }
  }

  async function answer(operation: Operation, body: string, key: string | undefined, call: CallOptions) {
    const { response, text } = await attempt(operation, body, key, call);
    const json = parsed(text);
    if (response.ok && json !== undefined) return json;
    throw refusalOf(operation.name, origin, response, json);
  }

  return {
    serverNow: () => new Date(Date.now() + aheadMs),
    async call(operation, input, call = {}) {
      const body = JSON.stringify(input);
      const key = call.idempotencyKey ?? (needsKey(operation, input) ? randomId() : undefined);
      const retries = call.retries ?? options.retries ?? RETRIES;
      for (let n = 0; ; n++) {
        try {
          return await answer(operation, body, key, call);
        } catch (error) {
          if (n >= retries || !(error instanceof QuarterdeckError) || !error.isTransient) throw error;
          await wait(waitBeforeRetry(n, Math.random(), retryAfterOf(error)), call.signal);
        }
      }
    },
  };
}

/** Letters and digits that nobody else has. `crypto.randomUUID` would need a secure context, which a page on a local network is not. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A session with an id of the caller's own is made once anyway; its key would cost two writes. */
function needsKey({ name, effect }: Operation, input: object): boolean {
  if (name === 'create_session' && (input as { sessionId?: string }).sessionId !== undefined) return false;
  return effect === 'create' || effect === 'destructive';
}

/**
 * The base address without a slash at its end.
 * @throws TypeError when it is no address
 */
export function originOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `origin: "${given}" is no address. Give the base of the deployment, such as "http://127.0.0.1:5001".`,
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

async function credentialHeaders({ apiKey, idToken, sessionToken }: ClientOptions): Promise<Record<string, string>> {
  const bearer = apiKey ?? (await idToken?.());
  return {
    ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    ...(sessionToken === undefined ? {} : { 'X-Session-Token': sessionToken }),
  };
}

function requestHeaders(key: string | undefined): Record<string, string> {
  return { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'Idempotency-Key': key }) };
}

/** How far the server's clock is ahead of ours, taken in the middle of the exchange; undefined: it did not say, as across origins. */
function clockDifference(header: string | null, sentAt: number, receivedAt: number): number | undefined {
  const told = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(told)) return undefined;
  const aheadMs = told + 500 - (sentAt + receivedAt) / 2;
  return Math.abs(aheadMs) < CLOCK_TOLERANCE_MS ? 0 : aheadMs;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A problem of ours as it says, and anything else as what it means to a caller: nobody of ours is there. */
function refusalOf(
  operation: string,
  origin: string,
  { status, headers }: Response,
  json: Record<string, unknown> | undefined,
): QuarterdeckError {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  const more = Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {};
  if (typeof json?.code === 'string' && typeof json.reason === 'string') {
    return new QuarterdeckError(operation, {
      code: json.code as QuarterdeckError['code'],
      reason: json.reason as QuarterdeckError['reason'],
      message: String(json.detail ?? json.reason),
      details: { ...((json.details as object | undefined) ?? {}), ...more },
      status,
    });
  }
  return new QuarterdeckError(operation, {
    code: PASSING_STATUSES.has(status) ? 'unavailable' : 'not-found',
    reason: 'UNREACHABLE',
    message: `${origin} answered ${status} and is no Quarterdeck, or is not there for the moment. Check the origin.`,
    details: more,
    status,
  });
}

function retryAfterOf({ details, code }: QuarterdeckError): number {
  const seconds = details.retryAfterSeconds;
  return typeof seconds === 'number' && code !== 'resource-exhausted' ? seconds : 0;
}

function unreachable(operation: string, origin: string, cause: unknown): QuarterdeckError {
  const why = cause instanceof Error && cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
  const message = `Nobody answers at ${origin}${why}. Check the origin, and that the deployment runs.`;
  return new QuarterdeckError(operation, { code: 'unavailable', reason: 'UNREACHABLE', message, cause });
}

function tooLate(operation: string, cause: unknown): QuarterdeckError {
  const message =
    'No answer came in time; whether the call had an effect is not known. Repeat it, or allow it more timeoutMs.';
  return new QuarterdeckError(operation, { code: 'deadline-exceeded', reason: 'TIMEOUT', message, cause });
}
