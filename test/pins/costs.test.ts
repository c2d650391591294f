import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('docs/cost.md says what the counts and prices say', () => {
  const script = join(__dirname, '../../scripts/costs.mjs');
  // It exits 1 and names the remedy when the page is behind.
  expect(() => execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).not.toThrow();
});
