import {
  type ContextSnapshot,
  documents,
  type EndedSession,
  isEnded,
  type LiveSession,
  type Memory,
  type Message,
  type Program,
  type ProgramState,
  type StoredEvent,
  type Task,
} from '@quarterdeck/contract';
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import {
  eventOf,
  type FleetDay,
  fleetDayOf,
  messageOf,
  recordOfEvent,
  recordOfFleetDay,
  recordOfMessage,
  recordOfTask,
  taskOf,
} from '../domain/export-flow-record.js';
import {
  memoryOf,
  programOf,
  programStateOf,
  recordOfMemory,
  recordOfProgram,
  recordOfProgramState,
  recordOfSession,
  recordOfSnapshot,
  sessionOf,
  snapshotOf,
} from '../domain/export-record.js';
import type { ThingRecord } from '../domain/import-plan.js';
import type { MemoryVectors } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { storedMemory } from './memories.js';
import { readProgramState, storedProgramState } from './program-states.js';
import { readSession } from './session-changes.js';
import { storedSession } from './session-writes.js';
import { readTask, storedTask } from './tasks.js';

/** Where a record may lie: a session among the live ones or among those that have ended, anything else in one place. */
export function pathsOf(account: string, record: ThingRecord): readonly string[] {
  switch (record.kind) {
    case 'program':
      return [documents.program(account, record.programId)];
    case 'program_state':
      return [documents.programState(account, record.programId)];
    case 'context_snapshot':
      return [documents.contextSnapshot(account, record.programId, record.slot)];
    case 'session':
      return [documents.session(account, record.sessionId), documents.endedSession(account, record.sessionId)];
    case 'memory':
      return [documents.memory(account, record.memoryId)];
    case 'task':
      return [documents.task(account, record.taskId)];
    case 'message':
      return [documents.message(account, record.messageId)];
    case 'event':
      return [documents.event(account, record.id)];
    case 'fleet_day':
      return [documents.fleetDay(account, record.day)];
  }
}

/** The record of a document. */
export const readRecord: Readonly<Record<ThingRecord['kind'], (doc: DocumentSnapshot) => ThingRecord>> = {
  program: (doc) => recordOfProgram(read<Program>('program', doc) as Program),
  program_state: (doc) => recordOfProgramState(readProgramState(doc) as ProgramState),
  context_snapshot: (doc) => {
    const programId = doc.ref.parent.parent?.id as string;
    return recordOfSnapshot(programId, read<ContextSnapshot>('contextSnapshot', doc) as ContextSnapshot);
  },
  session: (doc) => recordOfSession(readSession(doc) as LiveSession | EndedSession),
  memory: (doc) => recordOfMemory(read<Memory>('memory', doc) as Memory),
  task: (doc) => recordOfTask(readTask(doc) as Task),
  message: (doc) => recordOfMessage(read<Message>('message', doc) as Message),
  event: (doc) => recordOfEvent(read<StoredEvent>('event', doc) as StoredEvent),
  fleet_day: (doc) => recordOfFleetDay(read<FleetDay>('fleetDay', doc) as FleetDay),
};

/**
 * The document of a record, and its path. What is derived is made anew.
 * @param isThere a day has been begun, and is added to: that does not make its other points newer
 */
export function documentOf(
  account: string,
  record: ThingRecord,
  vectors: MemoryVectors | undefined,
  now: Date,
  isThere: boolean,
): { readonly path: string; readonly data: FirebaseFirestore.DocumentData } {
  const [path = '', endedPath = ''] = pathsOf(account, record);
  switch (record.kind) {
    case 'program':
      return { path, data: stored('program', programOf(record)) };
    case 'program_state':
      return { path, data: stored('programState', storedProgramState(programStateOf(record), now)) };
    case 'context_snapshot':
      return { path, data: stored('contextSnapshot', snapshotOf(record)) };
    case 'session': {
      const session = sessionOf(record);
      return { path: isEnded(session) ? endedPath : path, data: storedSession(session) };
    }
    case 'memory':
      return {
        path,
        data: stored('memory', storedMemory(memoryOf(record), vectors?.byId.get(record.memoryId), vectors?.model)),
      };
    case 'task':
      return { path, data: stored('task', storedTask(taskOf(record))) };
    case 'message':
      return { path, data: stored('message', messageOf(record)) };
    case 'event':
      return { path, data: stored('event', eventOf(record)) };
    case 'fleet_day':
      return { path, data: isThere ? fleetDayOf(record) : stored('fleetDay', fleetDayOf(record)) };
  }
}
