import type { Webhook } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import { webhookUnknown } from '../domain/webhook-endpoint.js';
import type { Ports } from './ports.js';

/** @throws DomainError `WEBHOOK_UNKNOWN` */
export async function requireWebhook(
  account: string,
  webhookId: string,
  { webhooks }: Pick<Ports, 'webhooks'>,
): Promise<Webhook> {
  const webhook = (await webhooks.list(account)).find((one) => one.webhookId === webhookId);
  if (webhook !== undefined) return webhook;
  throw webhookUnknown();
}

/** @throws DomainError `WEBHOOK_UNKNOWN`, `WEBHOOK_DISABLED` */
export async function requireEnabledWebhook(
  account: string,
  webhookId: string,
  ports: Pick<Ports, 'webhooks'>,
): Promise<Webhook> {
  const webhook = await requireWebhook(account, webhookId, ports);
  if (webhook.disabledAt === null) return webhook;
  throw new DomainError(
    'WEBHOOK_DISABLED',
    'webhookId: the endpoint answered 410 and gets nothing any more. Delete it and create another.',
    { disabledAt: webhook.disabledAt.toISOString() },
  );
}
