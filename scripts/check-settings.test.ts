import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { SETTINGS } from '../functions/src/settings.js';

const run = promisify(execFile);
const root = join(__dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of files with these texts; nothing when all is well. */
async function saidOf(files: Readonly<Record<string, string>>, script = 'lib/check-settings.mjs'): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const code = `import * as script from '${pathToFileURL(join(__dirname, script)).href}';
    const { checkSettings, build } = script;
    const settings = ${JSON.stringify(folder)};
    const outdir = ${JSON.stringify(join(folder, 'dist'))};
    await (build ? build({ settings, outdir }) : checkSettings(settings)).catch(({ message }) => console.log(message));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
  return stdout.split('\n').filter(Boolean);
}

test('a wrong value is named with its file and with what is allowed', async () => {
  const said = await saidOf({
    '.env': '# ours\nQUARTERDECK_DEFAULT_TIER="unlimitd" # a comment\nQUARTERDECK_ALLOWED_ORIGINS=https://a.example/\n',
    '.env.my-project': 'QUARTERDECK_SERVICE_ACCOUNTS=seperate\nQUARTERDECK_APP_URL=http://a.example\n',
  });
  expect(said).toEqual([
    'functions/.env: QUARTERDECK_DEFAULT_TIER is "unlimitd"; allowed are free, pro, team, unlimited',
    'functions/.env: QUARTERDECK_ALLOWED_ORIGINS: "https://a.example/" is no origin; write it as https://example.com',
    'functions/.env.my-project: QUARTERDECK_APP_URL is "http://a.example", no https address; write it as https://example.com',
    'functions/.env.my-project: QUARTERDECK_SERVICE_ACCOUNTS is "seperate"; allowed is separate',
  ]);
});

test('a setting of ours that there is not is named with the nearest one, or with all; what is not ours is let be', async () => {
  const said = await saidOf({ '.env': 'QUARTERDECK_ALOWED_ORIGINS=x\nALLOWED_ORIGINS=x\nQUARTERDECK_TIER=pro' });
  expect(said).toEqual([
    'functions/.env: there is no setting QUARTERDECK_ALOWED_ORIGINS; write QUARTERDECK_ALLOWED_ORIGINS',
    `functions/.env: there is no setting QUARTERDECK_TIER; there are ${SETTINGS.join(', ')}`,
  ]);
});

test('a model may be told in two files, and is missed where neither has it', async () => {
  const url = 'QUARTERDECK_MODEL_URL=https://models.example/v1';
  const model = 'QUARTERDECK_ANSWER_MODEL=writer';
  const without = 'QUARTERDECK_MODEL_URL is set; set QUARTERDECK_EMBEDDING_MODEL or QUARTERDECK_ANSWER_MODEL too.';
  expect(await saidOf({ '.env': url, '.env.local': model })).toEqual([`functions/.env: ${without}`]);
  expect(await saidOf({ '.env': url, '.env.mine': model })).toEqual([]);
  expect(await saidOf({ '.env': url, '.env.mine': model, '.env.theirs': '' })).toEqual([
    `functions/.env.theirs: ${without}`,
  ]);
});

test('what is for one’s own machine only is refused for a deployment', async () => {
  const allow = 'QUARTERDECK_WEBHOOK_LOOPBACK=allow';
  expect(await saidOf({ '.env.local': allow })).toEqual([]);
  expect(await saidOf({ '.env': allow })).toEqual([
    "functions/.env: QUARTERDECK_WEBHOOK_LOOPBACK is set; it is for one's own machine only. Remove it and deploy again.",
  ]);
});

test('nothing is built while a setting is wrong', async () => {
  const said = await saidOf({ '.env': 'QUARTERDECK_DEFAULT_TIER=gold' }, 'build.mjs');
  expect(said).toEqual([expect.stringContaining('functions/.env: QUARTERDECK_DEFAULT_TIER is "gold"')]);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('every setting that the functions read is known, and docs/deploy.md has it', () => {
  const read = ['settings', 'entries/identities', 'entries/secrets'].flatMap((name) => [
    ...readFileSync(join(root, `functions/src/${name}.ts`), 'utf8').matchAll(/\benv\.(QUARTERDECK_\w+)/g),
  ]);
  expect([...new Set(read.map(([, name]) => name))].sort()).toEqual([...SETTINGS].sort());
  const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
  expect(SETTINGS.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`\`${name}=`))).toEqual([]);
});
