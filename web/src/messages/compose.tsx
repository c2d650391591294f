import type { MessageType, TaskPriority } from '@quarterdeck/contract';
import * as limits from '@quarterdeck/contract/limits';
import { useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { useSubmission } from '../account/submission.js';
import { PriorityField, TargetField, TimeToLiveField } from '../targets/fields.js';
import type { Target } from '../targets/targets.js';
import { durationText, timeToLiveOf } from '../targets/time-to-live.js';
import { Select, TextArea } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { counted } from '../ui/format.js';
import type { Letter } from './letters.js';
import { MESSAGE_TYPES, typeWords } from './words.js';

const BOUNDS = { min: limits.MESSAGE_TTL_MIN_SECONDS, max: limits.MESSAGE_TTL_MAX_SECONDS };
const FIELDS = ['target', 'message', 'messageType', 'ttlSeconds'];

interface ComposeProps {
  readonly targets: readonly Target[] | undefined;
  /** Whom it is for, unless somebody else is named; empty: nobody yet. */
  readonly target: string;
  /** What it answers, in the same thread; absent: it begins a thread. */
  readonly answered?: Letter;
  readonly onClose: () => void;
}

/** Says something to a program, or to all programs of a group. */
export function Compose({ targets, target, answered, onClose }: ComposeProps) {
  const { client } = useMember();
  const { problems, submit } = useSubmission(FIELDS);
  const [words, setWords] = useState({ target, message: '', ttl: '' });
  const [messageType, setType] = useState<MessageType>('DIRECTIVE');
  const [priority, setPriority] = useState<TaskPriority>('normal');
  const [isTried, setTried] = useState(false);
  const set = (change: Partial<typeof words>) => setWords({ ...words, ...change });
  const ttl = timeToLiveOf(words.ttl, BOUNDS);
  const send = async () => {
    setTried(true);
    if ('problem' in ttl) return false;
    return submit(
      ({ recipients }) =>
        `Message sent to ${recipients.length === 1 ? recipients[0] : counted(recipients.length, 'program')}`,
      () =>
        client.sendMessage({
          target: words.target.trim(),
          message: words.message,
          messageType,
          priority,
          ...(answered === undefined ? {} : { replyTo: answered.said.messageId, threadId: answered.said.threadId }),
          ...(ttl.seconds === undefined ? {} : { ttlSeconds: ttl.seconds }),
        }),
    );
  };
  return (
    <FormDialog
      title={answered ? 'Reply' : 'New message'}
      action="Send"
      problem={problems.form}
      onClose={onClose}
      onSubmit={send}
    >
      {answered && <blockquote class="quoted wraps">{answered.said.message}</blockquote>}
      <TargetField
        targets={targets}
        autoFocus={target === ''}
        value={words.target}
        onInput={(target) => set({ target })}
        problem={problems.target}
      />
      <TextArea
        label="Message"
        required
        autoFocus={target !== ''}
        maxLength={limits.MESSAGE_MAX_CHARS}
        hint="An agent finds it when it next looks into its inbox."
        value={words.message}
        onInput={(event) => set({ message: event.currentTarget.value })}
        problem={problems.message}
      />
      <div class="form-row">
        <Select
          label="Type"
          value={messageType}
          hint={MESSAGE_TYPES[messageType]}
          onChange={(event) => setType(event.currentTarget.value as MessageType)}
        >
          {Object.keys(MESSAGE_TYPES).map((type) => (
            <option key={type} value={type}>
              {typeWords(type)}
            </option>
          ))}
        </Select>
        <PriorityField value={priority} onChange={setPriority} />
      </div>
      <TimeToLiveField
        absent={`Without one: ${durationText(limits.MESSAGE_TTL_DEFAULT_SECONDS)}. After it nobody gets the message any more.`}
        value={words.ttl}
        onInput={(ttl) => set({ ttl })}
        problem={problems.ttlSeconds ?? (isTried && 'problem' in ttl ? ttl.problem : undefined)}
      />
    </FormDialog>
  );
}
