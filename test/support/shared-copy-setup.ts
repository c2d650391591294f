import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluatedMeanwhile } from './evaluated';
import { LocalCopy, stillRunning } from './local';

declare global {
  /** Ends the shared copy; set while it is there. Fails when a copy that was ready does not end as it should. */
  var endSharedCopy: (() => Promise<void>) | undefined;
}

/**
 * Starts what the end-to-end tests share: a copy, as a person does, and the client, built. Nobody waits for it here, so that tests that need
 * neither begin at once; the others wait in visitSharedCopy.
 */
export default function startSharedCopy(): void {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-shared-'));
  process.env.QUARTERDECK_TEST_COPY = folder;
  const copy = new LocalCopy(join(folder, 'copy'), { QUARTERDECK_WEBHOOK_LOOPBACK: 'allow' });
  const client = evaluatedMeanwhile('scripts/lib/builds.mjs', `it.ensureBuilt('client')`);
  let isReady = false;
  globalThis.endSharedCopy = async () => {
    try {
      if (isReady) await endAsAsked(copy);
    } finally {
      copy.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  /** At once, so that nobody reads half of it. */
  const tell = (outcome: { error?: string }) => {
    if (globalThis.endSharedCopy === undefined) return;
    writeFileSync(join(folder, 'unfinished'), JSON.stringify(outcome));
    renameSync(join(folder, 'unfinished'), join(folder, 'outcome.json'));
  };
  Promise.all([copy.ready(), client]).then(
    () => {
      isReady = true;
      tell({});
    },
    (error: unknown) => tell({ error: String(error) }),
  );
}

/** As whoever supervises it would: `npm start` promises an end without a fault that leaves no process. */
async function endAsAsked(copy: LocalCopy): Promise<void> {
  const belonging = copy.processes();
  process.kill(copy.local().pid, 'SIGTERM');
  const code = await copy.exited;
  const left = stillRunning(belonging);
  if (code !== 0 || left.length)
    throw new Error(`After a SIGTERM the copy exited with ${code}, and left ${JSON.stringify(left)}:\n${copy.said}`);
}
