import type { Delivery, Webhook } from '@quarterdeck/contract';
import { cancelDelivery, endsEndpoint, finishAttempt, type Receipt, startAttempt } from '../domain/webhook-delivery.js';
import { eventBody, webhookEvent } from '../domain/webhook-endpoint.js';
import type { FoundDelivery, Ports } from './ports.js';

/** Who gives up an endpoint that is gone. */
const ACTOR = 'webhooks';

/** One attempt, as a message asks for it. */
export interface Attempt {
  readonly account: string;
  readonly webhookId: string;
  readonly eventId: string;
  /** Counted from 1. */
  readonly attempt: number;
}

type DeliveryPorts = Pick<Ports, 'deliveries' | 'webhooks' | 'webhookSender' | 'clock' | 'random'>;

/**
 * Makes one attempt to deliver one event to one endpoint, unless it was made, is under way, or is not due. Before anything is sent, the delivery is
 * marked so that no other attempt begins for a minute; when this one dies, it is due again after that.
 * @returns the delivery as this attempt leaves it; undefined: there was nothing to do
 */
export async function deliverWebhook(
  { account, webhookId, eventId, attempt }: Attempt,
  ports: DeliveryPorts,
): Promise<Delivery | undefined> {
  const { deliveries, clock } = ports;
  const found = await deliveries.find(account, webhookId, eventId);
  if (found === undefined) return undefined;
  const now = clock.now();
  const started = startAttempt(found.delivery, attempt, now);
  if (started === undefined) return undefined;
  const obstacle = obstacleOf(found);
  const begun = obstacle === undefined ? started : cancelDelivery(found.delivery, obstacle, now);
  const version = await deliveries.save(account, begun, found.version);
  if (version === undefined || obstacle !== undefined) return version === undefined ? undefined : begun;

  const receipt = await sendEvent(account, found, ports);
  if (endsEndpoint(receipt)) await disable(account, webhookId, ports);
  const finished = finishAttempt(started, receipt, clock.now(), shareOf(ports));
  // Outpaced by resend_event: then the event is due again, and this attempt does not count.
  return (await deliveries.save(account, finished, version)) === undefined ? undefined : finished;
}

function obstacleOf({ webhook, event }: FoundDelivery): string | undefined {
  if (webhook === undefined) return 'the endpoint was deleted';
  if (webhook.disabledAt !== null) return 'the endpoint was disabled';
  return event === undefined ? 'the event is older than 30 days' : undefined;
}

async function sendEvent(
  account: string,
  { webhook, event }: FoundDelivery,
  { webhooks, webhookSender, clock }: DeliveryPorts,
): Promise<Receipt> {
  if (webhook === undefined || event === undefined) throw new Error('nothing to send');
  let secret: string;
  try {
    secret = await webhooks.secretOf(account, webhook.webhookId);
  } catch {
    // A key of this deployment that is missing may come back: see docs/deploy.md.
    return { status: null, error: 'the signing secret could not be read', durationMs: 0 };
  }
  const body = eventBody(account, event);
  return webhookSender.send({ url: webhook.url, id: event.id, body, secret, time: clock.now() });
}

function disable(account: string, webhookId: string, { webhooks, clock }: DeliveryPorts): Promise<void> {
  const tell = (webhook: Webhook) => webhookEvent('webhook.disabled', webhook, ACTOR);
  return webhooks.disable(account, webhookId, tell, clock.now());
}

/** Between 0 and 1. */
function shareOf({ random }: DeliveryPorts): number {
  return Buffer.from(random.keyBytes()).readUInt32BE(0) / 2 ** 32;
}
