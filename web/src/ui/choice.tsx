interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChoose: (value: string) => void;
  /** How a choice is shown. Default: as it is. */
  readonly say?: (value: string) => string;
}

/** Something to narrow a list by, gone while there is no choice. */
export function Choice({ label, value, choices, onChoose, say = (choice) => choice }: ChoiceProps) {
  if (choices.length < 2 && value === '') return null;
  const known = choices.includes(value) || value === '' ? choices : [value, ...choices];
  return (
    <select
      class="bare-input"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{`Any ${label.toLowerCase()}`}</option>
      {known.map((choice) => (
        <option key={choice} value={choice}>
          {say(choice)}
        </option>
      ))}
    </select>
  );
}
