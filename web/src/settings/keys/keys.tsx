import { useRef, useState } from 'preact/hooks';
import { useMember } from '../../account/member.js';
import { useAnswer } from '../../live/answer.js';
import { serverNow } from '../../live/clock.js';
import { AsAnswered, NoAnswer } from '../../ui/as-answered.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { useRowKeys } from '../move.js';
import { OnlyLooking } from '../only-looking.js';
import { allKeys } from './all-keys.js';
import { CreateKey } from './create-key.js';
import { KeyRow } from './key-row.js';
import { type Made, MadeKey } from './made-key.js';
import { RevokeKey } from './revoke-key.js';
import { RotateKey } from './rotate-key.js';
import { byUse, fitsKey, type Key } from './standing.js';
import '../settings.css';

/** From so many keys on, a search helps. */
const SEARCH_FROM = 8;

type Open =
  | { readonly kind: 'create' }
  | { readonly kind: 'rotate' | 'revoke'; readonly key: Key }
  | { readonly kind: 'made'; readonly made: Made };

/** The API keys of the account: what programs, and whoever looks after them, call with. */
export function Keys() {
  const { client, role } = useMember();
  const answer = useAnswer(() => allKeys(client), [client]);
  const [open, setOpen] = useState<Open>();
  const [search, setSearch] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useRowKeys(input);
  const all = answer.value ?? [];
  const { inUse, over } = byUse(
    all.filter((key) => fitsKey(key, search)),
    serverNow(),
  );
  const close = () => setOpen(undefined);
  const showMade = (made: Made) => {
    setOpen({ kind: 'made', made });
    void answer.again();
  };
  const row = (key: Key) => (
    <KeyRow
      key={key.keyHash}
      apiKey={key}
      onRotate={() => setOpen({ kind: 'rotate', key })}
      onRevoke={() => setOpen({ kind: 'revoke', key })}
    />
  );
  return (
    <div class="settings">
      <div class="page-head">
        <h1>Keys</h1>
        <div class="actions">
          <AsAnswered answer={answer} />
          {role === 'admin' && (
            <Button look="main" onClick={() => setOpen({ kind: 'create' })}>
              Make a key
            </Button>
          )}
        </div>
      </div>
      <p class="soft">
        A program calls with a key of its own. Of a key only its hash is stored, so it is shown once, when it is made. A
        key that is revoked stops working within 30 seconds everywhere.
      </p>
      <OnlyLooking />
      {all.length >= SEARCH_FROM && (
        <input
          ref={input}
          class="bare-input search-field"
          type="search"
          placeholder="Search"
          aria-label="Search keys"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      )}
      <NoAnswer answer={answer} what="keys" />
      {answer.value !== undefined && (
        <>
          {inUse.length === 0 && over.length === 0 && <NoKey isSearching={search !== ''} />}
          {inUse.length > 0 && (
            <section class="part">
              <h2>
                In use <span class="number">{inUse.length}</span>
              </h2>
              <ul class="entries">{inUse.map(row)}</ul>
            </section>
          )}
          {over.length > 0 && (
            <details class="part" open={inUse.length === 0}>
              <summary>
                Revoked and expired <span class="number">{over.length}</span>
              </summary>
              <ul class="entries">{over.map(row)}</ul>
            </details>
          )}
        </>
      )}
      {open?.kind === 'create' && (
        <CreateKey programs={[...new Set(all.map(({ programId }) => programId))]} onMade={showMade} onClose={close} />
      )}
      {open?.kind === 'rotate' && <RotateKey apiKey={open.key} onMade={showMade} onClose={close} />}
      {open?.kind === 'revoke' && <RevokeKey apiKey={open.key} onRevoked={answer.again} onClose={close} />}
      {open?.kind === 'made' && <MadeKey made={open.made} onClose={close} />}
    </div>
  );
}

function NoKey({ isSearching }: { isSearching: boolean }) {
  return isSearching ? (
    <Empty title="No key fits">
      <p>Nothing matches what you search for: a program, a label, a role, or the beginning of a hash.</p>
    </Empty>
  ) : (
    <Empty title="No key yet">
      <p>An agent needs a key to report. An admin makes one for it here; its first key makes the program.</p>
    </Empty>
  );
}
