const { createHash } = require('node:crypto');

/**
 * A transform that leaves nothing of a package's file but a look outside of the test file's globals: there each process loads the package once, and
 * V8 keeps what it has compiled of it. For packages that are large, and have no state that a test would see of another.
 */
const CODE = "module.exports = globalThis[Symbol.for('quarterdeck.requireOutside')](__filename);";

/** @type {import('@jest/transform').SyncTransformer} */
module.exports = {
  process: () => ({ code: CODE }),
  /** Without it Jest would keep using what an older version of this file made. */
  getCacheKey: (_source, path) => createHash('sha256').update(CODE).update(path).digest('hex'),
};
