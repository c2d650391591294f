// @ts-check

/**
 * Puts the time into lines of the functions' log: Cloud Logging knows when a line was written, a file does not.
 *
 * @param {string} text what was written at once: whole lines, as console and logger write them
 * @param {Date} now
 * @returns {string} the same, with `time` as the first field of each line that is an entry
 */
export function timedLines(text, now) {
  return text.replace(/^\{(?=.*"severity":")/gm, `{"time":"${now.toISOString()}",`);
}

/**
 * From now on all that this stream is given as text has the time in it.
 *
 * @param {NodeJS.WriteStream} stream
 */
export function timeLines(stream) {
  const write = stream.write.bind(stream);
  stream.write = /** @type {typeof stream.write} */ (
    (/** @type {any} */ chunk, /** @type {any} */ ...rest) =>
      write(typeof chunk === 'string' ? timedLines(chunk, new Date()) : chunk, ...rest)
  );
}
