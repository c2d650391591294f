#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { requireNode } from './node-version.mjs';

requireNode(new URL('../package.json', import.meta.url));
const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error(
    'The command line is not built yet: run "npm start" or "node scripts/build-cli.mjs" in the clone first.',
  );
  process.exitCode = 1;
}
