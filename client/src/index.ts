export { type Client, createClient } from './client.js';
export { type ClientReason, QuarterdeckError } from './errors.js';
export * from './operations.js';
export type { CallOptions, ClientOptions } from './options.js';
export type { LastWords, Report, SessionHandle, SessionOptions } from './session-handle.js';
export * from './session-manager.js';
export type * from './watch-types.js';
