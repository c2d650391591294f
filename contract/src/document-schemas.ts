import {
  accountWithSettings,
  numbered,
  programStateWithWriter,
  programWithStanding,
  type Step,
  type StoredFields,
  sessionWithLifecycle,
  snapshotWithWholeSummary,
} from './document-steps.js';
import type { documents } from './documents.js';

/** What kind of thing a document is: the name of its path. */
export type DocumentKind = keyof typeof documents;

/** The field in which a document says which shape it has. A word of the store: no answer, event or export shows it. */
export const SCHEMA_VERSION = 'schemaVersion';

/** A live session and one that ended are one thing in two places: they have the same steps. */
const SESSION_STEPS = [sessionWithLifecycle] as const;

/**
 * Every kind of document, with the steps that lead from its first shape to the present one: their number is its schema version. Without steps, why it has none.
 * Nothing here imports zod when it runs. Held by document-schemas.test.ts.
 */
export const SCHEMAS = {
  account: [accountWithSettings],
  program: [programWithStanding],
  session: SESSION_STEPS,
  endedSession: SESSION_STEPS,
  slots: 'An index of the live sessions, entry by entry: it is made again from them.',
  spawnRequest: [numbered],
  spawnCounter: [numbered],
  programState: [programStateWithWriter],
  contextSnapshot: [snapshotWithWholeSummary],
  fleet: 'Computed anew with every visit, and whenever somebody asks; new programs are added to it unread.',
  fleetDay: [numbered],
  window: [numbered],
  task: [numbered],
  memory: [numbered],
  message: [numbered],
  event: [numbered],
  member: [numbered],
  webhooks: [numbered],
  webhookSecret: [numbered],
  delivery: [numbered],
  devices: [numbered],
  push: [numbered],
  deviceAccount: [numbered],
  apiKey: [numbered],
  principal: [numbered],
  invitation: [numbered],
  idempotentCall: 'Kept for a day. Whoever finds one that it does not understand runs the call again.',
  invalidations: 'The last hundred changes, looked at within half a minute.',
} as const satisfies Readonly<Record<DocumentKind, readonly [Step, ...Step[]] | string>>;

/** A kind whose documents outlive a release. */
export type VersionedKind = {
  [Kind in DocumentKind]: (typeof SCHEMAS)[Kind] extends string ? never : Kind;
}[DocumentKind];

/** All of them. */
export const VERSIONED_KINDS = (Object.keys(SCHEMAS) as DocumentKind[]).filter(isVersioned);

export function isVersioned(kind: DocumentKind): kind is VersionedKind {
  return typeof SCHEMAS[kind] !== 'string';
}

/** The present schema version of a kind, counted from 1. Undefined: it has none. */
export function schemaVersionOf(kind: VersionedKind): number;
export function schemaVersionOf(kind: DocumentKind): number | undefined;
export function schemaVersionOf(kind: DocumentKind): number | undefined {
  const schema = SCHEMAS[kind];
  return typeof schema === 'string' ? undefined : schema.length;
}

/** The schema version of a stored document; 0: it is from before there were any. */
export function storedSchemaVersion(data: StoredFields): number {
  const version = data[SCHEMA_VERSION];
  return typeof version === 'number' ? version : 0;
}

/** True for a document that a newer version of Quarterdeck wrote than this one. */
export function isOfNewerSchema(kind: DocumentKind, data: StoredFields): boolean {
  return storedSchemaVersion(data) > (schemaVersionOf(kind) ?? Number.POSITIVE_INFINITY);
}

/**
 * A stored document in its present shape, whatever version wrote it. Pure. One that is present already, that a newer version wrote, or whose kind has no versions is
 * answered as it is, uncopied.
 */
export function upgrade<T extends StoredFields>(kind: DocumentKind, data: T): T;
export function upgrade(kind: DocumentKind, data: StoredFields): StoredFields {
  const schema: readonly Step[] | string = SCHEMAS[kind];
  const version = storedSchemaVersion(data);
  if (typeof schema === 'string' || version >= schema.length) return data;
  const present = schema.slice(version).reduce((older, step) => step(older), data);
  return { ...present, [SCHEMA_VERSION]: schema.length };
}
