import { useId, useState } from 'preact/hooks';
import { withTyped } from './labels.js';
import './field.css';
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
  const id = useId();
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
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
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
        id={id}
        type="text"
        autoComplete="off"
        placeholder={`Add a ${one}`}
        list={`${id}-proposals`}
        maxLength={maxLength}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        value={typed}
        onInput={({ currentTarget: { value } }) => (/[,\n]/.test(value) ? add(value) : setTyped(value))}
        onKeyDown={onKeyDown}
        onBlur={() => add(typed)}
      />
      <datalist id={`${id}-proposals`}>
        {proposals
          .filter((proposal) => !labels.includes(proposal))
          .map((proposal) => (
            <option key={proposal} value={proposal} />
          ))}
      </datalist>
      {hint && (
        <p id={`${id}-hint`} class="faint">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
