// @ts-check
/**
 * The local HTTP door: serves the functions' HTTP handlers the way Cloud Run does, many requests at once in one process.
 *
 * The functions emulator starts a process per concurrent call, so ten agents beating together would wait for ten cold starts.
 * The address is the emulator's, `http://127.0.0.1:<port>/<project>/us-central1/<function>`, so `connectFunctionsEmulator` finds it.
 * In front of it stands what Firebase Hosting does, so that the dashboard, `/mcp`, `/v1/…` and `/docs` are below one origin: see lib/hosting.mjs.
 *
 * As a command: `node scripts/serve.mjs --port=5001 [--bundle=functions/dist] [--page=web/dist] [--local=local.json]`, with the emulators' addresses in the environment.
 */
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMain, option } from './lib/command-line.mjs';
import { firebaseConfig, functionRewrites, localAdmin, servePage } from './lib/hosting.mjs';
import { functionsDist, projectId as localProject } from './lib/paths.mjs';
import { timeLines } from './lib/timed-lines.mjs';

/** What Cloud Run's function framework reads; a larger body is refused with 413. */
const LARGEST_BODY = '10mb';

const REGION = 'us-central1';

/** Longer than clients keep a connection: one that is closed from here, on a busy machine just as it is used again, is an error to them. */
const KEEP_ALIVE_MS = 600_000;

/** The function that is called once at the start, signed out: its chunks and the Firestore channel are what every agent needs. */
const WARM_UP = 'heartbeat';

/**
 * @typedef {((request: unknown, response: unknown) => unknown) & { __endpoint?: { httpsTrigger?: object, callableTrigger?: object } }} DeployedFunction
 */

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free one
 * @param {string} [options.bundle] the folder with the built functions
 * @param {string} [options.page] the folder with the built dashboard; absent: there is none
 * @param {string} [options.local] local.json, which says who the local admin is
 * @param {string} [options.projectId]
 * @returns {Promise<{ origin: string, functions: string, close: () => Promise<void> }>} `functions` is the address that a function's name is appended to
 */
