// @ts-check

/**
 * @param {number[]} values
 * @param {number} share 0.5 for the median, 0.99 for what one in a hundred exceeds
 * @returns {number}
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/**
 * @param {number[]} values
 * @returns {number}
 */
export function median(values) {
  return percentile(values, 0.5);
}
