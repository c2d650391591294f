// @ts-check
/** What Firebase Hosting does in the cloud, for the local door: files, rewrites and headers of firebase.json, and the configuration of a web app. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} Hosting
 * @property {({ source: string, function: { functionId: string } } | { source: string, destination: string })[]} rewrites
 * @property {{ source: string, headers: { key: string, value: string }[] }[]} headers
 */

/** @returns {Hosting} */
function hosting() {
  return JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')).hosting;
}

/**
 * Which function answers the requests that no file answers, in order.
 *
 * @returns {{ path: RegExp, source: string, functionId: string }[]}
 */
export function functionRewrites() {
  return hosting().rewrites.flatMap((rewrite) =>
    'function' in rewrite
      ? [{ path: pathOf(rewrite.source), source: rewrite.source, functionId: rewrite.function.functionId }]
      : [],
  );
}

/**
 * Serves the dashboard as Hosting does: a file where there is one, and the page everywhere else.
 *
 * @param {import('express').Express} app
 * @param {typeof import('express')} express
 * @param {string} folder with the built page
 */
export function servePage(app, express, folder) {
  const rules = hosting().headers.map(({ source, headers }) => ({ path: pathOf(source), headers }));
  app.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    for (const { path, headers } of rules) {
      if (path.test(request.path))
        for (const { key, value } of headers) response.setHeader(key, allowingEmulators(key, value));
    }
    next();
  });
  app.use(express.static(folder, { cacheControl: false }));
  app.use((request, response, next) => {
    const isPage = request.method === 'GET' && request.accepts(['html', 'json']) === 'html';
    if (isPage) response.sendFile('index.html', { root: folder, cacheControl: false });
    else next();
  });
}

/**
 * What Hosting tells a web app of its project, and where the emulators are, which take any key.
 *
 * @param {string} projectId
 */
export function firebaseConfig(projectId) {
  const { FIREBASE_AUTH_EMULATOR_HOST: auth, FIRESTORE_EMULATOR_HOST: firestore } = process.env;
  return {
    projectId,
    apiKey: 'local',
    authDomain: `${projectId}.firebaseapp.com`,
    ...(auth && firestore && { emulators: { auth, firestore } }),
  };
}

/**
 * The admin that the first start made, for signing in with one click.
 *
 * @param {string} file local.json, once the start has written it
 * @param {string} hostname that the browser asked for: a name of somebody else's that leads here gets nothing
 */
export function localAdmin(file, hostname) {
  if (hostname !== '127.0.0.1' && hostname !== 'localhost') return {};
  try {
    const { adminEmail: email, adminPassword: password } = JSON.parse(readFileSync(file, 'utf8'));
    return email && password ? { localAdmin: { email, password } } : {};
  } catch {
    return {};
  }
}

/**
 * The page talks to the emulators, which are on other ports.
 *
 * @param {string} key
 * @param {string} value
 */
function allowingEmulators(key, value) {
  if (key !== 'Content-Security-Policy') return value;
  const { FIREBASE_AUTH_EMULATOR_HOST: auth, FIRESTORE_EMULATOR_HOST: firestore } = process.env;
  const emulators = [auth, firestore].filter(Boolean).map((host) => `http://${host}`);
  return value
    .replace("connect-src 'self'", `connect-src 'self' ${emulators.join(' ')}`)
    .replace("frame-src 'self'", `frame-src 'self' ${emulators.join(' ')}`);
}

/**
 * A glob of firebase.json: `**` at the end, or `!` before all of it, is what ours use.
 *
 * @param {string} glob
 * @returns {RegExp}
 */
function pathOf(glob) {
  if (glob.startsWith('!')) return new RegExp(`^(?!${pathOf(glob.slice(1)).source.slice(1)})`);
  if (glob === '**') return /^/;
  const [before = '', ...rest] = glob.split('/**');
  if (/[*?[\](){}]/.test(before) || rest.join('') !== '') {
    throw new Error(`firebase.json: "${glob}" is a glob that the local door does not know.`);
  }
  return new RegExp(`^${before.replaceAll('.', '\\.')}${rest.length === 0 ? '' : '(/.*)?'}$`);
}
