// @ts-check

/** How long one call may take; the first after a start loads code. */
const TIMEOUT_MS = 30_000;

/** Thrown when an HTTP service refuses, or a callable answers with an error. */
export class CallRefused extends Error {
  /**
   * @param {string} what
   * @param {number} status the HTTP status
   * @param {string} reason the service's word for it, as `EMAIL_EXISTS` or `NOT_FOUND`
   */
  constructor(what, status, reason) {
    super(`${what} was refused: ${status} ${reason}`);
    this.status = status;
    this.reason = reason;
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>} the answer's JSON
 */
export async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  const what = new URL(url).pathname.split('/').at(-1) ?? url;
  /** @type {any} */
  let answer = {};
  try {
    answer = JSON.parse(text);
  } catch {
    throw new CallRefused(what, response.status, text.slice(0, 200));
  }
  if (!response.ok)
    throw new CallRefused(what, response.status, answer.error?.status ?? answer.error?.message ?? text.slice(0, 200));
  return answer;
}

/**
 * Calls a callable function.
 *
 * @param {string} functions the address that a function's name is appended to
 * @param {string} name
 * @param {object} data
 * @param {Record<string, string>} headers the credentials
 * @returns {Promise<any>} its result
 */
export async function callFunction(functions, name, data, headers) {
  return (await post(`${functions}/${name}`, { data }, headers)).result;
}
