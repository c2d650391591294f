import { limits } from '@quarterdeck/contract';
import { parseUrl } from './parse-url.js';
import { isAddress, isLoopbackAddress, isPublicAddress } from './webhook-address.js';

/** Names that lead into a network of somebody's own (RFC 6761, RFC 6762, RFC 8375, RFC 9476), cloud metadata services included. */
const INNER_NAMES = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|alt|onion|test|invalid)$/;
const LOWEST_OPEN_PORT = 1024;
/** For who tries webhooks out; what is deployed refuses the setting. */
const LOOPBACK_HINT =
  '; for an address on your own machine start the local copy with QUARTERDECK_WEBHOOK_LOOPBACK=allow';

/**
 * What is wrong with the address of an endpoint, as far as it can be told without looking its name up; undefined: nothing.
 * @param allowsLoopback true: this machine, with http too, on any port
 */
export function urlProblem(text: string, allowsLoopback: boolean): string | undefined {
  const url = parseUrl(text);
  if (url === undefined) return 'must be a URL, such as https://example.com/quarterdeck';
  if (url.href.length > limits.WEBHOOK_URL_MAX_CHARS)
    return `must be at most ${limits.WEBHOOK_URL_MAX_CHARS} characters`;
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  const host = hostOf(url);
  if (allowsLoopback && /^https?:$/.test(url.protocol) && isLoopbackHost(host)) return undefined;
  const hint = isLoopbackHost(host) && !allowsLoopback && /^https?:$/.test(url.protocol) ? LOOPBACK_HINT : '';
  if (url.protocol !== 'https:') return `must begin with https://${hint}`;
  if (url.port !== '' && Number(url.port) < LOWEST_OPEN_PORT) return 'must use port 443, or one from 1024 on';
  const isOutside = isAddress(host) ? isPublicAddress(host) : host.includes('.') && !INNER_NAMES.test(host);
  return isOutside ? undefined : `must lead to a public address, not into a private network${hint}`;
}

/** The name or address of a URL as a resolver takes it: IPv6 without brackets, names without the dot of the root. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '');
}

/** True for this machine, by its name or its address. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}
