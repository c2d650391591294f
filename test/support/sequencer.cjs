const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * What takes longest begins first, so that nothing long is left when the rest is done: the end-to-end tests, which mostly wait, then these. Jest
 * knows from the run before, but not in a fresh clone.
 */
const LONG = [
  /\/test\/e2e\/(start|cli|live|guides)\./,
  /\/test\/e2e\//,
  /\/test\/faults\/sweep-converges\./,
  /\/test\/integration\/(session-limit|hooks|tasks-by-model|bad-input)\./,
  /\/test\/rules\/matrix\./,
  /\/test\/faults\//,
];

/** @param {{ readonly path: string }} test */
function rank({ path }) {
  const index = LONG.findIndex((pattern) => pattern.test(path));
  return index < 0 ? LONG.length : index;
}

module.exports = class extends Sequencer {
  /**
   * @override
   * @param {import('@jest/test-result').Test[]} tests
   */
  async sort(tests) {
    const known = await super.sort(tests);
    return [...known].sort((a, b) => rank(a) - rank(b));
  }
};
