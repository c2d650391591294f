// @ts-check
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The project that everything local runs under. Firebase never lets a `demo-` project leave the machine. */
export const projectId = 'demo-quarterdeck';

/** What `firebase deploy` uploads: see build.mjs. */
export const functionsDist = join(root, 'functions/dist');

/** Where a running copy keeps its data, logs and keys; `QUARTERDECK_HOME` gives it another place. */
export const home = resolve(root, process.env.QUARTERDECK_HOME ?? '.quarterdeck');

/** Where tools that are fetched once are kept, so that a second clone needs no second download. */
export const cache = join(homedir(), '.cache/quarterdeck');

/** Our own tools and this very Node first, so that what a child starts is what we run. */
export const searchPath = [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(
  delimiter,
);
