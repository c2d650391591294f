import { useId, useState } from 'preact/hooks';
import { Labelled } from './field.js';
import { withTyped } from './labels.js';
import './labels-field.css';

interface LabelsFieldProps {
  readonly label: string;
  /** What one of them is called: "group". */
  readonly one: string;
  readonly labels: readonly string[];
  readonly onChange: (labels: readonly string[]) => void;
  readonly hint?: string;
  readonly problem?: string | undefined;
  /** What is proposed while somebody types. */
  readonly proposals?: readonly string[];
  readonly maxLength?: number;
}

/** A list of short texts. Enter or a comma adds what was typed, Backspace in the empty field takes the last one away. */
export function LabelsField({
  label,
  one,
  labels,
  onChange,
  hint,
  problem,
  proposals = [],
  maxLength,
}: LabelsFieldProps) {
  const listId = useId();
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    setTyped('');
    const next = withTyped(labels, text);
    if (next.length !== labels.length) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      add(typed);
    }
    if (event.key === 'Backspace' && typed === '') onChange(labels.slice(0, -1));
  };
  return (
    <Labelled {...{ label, hint, problem }}>
      {(ids) => (
        <>
          {labels.length > 0 && (
            <ul class="labels" aria-label={label}>
              {labels.map((text) => (
                <li key={text}>
                  <button
                    type="button"
                    class="label"
                    aria-label={`Remove the ${one} ${text}`}
                    onClick={() => onChange(labels.filter((other) => other !== text))}
                  >
                    <span class="cut">{text}</span>
                    <span aria-hidden="true">×</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <input
            type="text"
            autoComplete="off"
            placeholder={`Add a ${one}`}
            list={`${listId}-proposals`}
            maxLength={maxLength}
            value={typed}
            onInput={({ currentTarget: { value } }) => (/[,\n]/.test(value) ? add(value) : setTyped(value))}
            onKeyDown={onKeyDown}
            onBlur={() => add(typed)}
            {...ids}
          />
          <datalist id={`${listId}-proposals`}>
            {proposals
              .filter((proposal) => !labels.includes(proposal))
              .map((proposal) => (
                <option key={proposal} value={proposal} />
              ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}
