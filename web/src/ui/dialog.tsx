import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Only what is in it closes it, because what it shows can't be shown again. Default: Esc, and a press beside it, close it. */
  readonly stays?: boolean;
  readonly children: ComponentChildren;
}

/** A question or a form over the page. */
export function Dialog({ title, onClose, stays = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog
      ref={ref}
      class="dialog"
      aria-label={title}
      onClose={onClose}
      onCancel={(event) => stays && event.preventDefault()}
      // A second Esc closes a dialog whatever its cancel event was told, unless the key itself is taken.
      onKeyDown={(event) => stays && event.key === 'Escape' && event.preventDefault()}
      onClick={(event) => !stays && event.target === ref.current && ref.current?.close()}
    >
      <div class="dialog-box">
        <h2>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
