import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'migrate-'));
afterAll(() => rmSync(home, { recursive: true }));

/** On a machine where nobody has signed in with `gcloud`, and that is in no cloud. */
function migrate(...args: readonly string[]) {
  const { GOOGLE_APPLICATION_CREDENTIALS: _credentials, FIRESTORE_EMULATOR_HOST: _emulator, ...env } = process.env;
  return spawnSync(process.execPath, [join(__dirname, 'migrate.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...env, HOME: home, APPDATA: home, CLOUDSDK_CONFIG: home, METADATA_SERVER_DETECTION: 'none' },
  });
}

test('without credentials it says in one line how to get them', () => {
  const { status, stdout, stderr } = migrate('--project', 'my-project', '--dry-run');
  expect(stdout).toBe('Looking through my-project\n');
  expect(stderr).toBe(
    'No credentials on this machine: run "gcloud auth application-default login", and then this once more.\n',
  );
  expect(status).toBe(1);
});

test('asked for help it names every option, and does nothing', () => {
  const { status, stdout } = migrate('--help', '--project', 'my-project');
  for (const option of ['--project', '--kind', '--dry-run', '--after', '--help']) expect(stdout).toContain(option);
  expect(stdout).not.toContain('Looking through');
  expect(status).toBe(0);
});
