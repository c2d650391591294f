import type { ComponentChildren, TargetedEvent, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

interface FieldProps {
  readonly label: string;
  /** A sentence below it. */
  readonly hint?: ComponentChildren;
  /** What is wrong with what was entered. */
  readonly problem?: string | undefined;
}

/** What a field of text takes, as HTML's attributes of the same names. */
interface TextProps extends FieldProps {
  readonly value: string;
  readonly onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly spellcheck?: boolean;
}

interface TextFieldProps extends TextProps {
  readonly type?: 'text' | 'email' | 'url' | 'number' | 'search';
  readonly autoComplete?: 'off' | 'email' | 'name';
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** The id of a datalist with proposals. */
  readonly list?: string;
}

interface SelectProps extends FieldProps {
  readonly value: string;
  readonly onChange: (event: TargetedEvent<HTMLSelectElement>) => void;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

export function TextField({ label, hint, problem, ...rest }: TextFieldProps) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(ids) => <input type="text" autoComplete="off" {...(rest as object)} {...ids} />}
    </Labelled>
  );
}

export function TextArea({ label, hint, problem, rows = 4, ...rest }: TextProps & { readonly rows?: number }) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(ids) => <textarea rows={rows} {...(rest as object)} {...ids} />}
    </Labelled>
  );
}

export function Select({ label, hint, problem, children, ...rest }: SelectProps) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(ids) => (
        <select {...(rest as object)} {...ids}>
          {children}
        </select>
      )}
    </Labelled>
  );
}

/** A field with what stands around it: `children` is given what ties the field itself to that. */
export function Labelled({
  label,
  hint,
  problem,
  children,
}: FieldProps & { children: (ids: object) => ComponentChildren }) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': described || undefined })}
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
