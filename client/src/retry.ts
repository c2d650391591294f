/** The longest wait before the first repetition; it doubles with each … */
const FIRST_WAIT_MS = 200;
/** … up to this. */
const LONGEST_WAIT_MS = 5000;

/**
 * How long to wait before a call is repeated: any time up to a limit that doubles, so that clients which failed together don't come back together
 * (full jitter: aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 * @param attempt counts from 0
 * @param random 0 to 1
 * @param retryAfterSeconds what the server asked for; it is never undercut
 */
export function waitBeforeRetry(attempt: number, random: number, retryAfterSeconds = 0): number {
  const limit = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return retryAfterSeconds * 1000 + random * limit;
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, gaveUp) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      gaveUp(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      done();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
