import type { CreateWebhookOutput } from '@quarterdeck/client';
import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useAnswer } from '../../live/answer.js';
import { AsAnswered, NoAnswer } from '../../ui/as-answered.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Tag } from '../../ui/tag.js';
import { When } from '../../ui/time.js';
import { useRowKeys } from '../move.js';
import { OnlyLooking } from '../only-looking.js';
import { CreateWebhook } from './create-webhook.js';
import { sayTypes } from './event-groups.js';
import { MadeWebhook } from './made-webhook.js';
import { Ping } from './ping.js';
import '../settings.css';

type Webhook = CreateWebhookOutput['webhook'];
type Open = 'create' | { readonly secret: string; readonly url: string };

/** Where events are sent. */
export function Webhooks() {
  const { client, role } = useMember();
  const answer = useAnswer(() => client.listWebhooks(), [client]);
  const [open, setOpen] = useState<Open>();
  useRowKeys();
  const webhooks = answer.value?.webhooks;
  const close = () => setOpen(undefined);
  return (
    <div class="settings">
      <div class="page-head">
        <h1>Webhooks</h1>
        <div class="actions">
          <AsAnswered answer={answer} />
          {role === 'admin' && (
            <Button look="main" onClick={() => setOpen('create')}>
              Add a webhook
            </Button>
          )}
        </div>
      </div>
      <p class="soft">
        Addresses of yours that are told of events: a chat, a pager, a script. Each message is signed, and sent again
        for three days until somebody answers.
      </p>
      <OnlyLooking />
      <NoAnswer answer={answer} what="webhooks" />
      {webhooks?.length === 0 && (
        <Empty title="No webhook yet">
          <p>Nobody is told when an agent falls silent or waits for a person. An admin can add an address for that.</p>
        </Empty>
      )}
      {webhooks !== undefined && webhooks.length > 0 && (
        <ul class="entries">
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.webhookId} webhook={webhook} />
          ))}
        </ul>
      )}
      {open === 'create' && (
        <CreateWebhook
          onMade={(secret, url) => {
            setOpen({ secret, url });
            void answer.again();
          }}
          onClose={close}
        />
      )}
      {typeof open === 'object' && <MadeWebhook {...open} onClose={close} />}
    </div>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { webhookId, url, description, eventTypes, status, createdAt, disabledAt } = webhook;
  return (
    <li class="entry">
      <div class="entry-text">
        <p class="entry-head">
          <b>
            <a href={`/settings/webhooks/${webhookId}`} data-card>
              {description ?? url}
            </a>
          </b>
          {status !== 'enabled' && (
            <Tag hue="needs" title="It answered 410 Gone: nothing is sent to it any more">
              {status}
              {disabledAt !== null && (
                <>
                  {' '}
                  <When at={new Date(disabledAt)} />
                </>
              )}
            </Tag>
          )}
        </p>
        <p class="entry-facts">
          {description !== null && <span>{url}</span>}
          <span>{sayTypes(eventTypes)}</span>
          <span>
            added <When at={new Date(createdAt)} />
          </span>
        </p>
      </div>
      {status === 'enabled' && <Ping webhookId={webhookId} name={description ?? url} />}
    </li>
  );
}
