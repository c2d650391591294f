import { Activity, documents, limits, SCHEMA_VERSION, schemaVersionOf } from '@quarterdeck/contract';
import {
  Bytes,
  deleteDoc,
  deleteField,
  doc,
  type Firestore,
  serverTimestamp,
  setDoc,
  updateDoc,
  writeBatch,
} from 'firebase/firestore';
import { aSession, START } from '../support/builders.js';
import { fixture } from '../support/document-fixtures.js';
import { ACCOUNT, type CallerName, OWNER } from './callers.js';
import type { Case } from './cases.js';

const OWN = { programId: OWNER };
const THE_TIME = { lastHeartbeat: serverTimestamp() };
const LIVE_FIELDS = { status: 'Running tests', progress: 40, contextBytes: 300_000, activity: 'ready' } as const;

/** A beat as it is sent; what is absent is the ordinary: the owner program updates its own live session. */
interface Beat {
  readonly title: string;
  readonly caller?: CallerName;
  readonly session?: object;
  /** Where the session is; `live` when absent. */
  readonly place?: 'live' | 'ended' | 'nowhere';
  /** What `updateDoc` sends beside the time … */
  readonly fields?: object;
  /** … or another request altogether. */
  readonly request?: (db: Firestore, path: string) => Promise<unknown>;
}

const update = (fields: object) => (db: Firestore, path: string) => updateDoc(doc(db, path), fields);
const { activity: _, ...withoutActivity } = aSession();
const VERSIONED = { ...aSession(), [SCHEMA_VERSION]: schemaVersionOf('session') };

function each(field: keyof typeof LIVE_FIELDS, values: Readonly<Record<string, unknown>>): Beat[] {
  return Object.entries(values).map(([title, value]) => ({
    title: `${field}: ${title}`,
    // Stored is something else, so that the field does change.
    session: aSession({ status: 'Starting', progress: 1, contextBytes: 1, activity: 'idle' }),
    fields: { [field]: value },
  }));
}

const allowed: readonly Beat[] = [
  { title: 'the time alone', fields: {} },
  ...Object.entries(LIVE_FIELDS).map(([field, value]) => ({ title: `${field} alone`, fields: { [field]: value } })),
  { title: 'all fields together', fields: LIVE_FIELDS },
  ...each('status', {
    'one character': 'x',
    'as long as may be': 'x'.repeat(limits.STATUS_MAX_CHARS),
    'in several lines': '\nTests:\n2 of 3 pass\n',
    'spaces around it': ' \t waiting \t ',
    'no-break spaces around it': '\u00a0waiting\u00a0',
    'an emoji': '\u{1f469}\u200d\u{1f4bb}',
    'a private-use character beside a letter': '\ue000x',
  }),
  ...each('progress', { none: 0, all: limits.PROGRESS_MAX_PERCENT, 'a fraction': 33.3 }),
  ...each('contextBytes', { none: 0 }),
  ...Activity.options
    .filter((activity) => activity !== 'exited')
    .map((activity) => ({ title: `activity: ${activity}`, fields: { activity } })),
  { title: 'activity: null, after it was something', session: aSession(LIVE_FIELDS), fields: { activity: null } },
  { title: 'a session stored before it had an activity', session: withoutActivity, fields: { progress: 50 } },
  { title: 'a session as it is stored now, with its schema version', session: VERSIONED, fields: LIVE_FIELDS },
  ...Array.from({ length: schemaVersionOf('session') }, (_, version) => ({
    title: `a session as version ${version} stored it`,
    session: fixture('session', version),
    fields: LIVE_FIELDS,
  })),
  {
    title: 'a session of a newer version',
    session: { ...VERSIONED, [SCHEMA_VERSION]: 99, surprise: 1 },
    fields: LIVE_FIELDS,
  },
  { title: 'a merging set', request: (db, path) => setDoc(doc(db, path), THE_TIME, { merge: true }) },
  { title: "the owner program's admin key", caller: "the owner program's admin key", fields: LIVE_FIELDS },
];

const otherFields = Object.keys(aSession()).filter((field) => !(field in LIVE_FIELDS) && field !== 'lastHeartbeat');

