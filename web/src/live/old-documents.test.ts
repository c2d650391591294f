import type { EndedSession, LiveSession, Member, StoredEvent } from '@quarterdeck/contract';
import {
  type DocumentData,
  readDocument,
  readSession,
  readThresholds,
  SCHEMA_VERSION,
  schemaVersionOf,
  type VersionedKind,
} from '@quarterdeck/contract/views';
import { fixture } from '../../../test/support/document-fixtures.js';
import { pointsOf } from '../charts/points.js';
import { readMessage } from '../messages/read-message.js';
import { readMemory } from '../program/read-memory.js';
import { readProgramState, readSnapshot } from '../program/read-program-state.js';
import { readProgram } from '../programs/read-program.js';
import { readAccount } from '../settings/account/read-account.js';
import { readPerson } from '../settings/members/people.js';
import { readTask } from '../tasks/read-task.js';

/** What the page, the client and the command line make of the documents that they listen to. */
const READERS: Readonly<Partial<Record<VersionedKind, readonly ((data: DocumentData) => unknown)[]>>> = {
  account: [readAccount, readThresholds],
  program: [readProgram],
  session: [(data) => readSession<LiveSession>(data)],
  endedSession: [(data) => readSession<EndedSession>(data)],
  programState: [readProgramState],
  contextSnapshot: [readSnapshot],
  fleetDay: [pointsOf],
  task: [readTask],
  memory: [readMemory],
  message: [readMessage],
  event: [(data) => readDocument<StoredEvent>('event', data)],
  member: [(data) => readPerson(data, 'ada'), (data) => readDocument<Member>('member', data)],
};

const stamp = (date: Date) => ({ toDate: () => date });
const cases = (Object.keys(READERS) as VersionedKind[]).flatMap((kind) =>
  Array.from({ length: schemaVersionOf(kind) }, (_, version) => [kind, version] as const),
);

test.each(cases)('%s of version %i is shown as a present one, and nothing of it shows its version', (kind, version) => {
  for (const read of READERS[kind] ?? []) {
    const shown = read(fixture(kind, version, undefined, stamp));
    expect(shown).toEqual(read(fixture(kind, schemaVersionOf(kind), undefined, stamp)));
    expect(shown).not.toHaveProperty(SCHEMA_VERSION);
    expect(JSON.stringify(shown).length).toBeGreaterThan(20);
  }
});

test.each(cases)('%s of a newer version than %i is shown as far as it is known', (kind) => {
  const present = fixture(kind, schemaVersionOf(kind), undefined, stamp);
  for (const read of READERS[kind] ?? []) {
    const shown = read({ ...present, [SCHEMA_VERSION]: 99, surprise: [1] });
    const known = read(present);
    if (Array.isArray(known)) expect(shown).toEqual(known);
    else expect(shown).toMatchObject(known as object);
    expect(shown).not.toHaveProperty(SCHEMA_VERSION);
  }
});