export async function serve({ port = 0, bundle = functionsDist, page, local, projectId = localProject } = {}) {
  describeProject(projectId);
  const { default: express } = await import('express');
  /** @type {Record<string, DeployedFunction>} */
  const exported = await import(pathToFileURL(join(bundle, 'index.mjs')).href);
  const app = express();
  app.disable('x-powered-by');
  const keepRaw = { limit: LARGEST_BODY, verify: keepRawBody };
  app.use(express.json(keepRaw));
  app.use(express.text(keepRaw));
  app.use(express.urlencoded({ ...keepRaw, extended: true }));
  app.use(express.raw({ ...keepRaw, type: () => true }));
  app.use(passUnreadBodies);
  for (const { path, source, functionId } of functionRewrites()) {
    const handler = exported[functionId];
    if (handler === undefined)
      throw new Error(`firebase.json: "${source}" goes to "${functionId}", which is no function.`);
    // Hosting leaves the path whole.
    app.all(path, (request, response) => void handler(request, response));
  }
  /** @type {string[]} */
  const names = [];
  for (const [name, handler] of Object.entries(exported)) {
    if (!handler.__endpoint?.httpsTrigger && !handler.__endpoint?.callableTrigger) continue;
    app.use(`/${projectId}/${REGION}/${name}`, /** @type {import('express').RequestHandler} */ (handler));
    names.push(name);
  }
  app.get('/__/firebase/init.json', ({ hostname }, response) => {
    response.set('Cache-Control', 'no-store');
    response.json({ ...firebaseConfig(projectId), ...(local !== undefined && localAdmin(local, hostname)) });
  });
  if (page !== undefined) servePage(app, express, page);
  app.use((/** @type {import('express').Request} */ request, /** @type {import('express').Response} */ response) => {
    const message = `No function answers at ${request.path}. The functions are below /${projectId}/${REGION}/: ${names.join(', ')}.`;
    response.status(404).json({ error: { status: 'NOT_FOUND', message } });
  });
  app.use(answerError);

  const server = app.listen(port, '127.0.0.1');
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : port}`;
  const functions = `${origin}/${projectId}/${REGION}`;
  if (names.includes(WARM_UP)) await warmUp(`${functions}/${WARM_UP}`);
  return {
    origin,
    functions,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/**
 * What a deployed function finds in its environment. The emulators' addresses are the caller's to set.
 *
 * @param {string} projectId
 */
function describeProject(projectId) {
  process.env.GCLOUD_PROJECT ??= projectId;
  process.env.FIREBASE_CONFIG ??= JSON.stringify({ projectId });
  process.env.FUNCTIONS_EMULATOR ??= 'true';
  process.env.TZ ??= 'UTC';
  process.env.METADATA_SERVER_DETECTION ??= 'none'; // Google's clients look for a cloud around them, in vain and slowly
}

/**
 * Cloud Run's framework keeps the body as it came, because signatures are computed over it.
 *
 * @param {import('node:http').IncomingMessage & { rawBody?: Buffer }} request
 * @param {unknown} _response
 * @param {Buffer} body
 */
function keepRawBody(request, _response, body) {
  request.rawBody = body;
}

/**
 * The REST and the MCP door read the body as it came and say themselves what is wrong with it, the hooks' also when it is too large: they are always
 * answered well. For other functions the framework answers.
 *
 * @param {Error & { type?: string }} error
 * @param {import('express').Request} request
 * @param {import('express').Response} _response
 * @param {import('express').NextFunction} next
 */
function passUnreadBodies(error, request, _response, next) {
  const readsItself =
    /^\/((v1|api|hooks)\/|mcp$)/.test(request.path) || new RegExp(`/${REGION}/(api/|mcp$)`).test(request.path);
  const passes =
    error.type === 'entity.parse.failed' ? readsItself : error.type === 'entity.too.large' && isHook(request);
  next(passes ? undefined : error);
}

/** @param {import('express').Request} request */
function isHook({ path }) {
  return path.startsWith('/hooks/') || path.includes(`/${REGION}/api/hooks/`);
}

/**
 * What a handler did not answer itself, or a body that can't be read.
 *
 * @param {Error & { status?: number }} error
 * @param {import('express').Request} _request
 * @param {import('express').Response} response
 * @param {import('express').NextFunction} next
 */
function answerError(error, _request, response, next) {
  if (response.headersSent) return next(error);
  const status = error.status ?? 500;
  if (status >= 500) console.error(error);
  const name = status === 413 ? 'RESOURCE_EXHAUSTED' : status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL';
  response.status(status).json({ error: { status: name, message: status < 500 ? error.message : 'Internal error.' } });
}

/** @param {string} url */
async function warmUp(url) {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"data":{}}',
  });
  await response.text();
  console.log(`warmed up: ${WARM_UP} answered ${response.status} in ${Math.round(performance.now() - started)} ms`);
}

/** @param {'page' | 'local'} name */
function pathOption(name) {
  const given = option(name);
  return given === undefined ? {} : { [name]: resolve(given) };
}

if (isMain(import.meta.url)) {
  for (const stream of [process.stdout, process.stderr]) timeLines(stream);
  const door = await serve({
    port: Number(option('port') ?? 5001),
    bundle: resolve(option('bundle') ?? functionsDist),
    ...pathOption('page'),
    ...pathOption('local'),
  });
  // One broken request must not take the others down. Cloud Run would replace the instance; here there is only this one.
  process.on('uncaughtException', (error) => console.error('uncaught:', error));
  process.on('unhandledRejection', (error) => console.error('unhandled:', error));
  console.log(`functions ready on ${door.functions}`);
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(name, () => {
      setTimeout(() => process.exit(0), 3000).unref(); // for requests that are still being answered
      void door.close().then(() => process.exit(0));
    });
  }
}
