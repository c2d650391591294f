import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { useSubmission } from '../account/submission.js';
import { TextArea } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';

interface SendMessageProps {
  readonly sessionId: string;
  readonly programId: string;
  readonly onClose: () => void;
}

/** Says something to the agent of a session. */
export function SendMessage({ sessionId, programId, onClose }: SendMessageProps) {
  const { client } = useMember();
  const { problems, submit } = useSubmission(['message']);
  const [message, setMessage] = useState('');
  const said = () => 'Message sent';
  return (
    <FormDialog
      title={`Message to ${programId}`}
      action="Send"
      problem={problems.form}
      onClose={onClose}
      onSubmit={() => submit(said, () => client.sendToSession({ sessionId, message }))}
    >
      <TextArea
        label="Message"
        required
        autoFocus
        maxLength={limits.MESSAGE_MAX_CHARS}
        hint="The agent finds it when it next looks into its inbox."
        problem={problems.message}
        value={message}
        onInput={(event) => setMessage(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
