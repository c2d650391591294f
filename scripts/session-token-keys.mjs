// @ts-check
/**
 * Makes and rotates the value of the secret SESSION_TOKEN_KEYS: a JSON Web Key Set whose first key signs session tokens, and all of whose keys verify them.
 *
 *   node scripts/session-token-keys.mjs                       a new set, with one key
 *   node scripts/session-token-keys.mjs add     < keys.json   a second key, which only verifies yet
 *   node scripts/session-token-keys.mjs promote < keys.json   the last key signs from now on
 *   node scripts/session-token-keys.mjs drop    < keys.json   only the key that signs is left
 *
 * Each step is deployed before the next: an instance that has not heard of a key must never meet a token that was signed with it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMain } from './lib/command-line.mjs';

/** @typedef {{ kty: 'oct', kid: string, k: string }} Key */
/** @typedef {{ keys: Key[] }} KeySet */

/** @returns {Key} */
function newKey() {
  const kid = `${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  return { kty: 'oct', kid, k: randomBytes(32).toString('base64url') };
}

/** @type {Record<string, (set: KeySet) => KeySet>} */
const steps = {
  add: ({ keys }) => ({ keys: [...keys, newKey()] }),
  promote: ({ keys }) => ({ keys: [...keys.slice(-1), ...keys.slice(0, -1)] }),
  drop: ({ keys }) => ({ keys: keys.slice(0, 1) }),
};

/**
 * The keys of a copy that runs on this machine, made when they are first asked for.
 *
 * @param {string} file outside version control; only its owner may read it
 * @returns {string} the value of SESSION_TOKEN_KEYS
 */
export function localSessionTokenKeys(file) {
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify({ keys: [newKey()] }), { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8');
}

if (isMain(import.meta.url)) {
  const [name] = process.argv.slice(2);
  const step = name === undefined ? () => ({ keys: [newKey()] }) : steps[name];
  if (step === undefined) {
    console.error(`There is no step "${name}"; there are ${Object.keys(steps).join(', ')}, and none for a new set.`);
    process.exit(2);
  }
  const given = name === undefined ? { keys: [] } : JSON.parse(readFileSync(0, 'utf8'));
  console.log(JSON.stringify(step(given)));
}
