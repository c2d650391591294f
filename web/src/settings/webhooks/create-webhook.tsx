import { WEBHOOK_DESCRIPTION_MAX_CHARS, WEBHOOK_URL_MAX_CHARS } from '@quarterdeck/contract/limits';
import { ALERT_TYPES } from '@quarterdeck/contract/views';
import { useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useSubmit } from '../../account/use-submit.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { Problem } from '../../ui/problem.js';
import { type EventGroup, type EventTypeName, eventGroups } from './event-groups.js';

interface CreateWebhookProps {
  readonly onMade: (secret: string, url: string) => void;
  readonly onClose: () => void;
}

export function CreateWebhook({ onMade, onClose }: CreateWebhookProps) {
  const { client } = useMember();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [types, setTypes] = useState<ReadonlySet<EventTypeName>>(new Set(ALERT_TYPES));
  const { problem, problems, isBusy, onSubmit } = useSubmit(['url', 'description', 'eventTypes'], async () => {
    const { secret, webhook } = await client.createWebhook({
      url,
      eventTypes: [...types],
      ...(description.trim() !== '' && { description }),
    });
    onMade(secret, webhook.url);
  });
  const [alerts, ...others] = eventGroups();
  const isMore = others.some((group) => group.types.some((type) => types.has(type)));
  const group = (one: EventGroup) => <Group key={one.title} group={one} chosen={types} onChange={setTypes} />;
  return (
    <Dialog title="Add a webhook" onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {problem && <Problem>{problem}</Problem>}
        <TextField
          label="Address"
          type="url"
          required
          autoFocus
          maxLength={WEBHOOK_URL_MAX_CHARS}
          placeholder="https://example.com/quarterdeck"
          hint="https, and reachable from the internet: inner addresses are refused."
          problem={problems.url}
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value.trim())}
        />
        <TextField
          label="What it is for (optional)"
          maxLength={WEBHOOK_DESCRIPTION_MAX_CHARS}
          placeholder="Chat of the team"
          problem={problems.description}
          value={description}
          onInput={(event) => setDescription(event.currentTarget.value)}
        />
        <fieldset class="choices">
          <legend>What it is told</legend>
          {alerts && group(alerts)}
          <details open={isMore}>
            <summary>Everything else</summary>
            {others.map(group)}
          </details>
          {problems.eventTypes && (
            <p class="field-problem" role="alert">
              {problems.eventTypes}
            </p>
          )}
        </fieldset>
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" isBusy={isBusy} disabled={types.size === 0}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface GroupProps {
  readonly group: EventGroup;
  readonly chosen: ReadonlySet<EventTypeName>;
  readonly onChange: (chosen: ReadonlySet<EventTypeName>) => void;
}

function Group({ group: { title, types }, chosen, onChange }: GroupProps) {
  const toggle = (type: EventTypeName) => {
    const next = new Set(chosen);
    if (!next.delete(type)) next.add(type);
    onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset is read out twice
    <div class="choices-group" role="group" aria-label={title}>
      {types.map((type) => (
        <label key={type} class="choice">
          <input type="checkbox" checked={chosen.has(type)} onChange={() => toggle(type)} />
          {type}
        </label>
      ))}
    </div>
  );
}
