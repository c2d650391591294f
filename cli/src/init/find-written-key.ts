import { existsSync, readFileSync } from 'node:fs';
import type { AgentClient, Scope } from './agent-clients.js';

/** A key that stands in one of the files beside this deployment's address: a second run makes no second key. Undefined: there is none. */
export function findWrittenKey(
  clients: readonly AgentClient[],
  scope: Scope,
  folder: string,
  origin: string,
): string | undefined {
  for (const { file } of clients.flatMap((client) => client.edits(scope, folder))) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const key = /cb_[A-Za-z0-9]+/.exec(text.includes(`${origin}/`) ? text : '')?.[0];
    if (key !== undefined) return key;
  }
  return undefined;
}
