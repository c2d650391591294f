import { ShownOnce } from '../../connect/shown-once.js';
import { Button } from '../../ui/button.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Dialog } from '../../ui/dialog.js';
import { SafeLink } from '../../ui/safe-link.js';
import { verifySnippet } from './verify.js';

/** The secret of a new webhook, and what it is for. */
export function MadeWebhook({ secret, url, onClose }: { secret: string; url: string; onClose: () => void }) {
  return (
    <Dialog title="The webhook is there" onClose={onClose} stays>
      <p class="soft wraps">{url} is told of what happens from now on.</p>
      <ShownOnce text={secret} what="secret" />
      <p class="faint">
        Every message is signed with it as{' '}
        <SafeLink href="https://www.standardwebhooks.com">Standard Webhooks</SafeLink> says, with a library for most
        languages. The signature is in the headers webhook-id, webhook-timestamp and webhook-signature; a message may
        come twice, with the same webhook-id.
      </p>
      <CodeBlock text={verifySnippet(secret)} label="How to verify, in JavaScript" copy="Copy the code" />
      <div class="actions">
        <Button look="main" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </Dialog>
  );
}
