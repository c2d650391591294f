import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the dashboard is as it is served. */

/** What a page may load of ours, gzipped. A red pin asks: is it worth its bytes to whoever looks at the fleet on a phone? */
const PAGE_MAX_BYTES = 100_000;

const outdir = mkdtempSync(join(tmpdir(), 'quarterdeck-web-dist-'));
let pages: Record<string, number>;

beforeAll(() => {
  const script = pathToFileURL(join(__dirname, '../../scripts/build-web.mjs')).href;
  const code = `import { buildWeb } from '${script}'; console.log(JSON.stringify(await buildWeb({ outdir: ${JSON.stringify(outdir)} })));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  ({ pages } = JSON.parse(said.trim().split('\n').at(-1) ?? '{}'));
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test(`no page loads more than ${PAGE_MAX_BYTES} bytes of scripts beside the Firebase SDK, gzipped`, () => {
  expect(Object.keys(pages).length).toBeGreaterThan(10);
  const large = Object.entries(pages).filter(([, bytes]) => bytes > PAGE_MAX_BYTES || bytes < 10_000);
  expect(large).toEqual([]);
});

test('no schema library is in it', () => {
  const scripts = readdirSync(join(outdir, 'assets')).filter((name) => name.endsWith('.js'));
  const found = scripts.filter((name) => readFileSync(join(outdir, 'assets', name), 'utf8').includes('ZodError'));
  expect(found).toEqual([]);
});

test('its page asks for nothing inline, so that its policy needs no exception', () => {
  const page = readFileSync(join(outdir, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\son\w+=|style=/);
});
