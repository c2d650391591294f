// @ts-check
/** `npm run migrate`: brings stored documents to the present schema versions. docs/upgrades.md says when. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readLocal } from './lib/home.mjs';
import { root } from './lib/paths.mjs';
import { Problem } from './lib/steps.mjs';

/** @import { MigrationCounts, MigrationOptions, MigrationProgress } from '../functions/src/store/migrate-documents.js' */
/** @import { VersionedKind } from '@quarterdeck/contract' */

/** @typedef {typeof import('../functions/src/store/migrate-documents.js')} Migration */

const HELP = `Brings stored documents to the present schema versions: see docs/upgrades.md.

  npm run migrate                          the copy that "npm start" runs here
  npm run migrate -- --project my-project  a project, with the application default credentials of this machine

  --kind <kind>    only documents of this kind, may be repeated; default: all that have versions
  --dry-run        counts, and writes nothing
  --after <path>   goes on where an earlier run stopped
  --help           says this`;

const OPTIONS = /** @type {const} */ ({
  project: { type: 'string' },
  kind: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  after: { type: 'string' },
  help: { type: 'boolean' },
});

/** @type {string | undefined} */
let place;

try {
  await migrate();
} catch (error) {
  console.error(said(error));
  if (place !== undefined) console.error(goOn(place));
  process.exitCode = 1;
}

/**
 * @param {unknown} error
 * @returns {unknown} its message where a person can mend it; otherwise all that is known of it
 */
function said(error) {
  if (!(error instanceof Error)) return error;
  // Google's library has no code for it.
  if (error.message.startsWith('Could not load the default credentials'))
    return 'No credentials on this machine: run "gcloud auth application-default login", and then this once more.';
  // parseArgs and the migration say of an argument what is wrong with it.
  const isArgument = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  return error instanceof Problem || isArgument ? error.message : error.stack;
}

async function migrate() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { migrateDocuments, total, VERSIONED_KINDS } = await loadMigration();
  const kinds = values.kind ?? VERSIONED_KINDS;
  for (const kind of kinds) {
    if (!VERSIONED_KINDS.includes(/** @type {VersionedKind} */ (kind)))
      throw new Problem(`--kind: there is no "${kind}" with versions; there are ${VERSIONED_KINDS.join(', ')}.`);
  }
  const { projectId, where } = target(values.project);
  const dryRun = values['dry-run'] ?? false;
  console.log(`${dryRun ? 'Looking through' : 'Migrating'} ${projectId}${where}`);
  // A stop loses nothing: what is written is written.
  process.on('SIGINT', () => {
    console.error(place === undefined ? '' : goOn(place));
    process.exit(130);
  });

  const { deleteApp, initializeApp } = await import('firebase-admin/app');
  const { getFirestore } = await import('firebase-admin/firestore');
  const app = initializeApp({ projectId });
  /** @type {MigrationOptions} */
  const options = {
    kinds: /** @type {VersionedKind[]} */ (kinds),
    dryRun,
    ...(values.after === undefined ? {} : { after: values.after }),
  };
  /** @type {Map<string, MigrationCounts>} */
  const all = new Map();
  for await (const progress of migrateDocuments(getFirestore(app), options)) {
    all.set(progress.kind, progress.counts);
    if (progress.place === null) console.log(line(progress.kind, progress.counts, dryRun));
    else place = progress.place;
  }
  await deleteApp(app);
  const sum = total([...all.values()]);
  console.log(line('all', sum, dryRun));
  if (sum.left > 0) throw new Problem('Some are left: run it once more.');
}

/**
 * @param {string | undefined} project
 * @returns {{ projectId: string, where: string }}
 */
function target(project) {
  const emulator = process.env.FIRESTORE_EMULATOR_HOST;
  if (project !== undefined) return { projectId: project, where: emulator ? ` on the emulator ${emulator}` : '' };
  const { projectId, firestore, pid } = readLocal();
  if (projectId === undefined || firestore === undefined || !isRunning(pid)) {
    throw new Problem('No copy runs here: start one with "npm start", or name a project with --project.');
  }
  process.env.FIRESTORE_EMULATOR_HOST = firestore;
  process.env.METADATA_SERVER_DETECTION = 'none'; // Google's clients look for a cloud around them, in vain and slowly
  return { projectId, where: ` on this machine, ${firestore}` };
}

/** @param {number | undefined} pid */
function isRunning(pid) {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * @param {string} kind
 * @param {MigrationCounts} counts
 * @param {boolean} dryRun
 */
function line(kind, { documents, upgraded, newer, left, reads, writes }, dryRun) {
  const unusual = [
    ...(newer > 0 ? [`${newer} of a newer version, left alone`] : []),
    ...(left > 0 ? [`${left} left`] : []),
  ];
  const done = `${documents} documents, ${upgraded} ${dryRun ? 'to upgrade' : 'upgraded'}`;
  return `  ${[`${kind}: ${done}`, ...unusual, `${reads} reads, ${writes} writes`].join('; ')}`;
}

/** @param {string} after */
function goOn(after) {
  return `It can go on with the same arguments and --after ${after}`;
}

/**
 * It is TypeScript and has to be bundled first; with the Admin SDK as it is installed, so that there is only one of it.
 *
 * @returns {Promise<Migration>}
 */
async function loadMigration() {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(root, 'node_modules/.migrate-'));
  try {
    const outfile = join(folder, 'migrate-documents.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: ['functions/src/store/migrate-documents.ts'],
      external: ['firebase-admin'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
