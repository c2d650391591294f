// @ts-check
/**
 * Bundles functions/src into functions/dist: exactly what `firebase deploy` uploads and what the emulator runs.
 *
 * One self-contained ESM package, split at each `import()`, so that a function loads only the chunks it uses.
 * Behind `import()` belong modules of our own: a CommonJS package imported there loses its named exports in a split bundle.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkSettings, settingsFiles } from './lib/check-settings.mjs';
import { isMain } from './lib/command-line.mjs';
import { loadContract } from './lib/contract.mjs';
import { functionsDist, root } from './lib/paths.mjs';
import { replaceFiles } from './lib/replace-files.mjs';
import { Problem } from './lib/steps.mjs';

/** The runtime that the functions are deployed to; the code is kept runnable on Node 20, which developers may have. */
const RUNTIME = '24';
const OLDEST_NODE = 'node20';

/** Bundled CommonJS packages expect these names, which an ES module does not have. */
export const COMMONJS_NAMES = [
  "import{createRequire as $createRequire}from'node:module';",
  "import{fileURLToPath as $fileURLToPath}from'node:url';",
  "import{dirname as $dirname}from'node:path';",
  'const require=$createRequire(import.meta.url),__filename=$fileURLToPath(import.meta.url),__dirname=$dirname(__filename);',
].join('');

/**
 * @param {object} [options]
 * @param {string} [options.outdir]
 * @param {string} [options.settings] the folder with the settings of deployments. Default: functions/
 * @returns {Promise<{ kilobytes: number, chunks: number }>} how large the bundle is
 * @throws {Problem} when a setting is wrong; nothing is built then
 */
export async function build({ outdir = functionsDist, settings = join(root, 'functions') } = {}) {
  await checkSettings(settings);
  const { build: bundle } = await import('esbuild');
  const names = await callableNames();
  const result = await bundle({
    absWorkingDir: root,
    stdin: { contents: entry(names), resolveDir: join(root, 'functions/src'), sourcefile: 'index.ts', loader: 'ts' },
    entryNames: 'index',
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: OLDEST_NODE,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: COMMONJS_NAMES },
    write: false,
  });
  // Only now does the former bundle go: a source that does not compile leaves it alone.
  replaceFiles(outdir, [
    ...result.outputFiles.map((file) => /** @type {const} */ ([basename(file.path), file.contents])),
    // Where the Firebase CLI looks for them: beside what it uploads.
    ...settingsFiles(settings).map((file) => /** @type {const} */ ([file, readFileSync(join(settings, file))])),
    ['package.json', `${JSON.stringify(uploadedPackage(), null, 2)}\n`],
  ]);
  const bytes = result.outputFiles.reduce((sum, file) => sum + file.contents.length, 0);
  return { kilobytes: Math.round(bytes / 1024), chunks: result.outputFiles.length };
}

/** Functions beside the callables, by the module that declares them. */
const DECLARED = {
  './entries/http.js': ['api', 'mcp'],
  './entries/background.js': ['sweep', 'sweepAccount'],
  './entries/outbox.js': ['publishEvent'],
  './entries/webhooks.js': ['notifyWebhooks', 'deliverWebhook', 'retryWebhooks'],
  './entries/devices.js': ['notifyDevices'],
};

/**
 * The module that is deployed. A deployed function is a named export, and those are fixed when a module is written: so the registry's names are
 * written here, and adding an operation needs no edit.
 *
 * An instance serves one function, and Cloud Run says which (`FUNCTION_TARGET`): it loads only the module that declares it. Whoever asks for all of
 * them, as the Firebase CLI does before a deployment, has no target.
 * @param {string[]} names
 */
function entry(names) {
  const groups = [
    { path: './entries/callables.js', of: names, within: 'callables?.' },
    ...Object.entries(DECLARED).map(([path, of]) => ({ path, of, within: '' })),
  ];
  return [
    "import './entries/options.js';",
    'const target = process.env.FUNCTION_TARGET;',
    'const isServed = (names) => target === undefined || names.includes(target);',
    ...groups.flatMap(({ path, of, within }, index) => [
      `const module${index} = isServed(${JSON.stringify(of)}) ? await import('${path}') : {};`,
      ...of.map((name) => `export const ${name} = module${index}.${within}${name};`),
    ]),
  ].join('\n');
}

/** @returns {Promise<string[]>} the callables of the registry */
async function callableNames() {
  const { allOperations, callableName } = await loadContract();
  return allOperations.filter(({ doors }) => doors.includes('callable')).map(({ name }) => callableName(name));
}

/** The package.json beside the bundle. The two dependencies are in the bundle already, but the Firebase CLI insists on seeing them. */
function uploadedPackage() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'functions/package.json'), 'utf8'));
  return {
    name: 'quarterdeck-functions',
    private: true,
    type: 'module',
    main: 'index.mjs',
    engines: { node: RUNTIME },
    dependencies: {
      'firebase-admin': dependencies['firebase-admin'],
      'firebase-functions': dependencies['firebase-functions'],
    },
  };
}

if (isMain(import.meta.url)) {
  const started = performance.now();
  try {
    const { kilobytes, chunks } = await build();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`functions/dist: ${kilobytes} kB in ${chunks} files, built in ${seconds} s`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
