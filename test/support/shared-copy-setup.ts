import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalCopy } from './local';

declare global {
  /** Ends the shared copy; set while it is there. */
  var endSharedCopy: (() => void) | undefined;
}

/**
 * Starts what the end-to-end tests share: a copy, as a person does, and the client, built. Nobody waits for it here, so that tests that need
 * neither begin at once; the others wait in visitSharedCopy.
 */
export default function startSharedCopy(): void {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-shared-'));
  process.env.QUARTERDECK_TEST_COPY = folder;
  const copy = new LocalCopy(join(folder, 'copy'), { QUARTERDECK_WEBHOOK_LOOPBACK: 'allow' });
  const client = promisify(execFile)(process.execPath, [join(__dirname, '../../scripts/build-client.mjs')]);
  globalThis.endSharedCopy = () => {
    copy.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  /** At once, so that nobody reads half of it. */
  const tell = (outcome: { error?: string }) => {
    if (globalThis.endSharedCopy === undefined) return;
    writeFileSync(join(folder, 'unfinished'), JSON.stringify(outcome));
    renameSync(join(folder, 'unfinished'), join(folder, 'outcome.json'));
  };
  Promise.all([copy.ready(), client]).then(
    () => tell({}),
    (error: unknown) => tell({ error: String(error) }),
  );
}
