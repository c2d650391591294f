import { callableName, type Door, type Operation } from '@quarterdeck/contract';
import type { App } from '../../functions/src/compose.js';
import { REFUSAL_META_KEY } from '../../functions/src/entries/mcp/answers.js';
import { serveDoor } from './doors.js';

/** What a request brings beside its input. */
export interface Asker {
  readonly key?: string | undefined;
  /** An ID token, as text. */
  readonly idToken?: string | undefined;
  /** A session token. */
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** What a door answered, in one form for all of them. */
export interface DoorAnswer {
  /** `accepted`, or `failed-precondition SESSION_ENDED`. */
  readonly verdict: string;
  /** Empty when refused. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** What the refusal says; undefined when accepted. */
  readonly message?: string;
  /** All that came over the wire: status, headers and body. */
  readonly wire: string;
}

export type Ask = (operation: Operation, input: unknown, asker?: Asker) => Promise<DoorAnswer>;

/** Where each door is. */
export interface DoorAddresses {
  /** `/v1/…` is below it. */
  readonly rest: string;
  readonly mcp: string;
  /** A callable's name is appended. */
  readonly callable: string;
}

/** A client of every door, wherever they are served. */
export function everyDoor({ rest, mcp, callable }: DoorAddresses): Readonly<Record<Door, Ask>> {
  return { rest: askRest(rest), mcp: askMcp(mcp), callable: askCallable(callable) };
}

export interface ServedDoors {
  readonly addresses: DoorAddresses;
  readonly ask: Readonly<Record<Door, Ask>>;
  close(): Promise<void>;
}

/** Serves every door of an application on this machine. */
export async function serveEveryDoor(app: App): Promise<ServedDoors> {
  process.env.FUNCTIONS_EMULATOR ??= 'true';
  // Callables verify ID tokens by themselves; here those that anIdToken made count.
  process.env.FIREBASE_DEBUG_MODE = 'true';
  process.env.FIREBASE_DEBUG_FEATURES = JSON.stringify({ skipTokenVerification: true });
  const [{ createCallables }, { createMcpDoor }, { createRestDoor }] = await Promise.all([
    import('../../functions/src/entries/callables.js'),
    import('../../functions/src/entries/mcp/door.js'),
    import('../../functions/src/entries/rest/door.js'),
  ]);
  const callables = createCallables(async () => app);
  const served = await Promise.all([
    serveDoor(createRestDoor(app)),
    serveDoor(createMcpDoor(app)),
    serveDoor((request: { path: string }, response: never) =>
      callables[request.path.slice(1)]?.(request as never, response),
    ),
  ]);
  const [rest, mcp, callable] = served.map(({ url }) => url) as [string, string, string];
  const addresses = { rest, mcp, callable };
  return {
    addresses,
    ask: everyDoor(addresses),
    close: async () => void (await Promise.all(served.map((one) => one.close()))),
  };
}

/** An ID token that is not signed: emulators, and the doors of serveEveryDoor, take it. */
export function anIdToken(uid: string, claims: Readonly<Record<string, unknown>> = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: uid, uid, user_id: uid, ...claims })}.`;
}

/** What a token says, believed without asking. Undefined: it is no token. */
export function claimsOf(idToken: string): { uid: string; auth_time: number } | undefined {
  try {
    return JSON.parse(Buffer.from(String(idToken.split('.')[1]), 'base64url').toString());
  } catch {
    return undefined;
  }
}

type Headers = Record<string, string>;

/** @param bearer true: the key goes into the header of ID tokens */
export function headersOf({ key, idToken, token, idempotencyKey }: Asker, bearer: boolean): Headers {
  return {
    'Content-Type': 'application/json',
    ...(key === undefined ? {} : bearer ? { Authorization: `Bearer ${key}` } : { 'X-Api-Key': key }),
    ...(idToken === undefined ? {} : { Authorization: `Bearer ${idToken}` }),
    ...(token === undefined ? {} : { 'X-Session-Token': token }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
  };
}

interface Refused {
  readonly code: string;
  readonly reason: string;
  readonly message?: string;
  readonly detail?: string;
}

function answered(answer: Record<string, unknown>, refused: Refused | undefined, wire: string): DoorAnswer {
  if (refused === undefined) return { verdict: 'accepted', answer, wire };
  const message = refused.message ?? refused.detail ?? '';
  return { verdict: `${refused.code} ${refused.reason}`, answer: {}, message, wire };
}

/** @returns the body as JSON, and all of the answer as text */
async function post<T>(url: string, headers: Headers, body: string): Promise<{ json: T; wire: string; ok: boolean }> {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const wire = `${response.status} ${JSON.stringify([...response.headers])}\n${text}`;
  return { json: JSON.parse(text) as T, wire, ok: response.ok };
}

function askRest(url: string): Ask {
  return async ({ name }, input, asker = {}) => {
    const body = JSON.stringify(input);
    const { json, wire, ok } = await post<Record<string, unknown>>(`${url}/v1/${name}`, headersOf(asker, true), body);
    return answered(json, ok ? undefined : (json as unknown as Refused), wire);
  };
}

interface ToolAnswer {
  readonly result?: {
    readonly isError?: boolean;
    readonly structuredContent?: Record<string, unknown>;
    readonly content?: readonly { readonly text: string }[];
    readonly _meta?: Record<string, Refused>;
  };
  readonly error?: { readonly message: string; readonly data: Refused };
}

function askMcp(url: string): Ask {
  return async ({ name }, input, asker = {}) => {
    const headers = { ...headersOf(asker, true), Accept: 'application/json, text/event-stream' };
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } };
    const { json, wire } = await post<ToolAnswer>(url, headers, JSON.stringify(call));
    const { result, error } = json;
    // Who calls is settled before the protocol is looked at; what it may is the tool's answer.
    if (error !== undefined) return answered({}, { ...error.data, message: error.message }, wire);
    const text = result?.content?.map((one) => one.text).join('') ?? '';
    const refused = result?.isError ? { ...(result._meta?.[REFUSAL_META_KEY] as Refused), message: text } : undefined;
    return answered(result?.structuredContent ?? {}, refused, wire);
  };
}

function askCallable(url: string): Ask {
  return async ({ name }, input, asker = {}) => {
    const { json, wire } = await post<{
      result?: Record<string, unknown>;
      error?: { status: string; message: string; details?: { reason: string } };
    }>(`${url}/${callableName(name)}`, headersOf(asker, false), JSON.stringify({ data: input }));
    const { result = {}, error } = json;
    if (error === undefined) return answered(result, undefined, wire);
    const code = error.status.toLowerCase().replaceAll('_', '-');
    return answered({}, { code, reason: String(error.details?.reason), message: error.message }, wire);
  };
}
