import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Problem } from './problem.js';

interface FormDialogProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly isDanger?: boolean;
  /** What concerns no field of its own. */
  readonly problem?: string | undefined;
  readonly onClose: () => void;
  /** False: it did not work out, and the form stays. */
  readonly onSubmit: () => Promise<boolean>;
  readonly children: ComponentChildren;
}

/** A form over the page. Enter in a line, and the button, send it. */
export function FormDialog({ title, action, isDanger, problem, onClose, onSubmit, children }: FormDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const isDone = await onSubmit();
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        {children}
        {problem && <Problem>{problem}</Problem>}
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={isDanger ? 'danger' : 'main'} isBusy={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
