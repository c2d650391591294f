/**
 * Where documents are, what the clock says of stored sessions and fleets, and lists of words: for whoever listens to documents and needs no schemas. Nothing here imports
 * zod when it runs.
 */
export * from './attention.js';
export * from './blank-program-state.js';
export * from './blank-session.js';
export * from './decay.js';
export * from './document-schemas.js';
export type { StoredFields } from './document-steps.js';
export * from './documents.js';
export * from './event-types.js';
export * from './export-file.js';
export * from './fleet-view.js';
export * from './lifecycle.js';
export * from './moments.js';
export * from './read-document.js';
export * from './session-limit.js';
export * from './session-view.js';
export * from './staleness.js';
export * from './target.js';
export * from './task-view.js';
