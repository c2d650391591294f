import { DELIVERY_PAGE_MAX } from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { act } from '../../account/act.js';
import { useMember } from '../../account/member.js';
import { wordsOf } from '../../fleet/words.js';
import { type Answer, useAnswer } from '../../live/answer.js';
import { AsAnswered, NoAnswer } from '../../ui/as-answered.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Empty } from '../../ui/empty.js';
import { counted } from '../../ui/format.js';
import { Tag } from '../../ui/tag.js';
import { When } from '../../ui/time.js';
import { toast } from '../../ui/toast.js';
import { useRowKeys } from '../move.js';
import { OnlyLooking } from '../only-looking.js';
import { sayTypes } from './event-groups.js';
import { Ping } from './ping.js';
import { type Delivery, hueOfDelivery, sayLastAttempt } from './say-delivery.js';
import '../settings.css';

/** One webhook: what it is told, and what came of it. */
export function Webhook() {
  const { webhookId = '' } = useRoute().params;
  const { client, role } = useMember();
  const { route } = useLocation();
  const all = useAnswer(() => client.listWebhooks(), [webhookId]);
  const deliveries = useAnswer(() => client.listDeliveries({ webhookId, limit: DELIVERY_PAGE_MAX }), [webhookId]);
  const [isDeleting, setDeleting] = useState(false);
  useRowKeys();
  const webhook = all.value?.webhooks.find((one) => one.webhookId === webhookId);
  if (webhook === undefined) {
    return all.value === undefined ? <NoAnswer answer={all} what="webhook" /> : <Missing />;
  }
  const { url, description, eventTypes, status, createdAt, disabledAt } = webhook;
  const remove = async () => {
    await client.deleteWebhook({ webhookId });
    toast('Webhook deleted');
    route('/settings/webhooks');
    return true;
  };
  return (
    <div class="settings">
      <nav class="faint" aria-label="Path">
        <a href="/settings/webhooks">Webhooks</a>
      </nav>
      <div class="page-head">
        <h1 class="wraps">{description ?? 'Webhook'}</h1>
        {role === 'admin' && (
          <div class="actions">
            <Button look="danger" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </div>
        )}
      </div>
      <OnlyLooking />
      <div class="entries">
        <div class="entry">
          <div class="entry-text">
            <p class="entry-head">
              <b>{url}</b>
              {status !== 'enabled' && <Tag hue="needs">{status}</Tag>}
            </p>
            <p class="entry-facts">
              <span title={eventTypes.join(', ')}>{sayTypes(eventTypes)}</span>
              <span>
                added <When at={new Date(createdAt)} />
              </span>
            </p>
          </div>
          {status === 'enabled' && <Ping webhookId={webhookId} name={description ?? url} />}
        </div>
      </div>
      {disabledAt !== null && (
        <p class="soft">
          It answered 410 Gone on <When at={new Date(disabledAt)} />, so nothing is sent to it any more. To go on,
          delete it and add another.
        </p>
      )}
      <section class="part">
        <div class="page-head">
          <h2>Deliveries</h2>
          <AsAnswered answer={deliveries} />
        </div>
        <Deliveries webhookId={webhookId} answer={deliveries} isEnabled={status === 'enabled'} />
      </section>
      {isDeleting && (
        <Confirm
          title={`Delete “${description ?? url}”?`}
          action="Delete"
          isDanger
          onClose={() => setDeleting(false)}
          onConfirm={remove}
        >
          Nothing is sent to {url} any more, also not what waits for another attempt. Its secret is forgotten.
        </Confirm>
      )}
    </div>
  );
}

interface DeliveriesProps {
  readonly webhookId: string;
  readonly answer: Answer<{ readonly deliveries: readonly Delivery[] }>;
  readonly isEnabled: boolean;
}

function Deliveries({ webhookId, answer, isEnabled }: DeliveriesProps) {
  const deliveries = answer.value?.deliveries;
  if (deliveries === undefined || deliveries.length === 0) {
    return (
      <>
        <NoAnswer answer={answer} what="deliveries" />
        {deliveries && (
          <Empty title="Nothing was sent yet">
            <p>
              What happens from now on is sent, and shown here for 30 days. A ping is not an event, and is not listed.
            </p>
          </Empty>
        )}
      </>
    );
  }
  return (
    <>
      <NoAnswer answer={answer} what="deliveries" />
      <ul class="entries">
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.eventId}
            webhookId={webhookId}
            delivery={delivery}
            mayResend={isEnabled}
            onResent={answer.again}
          />
        ))}
      </ul>
      {deliveries.length >= DELIVERY_PAGE_MAX && (
        <p class="faint">These are the last {DELIVERY_PAGE_MAX}. Older ones are kept for 30 days, and not shown.</p>
      )}
    </>
  );
}

interface DeliveryRowProps {
  readonly webhookId: string;
  readonly delivery: Delivery;
  readonly mayResend: boolean;
  readonly onResent: () => Promise<void>;
}

function DeliveryRow({ webhookId, delivery, mayResend, onResent }: DeliveryRowProps) {
  const { client, role } = useMember();
  const { eventId, type, status, attempts, createdAt, lastAttemptAt, nextAttemptAt } = delivery;
  const last = sayLastAttempt(delivery);
  const resend = async () => {
    if (await act('It is sent again', () => client.resendEvent({ webhookId, eventId }))) await onResent();
  };
  return (
    <li class="entry" data-card tabIndex={-1}>
      <div class="entry-text">
        <p class="entry-head">
          <b>{type}</b>
          <Tag hue={hueOfDelivery(delivery)}>{wordsOf(status)}</Tag>
        </p>
        <p class="entry-facts">
          <span>
            happened <When at={new Date(createdAt)} />
          </span>
          <span>{counted(attempts, 'attempt')}</span>
          {last !== null && (
            <span>
              last {lastAttemptAt !== null && <When at={new Date(lastAttemptAt)} />} {last}
            </span>
          )}
          {nextAttemptAt !== null && status === 'waiting' && (
            <span>
              next <When at={new Date(nextAttemptAt)} />
            </span>
          )}
        </p>
      </div>
      {role === 'admin' && mayResend && (
        <div class="entry-actions">
          <Button onClick={resend} aria-label={`Send again: ${type}`}>
            Send again
          </Button>
        </div>
      )}
    </li>
  );
}

function Missing() {
  return (
    <Empty title="There is no such webhook">
      <p>
        It was deleted, or the address has a typing error. <a href="/settings/webhooks">All webhooks</a>
      </p>
    </Empty>
  );
}
