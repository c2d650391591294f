/**
 * What an export of CacheBash is in Quarterdeck, as pure functions: read a line, survey all documents, then map each. docs/import-cachebash.md has the
 * fields. It is loaded by whoever imports such an export, and by nothing else.
 */
export * from './cachebash/document.js';
export * from './cachebash/map-document.js';
export type { UuidOf } from './cachebash/map-message.js';
export { type CachebashSurvey, newCachebashSurvey, surveyCachebash } from './cachebash/survey.js';
