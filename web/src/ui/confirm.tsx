import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { sentenceOf } from '../account/identity.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Problem } from './problem.js';

interface ConfirmProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly isDanger?: boolean;
  readonly onClose: () => void;
  /** False: it did not work out, and the question stays. What it throws is told in the dialog. */
  readonly onConfirm: () => Promise<boolean>;
  /** What it leads to, and whether it can be undone. */
  readonly children: ComponentChildren;
}

/** Asks before something is done. */
export function Confirm({ title, action, isDanger = false, onClose, onConfirm, children }: ConfirmProps) {
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    try {
      if (await onConfirm()) onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="soft">{children}</p>
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look={isDanger ? 'danger' : 'main'} onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
