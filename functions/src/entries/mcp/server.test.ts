import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTRUCTIONS, VERSION } from './server.js';
import { findTool } from './tools.js';

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  expect(VERSION).toBe(version);
});

test('the instructions name tools that exist', () => {
  const named = INSTRUCTIONS.match(/\b[a-z]+(_[a-z]+)+\b|\b(boot|heartbeat|remember|recall|answer)\b/g) ?? [];
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect([name, findTool(name) !== undefined]).toEqual([name, true]);
});
