import type { ServerResponse } from 'node:http';
import type { Failure } from '../errors.js';
import { httpStatus } from '../errors.js';

/** An answer of this door; without `json` or `text` it has no body. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Of `text`. Default: JSON. */
  readonly type?: string | null;
}

/** JSON-RPC's range for what a server defines: a request that was refused before it was looked at. */
const REFUSED = -32_000;
/** JSON-RPC's own code for what is no JSON. */
const PARSE_ERROR = -32_700;

/** A refusal below the protocol, in JSON-RPC's words: clients show its message, programs read `data`. */
export function httpRefusal(failure: Failure, body?: unknown): HttpAnswer {
  const { code, reason, message, details } = failure;
  const data = { code, reason, details };
  const status = httpStatus(failure);
  return {
    ...protocolError(status, `${code} ${reason}: ${message}`, body, data),
    // No `resource_metadata`: clients would take it for OAuth and open a browser, where a key has to be set.
    ...(status === 401 ? { headers: { 'WWW-Authenticate': 'Bearer realm="quarterdeck"' } } : {}),
  };
}

/** @param body what was refused, for the id that the answer carries */
export function protocolError(status: number, message: string, body?: unknown, data?: object): HttpAnswer {
  const error = { code: REFUSED, message, ...(data ? { data } : {}) };
  return { status, json: { jsonrpc: '2.0', error, id: idOf(body) } };
}

/** The answer to a body that is no JSON. */
export function unreadable(): HttpAnswer {
  const message = 'The body is not well-formed JSON: send one JSON-RPC message, or a list of them.';
  return { status: 400, json: { jsonrpc: '2.0', error: { code: PARSE_ERROR, message }, id: null } };
}

export function send(response: ServerResponse, { status, headers, json, text, type }: HttpAnswer): void {
  const content = text ?? (json === undefined ? undefined : JSON.stringify(json));
  response.writeHead(status, {
    ...headers,
    ...(content === undefined ? {} : { 'Content-Type': type ?? 'application/json' }),
  });
  response.end(content);
}

function idOf(body: unknown): string | number | null {
  if (typeof body !== 'object' || body === null || !('method' in body) || !('id' in body)) return null;
  return typeof body.id === 'string' || typeof body.id === 'number' ? body.id : null;
}
