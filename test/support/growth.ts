/** Of so many runs the least counts: a first run compiles, and another may have to tidy up memory. */
const RUNS = 5;
/** Less says nothing: the clock has steps. */
const LEAST_MS = 0.2;

/** Between what grows with its input, tenfold, and what grows with its square, a hundredfold. */
export const LINEAR = 40;

/**
 * How many times more processor time work takes on an input ten times as large. Neither the speed of a machine nor what else it has to do changes
 * that much; a pattern that backtracks, or a loop in a loop, does.
 * @param work must do the same whenever it is called with the same size
 */
export function growth(work: (size: number) => unknown, size: number): number {
  return least(() => work(size * 10)) / least(() => work(size));
}

/** Milliseconds of processor time. */
function least(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.max(LEAST_MS, Math.min(...times));
}
