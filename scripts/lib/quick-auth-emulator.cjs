// @ts-check
/**
 * Preloaded into the Firebase CLI. Its Auth emulator compiles a validator for each parameter of a thousand methods before it listens, which is
 * half of what the whole suite takes to start. Compiled when they are first needed, the few that are used cost a moment.
 */
const { createRequire } = require('node:module');

const ofTheCli = createRequire(require.resolve('firebase-tools/package.json'));
const exegesis = ofTheCli('exegesis-express');
const { middleware } = exegesis;

/**
 * @param {object} document the OpenAPI description of the service
 * @param {object} options
 */
exegesis.middleware = (document, options) => middleware(document, { lazyCompileValidationSchemas: true, ...options });
