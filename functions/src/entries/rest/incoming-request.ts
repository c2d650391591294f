import type { IncomingMessage } from 'node:http';
import { limits } from '@quarterdeck/contract';
import { DomainError } from '../../domain/domain-error.js';
import { parseUrl } from '../../domain/parse-url.js';
import { HttpRefusal } from './problem.js';

/** A request whose body has been read: Cloud Run's framework does so before any function sees it. */
export type RestRequest = IncomingMessage & { readonly rawBody?: Buffer };

/** What `/v1`, `/v2` and `/docs` are below, when Hosting passes on the whole path of `/api/…`. */
const HOSTED_BELOW = /^\/api(?=\/)/;

/** The path and query that routes go by, in one form for whatever address the request came to. */
export function routedUrl({ url }: RestRequest): URL {
  const base = 'http://door';
  const asked = url === undefined ? undefined : parseUrl(url, base);
  if (asked === undefined) throw new HttpRefusal(400, 'INVALID_FIELD', 'The address of the request can not be read.');
  const { pathname, search } = asked;
  return new URL(pathname.replace(HOSTED_BELOW, '') + search, base);
}

/**
 * The JSON of the body; undefined: there is none.
 * @throws DomainError `REQUEST_TOO_LARGE`, HttpRefusal 415 and 400
 */
export function jsonBodyOf({ rawBody, headers }: RestRequest): unknown {
  if (rawBody === undefined || rawBody.length === 0) return undefined;
  if (rawBody.length > limits.AGENT_REQUEST_MAX_BYTES) {
    throw new DomainError(
      'REQUEST_TOO_LARGE',
      `The body has ${rawBody.length} bytes and may have ${limits.AGENT_REQUEST_MAX_BYTES}. Send less in one call.`,
    );
  }
  if (!isJson(headers['content-type'])) {
    throw aboutBody(415, 'must be JSON: send the header "Content-Type: application/json" with it');
  }
  try {
    return JSON.parse(utf8.decode(rawBody));
  } catch {
    throw aboutBody(400, 'is not well-formed JSON in UTF-8');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isJson(contentType: string | undefined): boolean {
  return /^application\/([\w.+-]+\+)?json *(;|$)/i.test(contentType ?? '');
}

function aboutBody(status: number, problem: string): HttpRefusal {
  const field = 'the body';
  return new HttpRefusal(status, 'INVALID_FIELD', `${field}: ${problem}.`, { fields: [{ field, problem }] });
}
