import ipaddr from 'ipaddr.js';

/** All of IPv6 that is routed on the internet (RFC 4291, section 2.4); what is special within it, the library knows. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Of Microsoft's, and answered inside every machine of its cloud: the platform's own services. */
const WIRE_SERVER = '168.63.129.16';

/**
 * True for an address on the internet. What could lead anywhere else is not: private, loopback, link-local, shared (carrier-grade NAT), multicast and
 * reserved ranges, and every IPv6 address that has an IPv4 one inside it (mapped, translated, 6to4, Teredo).
 * @param address as a resolver answers it; anything else is not public either
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_UNICAST);
  return parsed.toString() !== WIRE_SERVER;
}

/** True for this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

/** True for what is written as an address, not as a name. */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host);
}
