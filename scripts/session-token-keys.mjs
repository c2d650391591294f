// @ts-check
/**
 * Makes and rotates the value of the secret SESSION_TOKEN_KEYS: a JSON Web Key Set whose first key signs session tokens, and all of whose keys verify them.
 *
 *   node scripts/session-token-keys.mjs                       a new set, with one key
 *   node scripts/session-token-keys.mjs add     < keys.json   a second key, which only verifies yet
 *   node scripts/session-token-keys.mjs promote < keys.json   the last key signs from now on
 *   node scripts/session-token-keys.mjs drop    < keys.json   only the key that signs is left
 *
 * Each step is deployed before the next: an instance that has not heard of a key must never meet a token that was signed with it. A step that
 * would change nothing, or throw away the newest key, is refused.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMain } from './lib/command-line.mjs';
import { loadTypescript } from './lib/load-typescript.mjs';
import { Problem } from './lib/steps.mjs';

/** @typedef {{ kty: 'oct', kid: string, k: string }} Key */
/** @typedef {{ keys: Key[] }} KeySet */

/** @returns {Key} its id begins with the moment that it was made, by which steps know the newest */
function newKey() {
  const kid = `${new Date().toISOString()}-${randomBytes(3).toString('hex')}`;
  return { kty: 'oct', kid, k: randomBytes(32).toString('base64url') };
}

/**
 * @param {Key} key
 * @returns {number} NaN when the id was chosen otherwise: such a key is neither older nor newer than another
 */
function madeAt({ kid }) {
  return Date.parse(/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?/.exec(kid)?.[0] ?? '');
}

/** @type {Record<string, (set: KeySet) => KeySet>} */
const steps = {
  add: ({ keys }) => ({ keys: [...keys, newKey()] }),
  promote: ({ keys }) => {
    const [signing, last] = firstAndLast(keys, 'promote');
    if (madeAt(last) < madeAt(signing))
      throw new Problem(`promote: the newest key, ${signing.kid}, signs already. Run "drop".`);
    return { keys: [last, ...keys.slice(0, -1)] };
  },
  drop: ({ keys }) => {
    const [signing] = firstAndLast(keys, 'drop');
    const newer = keys.find((key) => madeAt(key) > madeAt(signing));
    if (newer !== undefined)
      throw new Problem(`drop: ${newer.kid} is newer than the key that signs, and would go. Run "promote" first.`);
    return { keys: [signing] };
  },
};

/**
 * @param {Key[]} keys
 * @param {string} step
 * @returns {[first: Key, last: Key]} the one that signs, and the one that was added last
 * @throws {Problem} when they are the same
 */
function firstAndLast(keys, step) {
  const [first, ...others] = keys;
  const last = others.at(-1);
  if (first === undefined || last === undefined)
    throw new Problem(`${step}: there is one key only, and it signs. Run "add" first.`);
  return [first, last];
}

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

/**
 * @returns {Promise<KeySet>} the set that was handed in, as the functions read it
 * @throws {Problem} that names what is wrong with it, and no key
 */
async function givenKeys() {
  /** @type {typeof import('../functions/src/settings.js')} */
  const { sessionTokenKeys } = await loadTypescript('functions/src/settings.ts');
  try {
    return sessionTokenKeys({ SESSION_TOKEN_KEYS: readFileSync(0, 'utf8') });
  } catch (error) {
    throw new Problem(`Standard input: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string | undefined} name of the step; undefined: a new set */
async function main(name) {
  if (name === undefined) return { keys: [newKey()] };
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  if (step !== undefined) return step(await givenKeys());
  process.exitCode = 2;
  throw new Problem(`There is no step "${name}"; there are ${Object.keys(steps).join(', ')}, and none for a new set.`);
}

if (isMain(import.meta.url)) {
  try {
    console.log(JSON.stringify(await main(process.argv[2])));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode ??= 1;
  }
}
