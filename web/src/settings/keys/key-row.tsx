import { useMember } from '../../account/member.js';
import { serverNow } from '../../live/clock.js';
import { Button } from '../../ui/button.js';
import { dayOf } from '../../ui/format.js';
import { Tag } from '../../ui/tag.js';
import { When } from '../../ui/time.js';
import { expiresSoon, type Key, standingOf } from './standing.js';

/** Digits of a hash that tell keys apart; the command line shows as many. */
const SHORT_HASH = 12;

interface KeyRowProps {
  readonly apiKey: Key;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

export function KeyRow({ apiKey, onRotate, onRevoke }: KeyRowProps) {
  const { role: ownRole } = useMember();
  const { keyHash, programId, role, label, createdAt, lastUsedAt } = apiKey;
  const standing = standingOf(apiKey, serverNow());
  const works = standing === 'active' || standing === 'replaced';
  return (
    <li class={works ? 'entry' : 'entry over'} data-card tabIndex={-1}>
      <div class="entry-text">
        <p class="entry-head">
          <b>{label}</b>
          {role !== 'program' && <Tag>{role}</Tag>}
          <End apiKey={apiKey} />
        </p>
        <p class="entry-facts">
          <a href={`/programs/${programId}`}>{programId}</a>
          <span>
            made <When at={new Date(createdAt)} />
          </span>
          <span title="Days are counted in UTC">
            {lastUsedAt === null ? 'never used' : `last used on ${dayOf(new Date(lastUsedAt))}`}
          </span>
          <code title={`Hash (SHA-256): ${keyHash}`}>{keyHash.slice(0, SHORT_HASH)}</code>
        </p>
      </div>
      {ownRole === 'admin' && works && (
        <div class="entry-actions">
          {standing === 'active' && (
            <Button onClick={onRotate} aria-label={`Rotate ${label} of ${programId}`}>
              Rotate
            </Button>
          )}
          <Button onClick={onRevoke} aria-label={`Revoke ${label} of ${programId}`}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  );
}

/** When the key ends, or ended; nothing for one without an end. */
function End({ apiKey }: { apiKey: Key }) {
  const { expiresAt, revokedAt } = apiKey;
  const standing = standingOf(apiKey, serverNow());
  if (standing === 'revoked' || standing === 'replaced') {
    const isOver = standing === 'revoked';
    return (
      <Tag hue={isOver ? 'quiet' : 'stale'}>
        {isOver ? 'Revoked ' : 'Replaced, works until '}
        <When at={new Date(revokedAt as string)} />
      </Tag>
    );
  }
  return expiresAt === null ? null : (
    <Tag hue={standing === 'active' && expiresSoon(apiKey, serverNow()) ? 'stale' : 'quiet'}>
      {standing === 'expired' ? 'Expired ' : 'Expires '}
      <When at={new Date(expiresAt)} />
    </Tag>
  );
}
