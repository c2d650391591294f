import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { act } from '../account/act.js';
import { useMember } from '../account/member.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextArea } from '../ui/field.js';

/** Says something to the agent of a session. */
export function SendMessage({
  sessionId,
  programId,
  onClose,
}: {
  sessionId: string;
  programId: string;
  onClose: () => void;
}) {
  const { client } = useMember();
  const [message, setMessage] = useState('');
  const send = async () => {
    if (await act('Message sent', () => client.sendToSession({ sessionId, message }))) onClose();
  };
  return (
    <Dialog title={`Message to ${programId}`} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextArea
          label="Message"
          required
          autoFocus
          maxLength={limits.MESSAGE_MAX_CHARS}
          hint="The agent finds it when it next looks into its inbox."
          value={message}
          onInput={(event) => setMessage(event.currentTarget.value)}
        />
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" onClick={send} disabled={message.trim() === ''}>
            Send
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
