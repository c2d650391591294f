// @ts-check
/**
 * Runs CacheBash's server without its limits of requests per minute: they would be measured instead of its work. See measure-peer.mjs.
 *
 * `node bench/peer-server.cjs <its services/mcp-server, built>`
 */
const { join, resolve } = require('node:path');

const folder = resolve(process.argv[2] ?? '.');
const limits = require(join(folder, 'dist/config/rateLimits.js'));
for (const tier of Object.values(limits.TIERS)) tier.requestsPerMinute = Number.POSITIVE_INFINITY;
for (const one of [limits.TENANT_AGGREGATE, limits.AUTH_ATTEMPT, ...Object.values(limits.TOOL_LIMITS)]) {
  one.limit = Number.POSITIVE_INFINITY;
}
require(join(folder, 'dist/index.js'));
