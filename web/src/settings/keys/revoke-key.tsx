import { useMember } from '../../account/member.js';
import { Confirm } from '../../ui/confirm.js';
import { toast } from '../../ui/toast.js';
import type { Key } from './standing.js';

interface RevokeKeyProps {
  readonly apiKey: Key;
  readonly onRevoked: () => Promise<void>;
  readonly onClose: () => void;
}

export function RevokeKey({ apiKey: { keyHash, label, programId }, onRevoked, onClose }: RevokeKeyProps) {
  const { client } = useMember();
  const revoke = async () => {
    await client.revokeKey({ keyHash });
    toast('Key revoked');
    await onRevoked();
    return true;
  };
  return (
    <Confirm title={`Revoke “${label}”?`} action="Revoke" isDanger onClose={onClose} onConfirm={revoke}>
      Whatever calls with this key of {programId} is refused within 30 seconds, and its listeners hear nothing more. It
      can’t be undone; you can make another key.
    </Confirm>
  );
}
