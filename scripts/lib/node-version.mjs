// @ts-check
/** Imported first, so that it runs before anything that an old Node does not understand. */
import { requireNode } from '../../cli/bin/node-version.mjs';

requireNode(new URL('../../package.json', import.meta.url));
