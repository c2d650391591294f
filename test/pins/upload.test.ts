import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
// The Firebase CLI's own packaging. It is no public interface; an upgrade that moves it turns this test red, not silent.
import { prepareFunctionsUpload } from 'firebase-tools/lib/deploy/functions/prepareFunctionsUpload';
import { deployedFunctions } from '../support/deployed-functions.js';
import { tableOf } from '../support/runbook.js';

/**
 * What `firebase deploy` uploads, treated as Cloud Build and Cloud Run treat it: packed by the CLI, installed alone with its production
 * dependencies, and loaded in a process of its own. The functions that it declares are pinned in functions.json, as the CLI discovers them,
 * without fields that are left to their default; all callables are as its `everyCallable`.
 */

/** Packages come from npm's cache, or else from the registry. */
const INSTALL_TIMEOUT_MS = 300_000;
const LOAD_TIMEOUT_MS = 300_000;

const root = resolve(__dirname, '../..');
const run = promisify(execFile);

interface FunctionsConfig {
  readonly source: string;
  readonly ignore?: readonly string[];
}

/** Outside the repository, so that Node finds none of its packages on the way up. */
let project: string;
/** The uploaded files, unpacked and installed. */
let uploaded: string;

beforeAll(async () => {
  project = mkdtempSync(join(realpathSync(tmpdir()), 'quarterdeck-upload-'));
  uploaded = join(project, 'uploaded');
  const config = functionsConfig();
  await build(join(project, config.source));
  await unpack(await pack(config));
  await run('npm', ['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--prefix', uploaded], {
    cwd: uploaded,
    env: aloneEnvironment(),
  });
}, INSTALL_TIMEOUT_MS);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test(
  'every module of the upload loads with what is installed beside it',
  async () => {
    const modules = readdirSync(uploaded).filter((name) => name.endsWith('.mjs'));
    expect(modules).toContain('index.mjs');
    const imports = modules.map((name) => `await import('./${name}');`);
    await nodeInUpload(imports.join('\n'));
  },
  LOAD_TIMEOUT_MS,
);

test('the repository is out of reach of the upload: what only the repository has is not found', async () => {
  const finding = nodeInUpload("import.meta.resolve('firebase-admin'); import.meta.resolve('esbuild');");
  await expect(finding).rejects.toThrow(/Cannot find package 'esbuild'/);
});

test(
  'deploying declares exactly the pinned functions and the callables of the registry, with their triggers and settings',
  async () => {
    expect(await declaredFunctions()).toEqual(deployedFunctions);
  },
  LOAD_TIMEOUT_MS,
);

test('what is uploaded is the bundle and its package.json, and it stays small', () => {
  const files = readdirSync(uploaded, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'package-lock.json'].includes(name))
    .map(({ name }) => name);
  // Settings of whoever runs this are uploaded too: see docs/deploy.md.
  const others = files.filter((name) => !/^(index\.mjs|chunk-[A-Z0-9]+\.mjs|package\.json|\.env(\..*)?)$/.test(name));
  expect(others).toEqual([]);
  const bytes = files.reduce((sum, name) => sum + statSync(join(uploaded, name)).size, 0);
  expect(bytes).toBeLessThan(10_000_000);
});

test(
  'with service accounts of their own, functions run as docs/deploy.md says',
  async () => {
    const declared = await declaredFunctions({ QUARTERDECK_SERVICE_ACCOUNTS: 'separate' });
    const accounts = Object.entries(declared).map(([name, { serviceAccountEmail }]) => [name, serviceAccountEmail]);
    const expected = Object.keys(deployedFunctions).map((name) => [
      name,
      `${groupOf(name)}@demo-quarterdeck.iam.gserviceaccount.com`,
    ]);
    expect(Object.fromEntries(accounts)).toEqual(Object.fromEntries(expected));
  },
  LOAD_TIMEOUT_MS,
);

test(
  'a setting of service accounts that is none stops the deployment, and is named',
  async () => {
    const declaring = declaredFunctions({ QUARTERDECK_SERVICE_ACCOUNTS: 'yes' });
    await expect(declaring).rejects.toThrow('QUARTERDECK_SERVICE_ACCOUNTS is "yes"; allowed is separate');
  },
  LOAD_TIMEOUT_MS,
);

/** The service account that docs/deploy.md has for a function: those that are not named there are callables. */
function groupOf(name: string): string {
  const rows = tableOf('deploy.md', 'Who the functions run as');
  const [account = ''] = rows.find(([, functions = '']) => functions.includes(`\`${name}\``)) ?? [
    '`quarterdeck-doors`',
  ];
  return account.replaceAll('`', '');
}

/** The one codebase of firebase.json. */
function functionsConfig(): FunctionsConfig {
  const { functions } = JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')) as {
    functions: FunctionsConfig[];
  };
  const [config, ...others] = functions;
  if (config === undefined || others.length > 0) throw new Error('this test knows one codebase of functions');
  return config;
}

/** By the deploy hook's own script, in a process of its own: it is an ES module. */
async function build(outdir: string): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  const script = `import { build } from './scripts/build.mjs'; await build({ outdir: ${JSON.stringify(outdir)} });`;
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
}

async function pack(config: FunctionsConfig): Promise<string> {
  const source = join(project, config.source);
  const packed = await prepareFunctionsUpload(project, source, config, [], undefined, { exportType: 'tar.gz' });
  return packed.pathToSource;
}

async function unpack(archive: string): Promise<void> {
  mkdirSync(uploaded);
  await run('tar', ['-xzf', archive, '-C', uploaded]);
  rmSync(archive);
}

/** The functions as the CLI sees them before a deployment: it asks the SDK that is installed beside the code. */
async function declaredFunctions(
  settings: Readonly<Record<string, string>> = {},
): Promise<Record<string, { readonly serviceAccountEmail?: string }>> {
  const manifest = join(project, 'manifest.json');
  const sdk = join(uploaded, 'node_modules/firebase-functions/lib/bin/firebase-functions.js');
  const env = { ...aloneEnvironment(), FUNCTIONS_MANIFEST_OUTPUT_PATH: manifest, ...settings };
  await run(process.execPath, [sdk, uploaded], { cwd: uploaded, env });
  const { endpoints } = JSON.parse(readFileSync(manifest, 'utf8')) as { endpoints: Record<string, object> };
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => {
      const set = Object.entries(endpoint).filter(([, value]) => value !== null);
      return [name, Object.fromEntries(set)];
    }),
  );
}

async function nodeInUpload(script: string): Promise<void> {
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: uploaded, env: aloneEnvironment() });
}

/** As on a machine that has only the upload: nothing points Node at other packages, and no emulator is announced. */
function aloneEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, GCLOUD_PROJECT: 'demo-quarterdeck', NODE_ENV: 'production' };
  for (const name of ['NODE_PATH', 'NODE_OPTIONS', 'FIRESTORE_EMULATOR_HOST', 'PUBSUB_EMULATOR_HOST']) delete env[name];
  return { ...env, FIREBASE_CONFIG: JSON.stringify({ projectId: 'demo-quarterdeck' }) };
}
