// @ts-check
/**
 * Writes test/pins/outward.json: what others hold on to of operations and answers. Look through what it changes: clients, agents and documents that exist have to be able to
 * go on. test/pins/outward.test.ts holds the contract against it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTypescript } from './lib/load-typescript.mjs';
import { root } from './lib/paths.mjs';

/** @type {typeof import('../test/support/outward.js')} */
const { outward } = await loadTypescript('test/support/outward.ts');

writeFileSync(join(root, 'test/pins/outward.json'), `${JSON.stringify(outward(), null, 2)}\n`);
