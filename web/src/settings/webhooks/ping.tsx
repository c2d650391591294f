import { WEBHOOK_TIMEOUT_SECONDS } from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { sentenceOf } from '../../account/identity.js';
import { useMember } from '../../account/member.js';
import { Button } from '../../ui/button.js';
import { sayPing } from './say-ping.js';

/** An endpoint has ten seconds to answer, and its answer comes back to us after that. */
const PING_TIMEOUT_MS = (WEBHOOK_TIMEOUT_SECONDS + 5) * 1000;

/** Sends a test message and shows what was answered. For admins: an auditor sends nothing. */
export function Ping({ webhookId, name }: { webhookId: string; name: string }) {
  const { client, role } = useMember();
  const [said, setSaid] = useState<{ text: string; isGood: boolean }>();
  if (role !== 'admin') return null;
  const ping = async () => {
    setSaid(undefined);
    await client.pingWebhook({ webhookId }, { timeoutMs: PING_TIMEOUT_MS }).then(
      (answer) => setSaid({ text: sayPing(answer), isGood: answer.delivered }),
      (error) => setSaid({ text: sentenceOf(error), isGood: false }),
    );
  };
  return (
    <>
      <div class="entry-actions">
        <Button onClick={ping} aria-label={`Ping ${name}`}>
          Ping
        </Button>
      </div>
      <p class={said === undefined ? 'unseen' : `entry-note ping ${said.isGood ? 'working' : 'needs'}`} role="status">
        {said?.text}
      </p>
    </>
  );
}
