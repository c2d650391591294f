// @ts-check
import { join } from 'node:path';
import { conversation, mcpConfiguration } from './conversation.mjs';

/** @import { Local } from './home.mjs' */

/**
 * What the start says when all is up: where everything is, and a conversation to paste.
 *
 * @param {Local} local
 * @param {object} start
 * @param {number} start.seconds that it took
 * @param {string} start.home the folder with data, logs and keys
 * @param {string} [start.formerOrigin] where the last start was; absent: this one is the first
 * @returns {string}
 */
export function welcome(local, { seconds, home, formerOrigin }) {
  return [
    '',
    `Ready in ${seconds.toFixed(1)} s. Ctrl-C stops it; the data are kept in ${join(home, 'data')}.`,
    ...movedAddress(local.origin, formerOrigin),
    '',
    `  dashboard    ${local.origin} (press "Sign in as the local admin")`,
    `  MCP          ${local.mcp}`,
    `  REST         ${local.rest}/<operation>, described at ${local.origin}/docs`,
    `  callables    ${local.functions}/<name>`,
    `  Firestore    ${local.firestore}`,
    `  Auth         ${local.auth}`,
    `  Pub/Sub      ${local.pubsub}`,
    '',
    `  account      ${local.account}`,
    `  admin        ${local.adminEmail}`,
    `  admin key    ${local.adminKey}`,
    `  program key  ${local.programKey} (program ${local.programId})`,
    `  all of this  ${join(home, 'local.json')}; for a shell: . ${join(home, 'local.env')}`,
    `  logs         ${join(home, 'functions.log')}, and emulators.log beside it`,
    '',
    '# Claude Code, Cursor and VS Code are connected by "quarterdeck init" in your project, once "npm install --global ./cli" was typed here',
    '# Any other MCP client is told this',
    JSON.stringify(mcpConfiguration(local)),
    ...conversation(local).flatMap(({ says, line }) => [`# ${says}`, line]),
    '',
  ].join('\n');
}

/**
 * What was configured for the former address reaches nobody, and hooks say nothing of it.
 *
 * @param {string} origin
 * @param {string | undefined} formerOrigin
 * @returns {string[]} nothing when the address is the same
 */
function movedAddress(origin, formerOrigin) {
  if (formerOrigin === undefined || formerOrigin === origin) return [];
  return [`The address changed from ${formerOrigin} to ${origin}: run "quarterdeck init" again in each project.`];
}
