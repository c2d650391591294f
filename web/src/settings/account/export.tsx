import { useEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf } from '../../account/identity.js';
import { useMember } from '../../account/member.js';
import { Button } from '../../ui/button.js';
import { counted } from '../../ui/format.js';
import { Problem } from '../../ui/problem.js';
import { toast } from '../../ui/toast.js';
import { exportAccount, exportName } from './export-account.js';

/** The account as a file. */
export function Export({ accountName }: { accountName: string }) {
  const { client } = useMember();
  const [count, setCount] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>(undefined);
  // Whoever leaves the page wants no file any more.
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    const stop = new AbortController();
    running.current = stop;
    setProblem(undefined);
    setCount(0);
    try {
      const parts = await exportAccount(client, { signal: stop.signal, onProgress: setCount });
      save(parts, exportName(accountName, client.serverNow()));
      toast(`Exported ${counted(parts.length - 1, 'record')}`);
    } catch (error) {
      if (!stop.signal.aborted) setProblem(`${sentenceOf(error)} Nothing was saved.`);
    } finally {
      setCount(undefined);
    }
  };
  return (
    <section class="panel part">
      <h2>Export</h2>
      <p class="soft">
        The account as JSON Lines: programs, what they remember, and sessions. No keys and no people are in it.
        “quarterdeck import” reads it into another account. What changes meanwhile is in it as it was found.
      </p>
      {problem && <Problem>{problem}</Problem>}
      <div class="entry-actions">
        <Button onClick={start}>Export the account</Button>
        {count !== undefined && (
          <>
            <span role="status" class="number">
              {counted(count, 'record')} so far…
            </span>
            <Button look="quiet" onClick={() => running.current?.abort()}>
              Cancel
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function save(parts: string[], name: string): void {
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by the time anything else happens.
  setTimeout(() => URL.revokeObjectURL(address));
}
