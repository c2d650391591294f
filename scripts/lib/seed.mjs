// @ts-check
import { randomBytes } from 'node:crypto';
import { CallRefused, callFunction, post } from './call.mjs';
import { projectId } from './paths.mjs';

/** The person who owns the local account. */
const ADMIN_EMAIL = 'admin@quarterdeck.local';

/** The program that the first agent key is for. */
const FIRST_PROGRAM = 'builder';

/**
 * Who is there from the first start on. The keys are shown once, so they are kept in local.json.
 *
 * @typedef {object} Identities
 * @property {string} account
 * @property {string} adminEmail
 * @property {string} adminPassword
 * @property {string} adminKey
 * @property {string} programId
 * @property {string} programKey
 */

/**
 * @param {string} functions the address that a function's name is appended to
 * @param {Partial<Identities>} known what local.json says from an earlier start
 * @returns {Promise<Identities | undefined>} the known ones if their keys still open the account; undefined when the data are new
 */
export async function knownIdentities(functions, known) {
  const { account, adminEmail, adminPassword, adminKey, programId, programKey } = known;
  if (!account || !adminEmail || !adminPassword || !adminKey || !programId || !programKey) return undefined;
  try {
    await callFunction(functions, 'getAccount', {}, { 'X-Api-Key': adminKey });
  } catch (error) {
    if (error instanceof CallRefused && error.status < 500) return undefined;
    throw error;
  }
  return { account, adminEmail, adminPassword, adminKey, programId, programKey };
}

/**
 * Makes the account, its admin and the first keys, through the doors that everybody uses.
 *
 * @param {object} where
 * @param {string} where.functions the address that a function's name is appended to
 * @param {string} where.auth the Auth emulator's host:port
 * @param {string} [where.email] the admin's; by default the one of the local account
 * @returns {Promise<Identities>}
 */
export async function seed({ functions, auth, email = ADMIN_EMAIL }) {
  const adminPassword = randomBytes(18).toString('base64url');
  const idToken = await signUp(auth, email, adminPassword);
  const signedIn = { Authorization: `Bearer ${idToken}` };
  const { accountId } = await callFunction(functions, 'createAccount', { name: 'Local' }, signedIn);
  const admin = { programId: 'admin', label: 'Local admin', role: 'admin' };
  const program = { programId: FIRST_PROGRAM, label: 'First program', role: 'program' };
  const { key: adminKey } = await callFunction(functions, 'createKey', admin, signedIn);
  const { key: programKey } = await callFunction(functions, 'createKey', program, signedIn);
  return { account: accountId, adminEmail: email, adminPassword, adminKey, programId: FIRST_PROGRAM, programKey };
}

/**
 * @param {string} auth
 * @param {string} email
 * @param {string} password
 * @returns {Promise<string>} the admin's ID token
 */
async function signUp(auth, email, password) {
  const accounts = `http://${auth}/identitytoolkit.googleapis.com/v1/accounts`;
  const credentials = { email, password, returnSecureToken: true };
  try {
    return (await post(`${accounts}:signUp?key=local`, credentials)).idToken;
  } catch (error) {
    if (!(error instanceof CallRefused && error.reason === 'EMAIL_EXISTS')) throw error;
  }
  // The data are from a former start, but local.json with the password is gone: the way out is everybody's who forgets one.
  await post(`${accounts}:sendOobCode?key=local`, { requestType: 'PASSWORD_RESET', email });
  const { oobCodes } = /** @type {any} */ (
    await (await fetch(`http://${auth}/emulator/v1/projects/${projectId}/oobCodes`)).json()
  );
  const { oobCode } = oobCodes.findLast((/** @type {{ email: string }} */ oobCode) => oobCode.email === email);
  await post(`${accounts}:resetPassword?key=local`, { oobCode, newPassword: password });
  return (await post(`${accounts}:signInWithPassword?key=local`, credentials)).idToken;
}
