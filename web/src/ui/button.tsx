import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import './button.css';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'children'> {
  readonly children: ComponentChildren;
  /** While what it returns is pending, the button waits and can't be pressed again. */
  readonly onClick?: (event: MouseEvent) => unknown;
  /** Default: `plain`. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  /** Beside what it does itself: something else that it waits for. */
  readonly isBusy?: boolean;
}

export function Button({
  look = 'plain',
  type = 'button',
  onClick,
  isBusy = false,
  disabled,
  class: more,
  children,
  ...rest
}: ButtonProps) {
  const [isRunning, setRunning] = useState(false);
  const waits = isRunning || isBusy;
  return (
    <button
      {...rest}
      type={type}
      class={`button ${look} ${more ?? ''}`}
      disabled={disabled || waits}
      aria-busy={waits}
      onClick={(event) => {
        const result = onClick?.(event);
        if (!(result instanceof Promise)) return;
        setRunning(true);
        void result.finally(() => setRunning(false));
      }}
    >
      {children}
    </button>
  );
}
