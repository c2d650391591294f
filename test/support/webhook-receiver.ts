import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that arrived. */
export interface Received {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the receiver answers: with a status, with one after headers of its own, or never. */
export type Answer = number | { readonly status: number; readonly headers: Record<string, string> } | 'hangs';

/** Somebody's endpoint, on a port of its own. */
export interface WebhookReceiver {
  readonly url: string;
  /** In the order of their arrival. */
  readonly received: Received[];
  /** What it answers, to each message. Default: 204. */
  answer: (message: Received) => Answer;
  /** Resolves once so many messages have arrived. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

/** @param host an address of this machine */
export async function startWebhookReceiver(host = '127.0.0.1', port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const message = { id: String(request.headers['webhook-id']), headers: request.headers, body };
      received.push(message);
      const answer = receiver.answer(message);
      if (typeof answer === 'number') response.writeHead(answer).end('thank you');
      else if (answer !== 'hangs') response.writeHead(answer.status, answer.headers).end();
      for (const look of [...waiting]) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const receiver: WebhookReceiver = {
    url: `http://${host}:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: () => 204,
    has: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** The signature that Standard Webhooks prescribes (standardwebhooks.com, "Signature scheme"), made without the library that is tested by it. */
export function expectedSignature({ headers, body }: Received, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
