import { START } from '../../../test/support/builders.js';
import { readProgramState, readSnapshot, taskText } from './read-program-state.js';

const timestamp = (date: Date) => ({ toDate: () => date });

test('a stored state is read with dates, and its custom settings as what they are', () => {
  const state = readProgramState({
    programId: 'builder',
    revision: 3,
    contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: 'x', openQuestions: [] },
    contextSummaryUpdatedAt: timestamp(START),
    learnedPatterns: [{ id: 'p', lastReinforcedAt: timestamp(START) }],
    config: { knownQuirks: ['q'], customSettingsJson: '{"a":[[1]]}' },
    decayAt: null,
  });
  expect(state).toMatchObject({
    revision: 3,
    contextSummaryUpdatedAt: START,
    learnedPatterns: [{ id: 'p', lastReinforcedAt: START }],
    config: { preferredOutputFormat: null, knownQuirks: ['q'], customSettings: { a: [[1]] } },
    baselines: { sessionsCompleted: 0, commonFailureModes: [] },
    decay: { contextSummaryTTLDays: 7 },
  });
});

test('a state that lacks everything reads as one that was never written, and one that is not there as none', () => {
  expect(readProgramState({ programId: 'old' })).toMatchObject({ revision: 0, updatedAt: null, learnedPatterns: [] });
  expect(readProgramState(undefined)).toBeNull();
});

test('settings that are no JSON are shown as they are', () => {
  expect(readProgramState({ config: { customSettingsJson: '{' } })?.config.customSettings).toEqual({
    customSettingsJson: '{',
  });
});

test('a kept version is read with its date, and with every part of a summary', () => {
  expect(readSnapshot({ revision: 1, writtenAt: timestamp(START), contextSummary: { handoffNotes: 'x' } })).toEqual({
    revision: 1,
    writtenAt: START,
    contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: 'x', openQuestions: [] },
  });
});

test.each([
  [null, ''],
  ['Deploy', 'Deploy'],
  [{ title: 'Deploy' }, 'Deploy'],
  [{ taskId: 't', title: 'Deploy', outcome: 'in_progress', notes: 'Half of it' }, 'Deploy (in progress)\nHalf of it'],
])('the last task %j as one text', (task, expected) => {
  expect(taskText(task)).toBe(expected);
});
