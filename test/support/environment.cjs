const { TestEnvironment } = require('jest-environment-node');

/** What engine and language make themselves, with a literal, an `async` or a mistake, whatever the global name stands for. */
const MADE_BY_THE_ENGINE = ['Array', 'Promise', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'RegExp'];
/** What is made by its name alone. */
const MADE_BY_NAME = ['Date', 'Map', 'Set', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError'];

/** @param {NodeJS.CallSite | undefined} frame */
const isForeign = (frame) => /^node:|\/node_modules\//.test(frame?.getFileName() ?? '');

const FIRESTORE_UTIL = require.resolve('@google-cloud/firestore/build/src/util.js');

/** @param {string} path */
function requireOutside(path) {
  const exported = require(path);
  const firestore = require.cache[FIRESTORE_UTIL];
  // The SDK knows a plain object by its prototype, of which each test file has its own, or else by the name of its `constructor`, which may be a field.
  if (firestore) firestore.exports.isPlainObject = isPlainObject;
  return exported;
}

/** @param {unknown} value */
function isPlainObject(value) {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Node, as Jest knows it: each test file has globals of its own, and its own copy of all that it imports, but for the packages that
 * shared-packages.cjs takes from outside. What passes between the two has to be `instanceof` the same names, and to see the same environment.
 * See docs/decisions/036-test-files-share-packages.md.
 */
module.exports = class extends TestEnvironment {
  #env = { ...process.env };
  #console = console;

  /** @param {ConstructorParameters<typeof TestEnvironment>} args */
  constructor(...args) {
    super(...args);
    /** @type {any[]} */
    const [inside, outside] = [this.global, globalThis];
    for (const name of MADE_BY_THE_ENGINE) Object.setPrototypeOf(inside[name].prototype, outside[name].prototype);
    for (const name of MADE_BY_NAME) inside[name] = outside[name];
    inside.process.env = process.env;
    inside[Symbol.for('quarterdeck.requireOutside')] = requireOutside;
  }

  /** @override */
  async setup() {
    await super.setup();
    // What a shared package says is looked through by the tests that look through all that is said.
    globalThis.console = this.global.console;
    // The Admin SDK asks for the stack with each request: Jest's hundred lines are costly, and so is each that Jest traces back to a source.
    Error.stackTraceLimit = 10;
    const tracedBack = /** @type {NonNullable<typeof Error.prepareStackTrace>} */ (Error.prepareStackTrace);
    Error.prepareStackTrace = (error, frames) =>
      tracedBack(
        error,
        isForeign(frames[0]) ? frames.filter((frame, index) => index === 0 || !isForeign(frame)) : frames,
      );
  }

  /** @override */
  async teardown() {
    // Another file may want an app of the same name.
    const { getApps, deleteApp } = require.cache[require.resolve('firebase-admin/app')]?.exports ?? {};
    await Promise.all(getApps?.().map(deleteApp) ?? []);
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    globalThis.console = this.#console;
    await super.teardown();
  }
};
