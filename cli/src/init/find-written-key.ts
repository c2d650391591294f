import { existsSync, readFileSync } from 'node:fs';
import type { AgentClient, Scope } from './agent-clients.js';

/** Where a copy on this machine was: its port may be another one after a start, and its keys are the same. */
const LOCAL_COPY = /http:\/\/127\.0\.0\.1:\d+\/(mcp|hooks\/)/;

/**
 * A key that stands in one of the files beside this deployment's address, or beside another one of a local copy: a second run makes no second key.
 * Undefined: there is none. Whether it still works is not asked here.
 */
export function findWrittenKey(
  clients: readonly AgentClient[],
  scope: Scope,
  folder: string,
  origin: string,
): string | undefined {
  for (const { file } of clients.flatMap((client) => client.edits(scope, folder))) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const isOurs = text.includes(`${origin}/`) || (LOCAL_COPY.test(`${origin}/mcp`) && LOCAL_COPY.test(text));
    const key = /cb_[A-Za-z0-9]+/.exec(isOurs ? text : '')?.[0];
    if (key !== undefined) return key;
  }
  return undefined;
}
