import { promises as dns, type LookupAddress } from 'node:dns';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { limits } from '@quarterdeck/contract';
import { Webhook } from 'standardwebhooks';
import { isAddress, isLoopbackAddress, isPublicAddress } from '../domain/webhook-address.js';
import type { Receipt } from '../domain/webhook-delivery.js';
import { hostOf, isLoopbackHost, urlProblem } from '../domain/webhook-url.js';
import type { WebhookMessage, WebhookSenderPort } from '../operations/ports.js';

/** How a name becomes addresses. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export interface SenderOptions {
  /** Endpoints on this machine are allowed. */
  readonly allowsLoopback: boolean;
  /** Default: the resolver of this machine. */
  readonly resolve?: Resolve;
  /** Which addresses may be connected to. Default: those on the internet. */
  readonly mayReach?: (address: string) => boolean;
  /** Default: WEBHOOK_TIMEOUT_SECONDS. */
  readonly timeoutMs?: number;
}

/**
 * Sends over HTTP. A name is looked up once for each message, all its addresses are checked, and the connection goes to these: a name that leads
 * elsewhere a moment later changes nothing. Redirections are not followed, and of an answer only its status is read.
 */
export class HttpWebhookSender implements WebhookSenderPort {
  readonly allowsLoopback: boolean;
  private readonly resolve: Resolve;
  private readonly mayReach: (address: string) => boolean;
  private readonly timeoutMs: number;

  constructor({ allowsLoopback, resolve, mayReach, timeoutMs }: SenderOptions) {
    this.allowsLoopback = allowsLoopback;
    this.resolve = resolve ?? ((host) => dns.lookup(host, { all: true, order: 'verbatim' }));
    this.mayReach = mayReach ?? isPublicAddress;
    this.timeoutMs = timeoutMs ?? limits.WEBHOOK_TIMEOUT_SECONDS * 1000;
  }

  async send(message: WebhookMessage): Promise<Receipt> {
    const startedAt = performance.now();
    const receipt = await this.exchange(message).then(
      (status) => ({ status, error: status >= 200 && status < 300 ? null : `answered ${status}` }),
      (error: unknown) => ({ status: null, error: wordsFor(error, this.timeoutMs) }),
    );
    return { ...receipt, durationMs: Math.round(performance.now() - startedAt) };
  }

  /** @returns the status of the answer */
  private async exchange(message: WebhookMessage): Promise<number> {
    const problem = urlProblem(message.url, this.allowsLoopback);
    if (problem !== undefined) throw new Refused(`the address ${problem}`);
    const signal = AbortSignal.timeout(this.timeoutMs);
    const url = new URL(message.url);
    const addresses = await unlessAborted(this.addressesOf(url), signal);
    return post(url, addresses, message, signal);
  }

  /** @throws Refused when any of them leads elsewhere than to the internet */
  private async addressesOf(url: URL): Promise<readonly LookupAddress[]> {
    const host = hostOf(url);
    if (isAddress(host)) return [];
    const addresses = await this.resolve(host);
    if (addresses.length === 0) throw new Refused('the name has no address');
    const isAllowed = this.allowsLoopback && isLoopbackHost(host) ? isLoopbackAddress : this.mayReach;
    if (addresses.every(({ address }) => isAllowed(address))) return addresses;
    throw new Refused('the name leads into a private network');
  }
}

/** A message that is not sent. */
class Refused extends Error {}

function post(
  url: URL,
  addresses: readonly LookupAddress[],
  { id, body, secret, time }: WebhookMessage,
  signal: AbortSignal,
): Promise<number> {
  const signature = new Webhook(secret).sign(id, time, body);
  const options = {
    method: 'POST',
    // No connection is shared: one to another name at the same address would not have been checked.
    agent: false,
    signal,
    lookup: answering(addresses),
    rejectUnauthorized: true,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Quarterdeck-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
      'webhook-signature': signature,
    },
  } as const;
  return new Promise((resolve, reject) => {
    const request: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      options,
      (response) => {
        resolve(response.statusCode ?? 0);
        // The rest of the answer is of no use, and may never end.
        response.destroy();
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Stands in for a resolver: a connection only gets the addresses that were checked. */
function answering(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else
      answer(first === undefined ? new Refused('the name has no address') : null, first?.address ?? '', first?.family);
  };
}

/** A look-up can't be ended; nobody waits for it any longer. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke off',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'there is no way to the address',
  ENETUNREACH: 'there is no way to the address',
  ETIMEDOUT: 'the connection took too long',
};

/** What went wrong, for those who run the endpoint. */
function wordsFor(error: unknown, timeoutMs: number): string {
  if (error instanceof Refused) return error.message;
  // By its fields: what Node throws is not always an instance of this realm's Error.
  const { name, code = name } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return `did not answer within ${timeoutMs / 1000} s`;
  return PROBLEMS[String(code)] ?? `failed (${code})`;
}
