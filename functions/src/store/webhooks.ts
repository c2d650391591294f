import { type DomainEvent, documents, limits, type Webhook } from '@quarterdeck/contract';
import type { Transaction } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import { webhookUnknown } from '../domain/webhook-endpoint.js';
import type { WebhookStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { writeEvents } from './events.js';
import type { Seal } from './seal.js';
import type { StoreContext } from './store-context.js';

/** The endpoints of an account share a document, so that their number is exact, and all of them are one read. */
interface WebhooksDocument {
  readonly endpoints: Readonly<Record<string, Webhook>>;
}

/** A secret as stored: sealed as JWE under the key of this id. */
interface SealedSecret {
  readonly kid: string;
  readonly sealed: string;
}

/** @returns oldest first */
export function webhooksIn(document: WebhooksDocument | undefined): readonly Webhook[] {
  const endpoints = Object.values(document?.endpoints ?? {});
  return endpoints.sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.webhookId < b.webhookId ? -1 : 1),
  );
}

export class FirestoreWebhookStore implements WebhookStore {
  /** @param seal is asked for with the first secret */
  constructor(
    private readonly context: StoreContext,
    private readonly seal: () => Promise<Seal>,
  ) {}

  async list(account: string): Promise<readonly Webhook[]> {
    return webhooksIn(read<WebhooksDocument>('webhooks', await this.ref(account).get()));
  }

  async create(account: string, webhook: Webhook, secret: string, event: DomainEvent): Promise<void> {
    const sealed = await this.sealed(secret);
    await this.change(account, webhook.createdAt, (tx, endpoints) => {
      if (webhook.webhookId in endpoints) return undefined;
      if (Object.keys(endpoints).length >= limits.WEBHOOKS_MAX) throw limitReached();
      tx.set(this.secretRef(account, webhook.webhookId), stored('webhookSecret', sealed));
      return { next: { ...endpoints, [webhook.webhookId]: webhook }, event };
    });
  }

  async delete(account: string, webhookId: string, tell: (webhook: Webhook) => DomainEvent, now: Date): Promise<void> {
    await this.change(account, now, (tx, endpoints) => {
      const { [webhookId]: gone, ...next } = endpoints;
      if (gone === undefined) throw webhookUnknown();
      tx.delete(this.secretRef(account, webhookId));
      return { next, event: tell(gone) };
    });
  }

  async disable(account: string, webhookId: string, tell: (webhook: Webhook) => DomainEvent, now: Date): Promise<void> {
    await this.change(account, now, (_tx, endpoints) => {
      const webhook = endpoints[webhookId];
      if (webhook === undefined || webhook.disabledAt !== null) return undefined;
      return { next: { ...endpoints, [webhookId]: { ...webhook, disabledAt: now } }, event: tell(webhook) };
    });
  }

  async secretOf(account: string, webhookId: string): Promise<string> {
    const ref = this.secretRef(account, webhookId);
    const found = read<SealedSecret>('webhookSecret', await ref.get());
    if (found === undefined) throw webhookUnknown();
    const seal = await this.seal();
    const secret = await seal.open(found.sealed);
    // A secret outlives the key that it was sealed with: it moves to the new one as soon as it is used.
    if (found.kid !== seal.currentKid) await ref.update({ ...(await this.sealed(secret)) });
    return secret;
  }

  private async sealed(secret: string): Promise<SealedSecret> {
    const seal = await this.seal();
    return { kid: seal.currentKid, sealed: await seal.close(secret) };
  }

  /** @param decide undefined: nothing changes */
  private async change(
    account: string,
    now: Date,
    decide: (
      tx: Transaction,
      endpoints: WebhooksDocument['endpoints'],
    ) => { next: WebhooksDocument['endpoints']; event: DomainEvent } | undefined,
  ): Promise<void> {
    const { db } = this.context;
    const ref = this.ref(account);
    await this.context.transaction(async (tx) => {
      const document = read<WebhooksDocument>('webhooks', await tx.get(ref));
      const change = decide(tx, document?.endpoints ?? {});
      if (change === undefined) return;
      tx.set(ref, stored('webhooks', { ...document, endpoints: change.next }));
      writeEvents(db, tx, account, [change.event], now);
    }, ref.path);
  }

  private ref(account: string) {
    return this.context.db.doc(documents.webhooks(account));
  }

  private secretRef(account: string, webhookId: string) {
    return this.context.db.doc(documents.webhookSecret(account, webhookId));
  }
}

function limitReached(): DomainError {
  const limit = limits.WEBHOOKS_MAX;
  return new DomainError('WEBHOOK_LIMIT', `The account has ${limit} endpoints, which is the most. Delete one first.`, {
    limit,
  });
}
