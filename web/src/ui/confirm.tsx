import type { ComponentChildren } from 'preact';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

interface ConfirmProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly isDanger?: boolean;
  readonly onClose: () => void;
  /** False: it did not work out, and the question stays. */
  readonly onConfirm: () => Promise<boolean>;
  /** What it leads to, and whether it can be undone. */
  readonly children: ComponentChildren;
}

/** Asks before something is done. */
export function Confirm({ title, action, isDanger = false, onClose, onConfirm, children }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="soft">{children}</p>
      <div class="actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look={isDanger ? 'danger' : 'main'} onClick={async () => (await onConfirm()) && onClose()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