const denied: readonly Beat[] = [
  // Only the server's clock counts.
  ...Object.entries(LIVE_FIELDS).map(([field, value]) => ({
    title: `${field} without the time`,
    session: aSession({ lastHeartbeat: START }),
    request: update({ [field]: value }),
  })),
  { title: "the client's time", fields: { lastHeartbeat: new Date() } },
  { title: 'a time that is over', fields: { lastHeartbeat: START } },
  { title: 'a time to come', fields: { lastHeartbeat: new Date(Date.now() + 3_600_000) } },
  { title: 'null for the time', session: aSession({ lastHeartbeat: START }), fields: { lastHeartbeat: null } },
  {
    title: 'the time removed',
    session: aSession({ lastHeartbeat: START }),
    fields: { lastHeartbeat: deleteField() },
  },

  // No field but the live ones.
  ...otherFields.map((field) => ({ title: `${field} changed`, fields: { ...LIVE_FIELDS, [field]: 'another' } })),
  ...otherFields.map((field) => ({ title: `${field} removed`, fields: { [field]: deleteField() } })),
  { title: 'a new field', fields: { surprise: true } },
  ...Object.entries({ raised: 2, lowered: 0, removed: deleteField(), 'made text': '1' }).map(([how, version]) => ({
    title: `the schema version ${how}`,
    session: VERSIONED,
    fields: { [SCHEMA_VERSION]: version },
  })),
  { title: 'a schema version for a session that has none', fields: { [SCHEMA_VERSION]: 1 } },
  { title: 'outcome added', fields: { outcome: 'completed' } },
  {
    title: 'a field inside of another',
    session: aSession({ tokens: { inputTokens: 1, outputTokens: 1 } }),
    fields: { 'tokens.inputTokens': 2 },
  },

  // Types and bounds.
  ...each('status', {
    empty: '',
    'one character too long': 'x'.repeat(limits.STATUS_MAX_CHARS + 1),
    'spaces alone': '   ',
    'line breaks alone': '\n\r\n',
    'a tab': '\t',
    'a vertical tab': '\v',
    'a no-break space': '\u00a0',
    'an ideographic space': '\u3000',
    'a line separator': '\u2028',
    'a byte order mark': '\ufeff',
    'a zero-width space': '\u200b',
    null: null,
    'a number': 7,
    'a list': ['x'],
    'a map': { text: 'x' },
    bytes: Bytes.fromUint8Array(new Uint8Array([120])),
  }),
  ...each('progress', {
    negative: -1,
    'one too many': limits.PROGRESS_MAX_PERCENT + 1,
    'just too many': limits.PROGRESS_MAX_PERCENT + 0.01,
    'just negative': -0.01,
    NaN: Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    null: null,
    text: '50',
    'a boolean': true,
    'a list': [50],
  }),
  ...each('contextBytes', { negative: -1, 'a fraction': 1.5, null: null, text: '1000', 'a boolean': true }),
  ...each('activity', {
    'exited, which ends a session': 'exited',
    'an unknown one': 'surprise',
    capitals: 'ACTIVE',
    empty: '',
    'a boolean': true,
    'a list': ['ready'],
  }),
  ...Object.keys(LIVE_FIELDS).map((field) => ({
    title: `${field} removed`,
    session: aSession(LIVE_FIELDS),
    fields: { [field]: deleteField() },
  })),
  ...Object.keys(LIVE_FIELDS).map((field) => ({
    title: `${field} wrong among good ones`,
    fields: { ...LIVE_FIELDS, [field]: -1 },
  })),

  // Another's session, or none.
  ...(
    [
      'another program',
      'an admin',
      'an auditor',
      "the owner program's auditor key",
      "another program's admin key",
      'a token from before validSince',
      'a revoked identity',
      'an expired key',
      'a signed-out client',
    ] as const
  ).map((caller) => ({ title: caller, caller, fields: LIVE_FIELDS })),
  ...(['the owner program', 'an admin', "the owner program's admin key"] as const).map((caller) => ({
    title: `${caller}, when the session belongs to the account`,
    caller,
    session: aSession({ programId: null }),
    fields: {},
  })),
  { title: 'a session that is over', session: { ...aSession(), state: 'complete' }, place: 'ended', fields: {} },
  { title: 'a session that is not there', place: 'nowhere', fields: {} },

  // Another way of writing.
  { title: 'a set that replaces the session', request: (db, path) => setDoc(doc(db, path), { ...OWN, ...THE_TIME }) },
  {
    title: 'a set that makes a session',
    place: 'nowhere',
    request: (db, path) => setDoc(doc(db, path), { ...aSession(), ...THE_TIME }),
  },
  {
    title: 'a merging set that makes a session',
    place: 'nowhere',
    request: (db, path) => setDoc(doc(db, path), { ...OWN, ...THE_TIME }, { merge: true }),
  },
  { title: 'a delete', request: (db, path) => deleteDoc(doc(db, path)) },
  {
    title: 'in one batch with what is forbidden',
    request: (db, path) =>
      writeBatch(db)
        .update(doc(db, path), THE_TIME)
        .set(doc(db, documents.event(ACCOUNT, 'forbidden')), OWN)
        .commit(),
  },
];

function toCase(beat: Beat, index: number, isAllowed: boolean): Case {
  const { title, caller = 'the owner program', session = aSession(), place = 'live', fields = {} } = beat;
  const id = `${isAllowed ? 'allowed' : 'denied'}-${index}`;
  const path = place === 'ended' ? documents.endedSession(ACCOUNT, id) : documents.session(ACCOUNT, id);
  return {
    title,
    caller,
    allowed: isAllowed,
    given: place === 'nowhere' ? {} : { [path]: session },
    writes: true,
    path,
    request: beat.request ?? update({ ...THE_TIME, ...fields }),
  };
}

/** What a direct beat may be, and what it may not. */
export const beatCases: readonly Case[] = [
  ...allowed.map((beat, index) => toCase(beat, index, true)),
  ...denied.map((beat, index) => toCase(beat, index, false)),
];
