import { Connect } from '../../connect/connect.js';
import { ShownOnce } from '../../connect/shown-once.js';
import { serverNow } from '../../live/clock.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { When } from '../../ui/time.js';

/** A key that was just made. */
export interface Made {
  readonly key: string;
  readonly programId: string;
  readonly role: string;
  /** What it takes the place of works until then; null: it replaces none. */
  readonly oldKeyValidUntil: Date | null;
}

/** A new key and how it is used. */
export function MadeKey({ made, onClose }: { made: Made; onClose: () => void }) {
  const { key, programId, role, oldKeyValidUntil } = made;
  return (
    <Dialog title={`The new key of ${programId}`} onClose={onClose} stays>
      <ShownOnce text={key} what="key" />
      {oldKeyValidUntil !== null && (
        <p class="soft">
          {oldKeyValidUntil > serverNow() ? (
            <>
              The old key works until <When at={oldKeyValidUntil} />.
            </>
          ) : (
            'The old key has ended.'
          )}
        </p>
      )}
      <Connect apiKey={key} keyRole={role} />
      <div class="actions">
        <Button look="main" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </Dialog>
  );
}
