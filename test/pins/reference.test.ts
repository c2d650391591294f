import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('docs/reference.md says what the registry says', () => {
  const script = join(__dirname, '../../scripts/reference.mjs');
  // It exits 1 and names the remedy when the page is behind.
  expect(() => execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).not.toThrow();
});
