import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_CLIENTS } from './agent-clients.js';
import { findWrittenKey } from './find-written-key.js';

const folder = mkdtempSync(join(tmpdir(), 'find-written-key-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** The key that is found for a deployment where another address stands in the file. */
function found(written: string, origin: string): string | undefined {
  const server = { url: `${written}/mcp`, headers: { Authorization: 'Bearer cb_key' } };
  writeFileSync(join(folder, '.mcp.json'), JSON.stringify({ mcpServers: { quarterdeck: server } }));
  return findWrittenKey(AGENT_CLIENTS, 'project', folder, origin);
}

test.each([
  ['https://a.web.app', 'https://a.web.app', 'cb_key'],
  ['https://a.web.app', 'https://b.web.app', undefined],
  ['http://127.0.0.1:5002', 'http://127.0.0.1:5001', 'cb_key'],
  ['http://127.0.0.1:5001', 'https://a.web.app', undefined],
  ['https://a.web.app', 'http://127.0.0.1:5001', undefined],
])('a key written beside %s, asked for %s, is %s: only a local copy changes its port', (written, origin, key) => {
  expect(found(written, origin)).toBe(key);
});
