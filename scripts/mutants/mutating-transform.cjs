const swc = require('@swc/jest');

/** The file whose text is another one, and the text to replace: `{ path, find, replace }` as JSON. */
const mutant = process.env.QUARTERDECK_MUTANT ? JSON.parse(process.env.QUARTERDECK_MUTANT) : undefined;

/**
 * @param {string} source
 * @param {string} path
 */
function mutated(source, path) {
  if (path !== mutant?.path) return source;
  const [before, after, ...more] = source.split(mutant.find);
  if (after === undefined || more.length > 0) throw new Error(`${path} has not once: ${mutant.find}`);
  return before + mutant.replace + after;
}

/** The usual transform, but for one file. What it makes is kept under the text that it was made from, so the other files are made once for all mutants. */
module.exports = {
  /** @param {object} options of the usual one */
  createTransformer(options) {
    const usual = swc.createTransformer(options);
    /** @param {'process' | 'processAsync' | 'getCacheKey'} method */
    const on =
      (method) =>
      /** @type {(source: string, path: string, ...rest: any[]) => any} */
      (source, path, ...rest) =>
        /** @type {any} */ (usual)[method](mutated(source, path), path, ...rest);
    return {
      ...usual,
      process: on('process'),
      processAsync: on('processAsync'),
      getCacheKey: on('getCacheKey'),
    };
  },
};
