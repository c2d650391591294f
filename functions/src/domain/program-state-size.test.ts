import { limits, type Operations, operations, type ParsedInputOf, type ProgramState } from '@quarterdeck/contract';
import { after } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import { emptyProgramState, mergeProgramState } from './program-state.js';

type Patch = ParsedInputOf<Operations['updateProgramState']>;
const MIB = 1024 * 1024;

/** Four bytes in UTF-8 for one character, as the limits count them: the most there is. */
const wide = (chars: number) => '🚀'.repeat(chars);

/** What a greedy caller would send, part by part, so that one at its limit does not keep the others out. */
function greedyParts(n: number): Omit<Patch, 'programId'>[] {
  const tools = Array.from({ length: 10 }, (_, i) => [wide(95) + String(n * 10 + i).padStart(5, '0'), wide(100)]);
  const task = { taskId: wide(100), title: wide(200), outcome: wide(200), notes: wide(2000) };
  return [
    { sessionId: 's'.repeat(limits.SESSION_ID_MAX_CHARS) },
    { contextSummary: { lastTask: task, handoffNotes: wide(2000) } },
    { contextSummary: { activeWorkItems: Array(20).fill(wide(200)), openQuestions: Array(10).fill(wide(500)) } },
    {
      learnedPatterns: Array.from({ length: 50 }, (_, i) => ({
        id: `${n * 50 + i}`.padStart(limits.PATTERN_ID_MAX_CHARS, 'p'),
        domain: wide(limits.PATTERN_DOMAIN_MAX_CHARS),
        pattern: wide(limits.PATTERN_MAX_CHARS),
        confidence: 0.123456789,
        evidence: wide(limits.EVIDENCE_MAX_CHARS),
        promoted: true,
      })),
    },
    { config: { preferredOutputFormat: wide(100), knownQuirks: Array(20).fill(wide(200)) } },
    { config: { toolPreferences: Object.fromEntries(tools) } },
    { config: { customSettings: { [`k${n}`]: wide(600) } } },
    { baselines: { commonFailureModes: Array(10).fill(wide(200)), sessionsCompleted: 2 ** 52 } },
  ];
}

function merge(state: ProgramState, patch: Omit<Patch, 'programId'>): ProgramState {
  const parsed = operations.updateProgramState.input.parse({ programId: 'builder', ...patch });
  try {
    return mergeProgramState(state, parsed, after({}));
  } catch (error) {
    if (error instanceof DomainError) return state;
    throw error;
  }
}

test('1,000 legal patches of a greedy caller never pass 1 MiB', () => {
  let state = emptyProgramState('p'.repeat(limits.PROGRAM_ID_MAX_CHARS));
  let largest = 0;
  for (let n = 0; n < 1000 / 8; n++) {
    for (const part of greedyParts(n)) state = merge(state, part);
    largest = Math.max(largest, storedBytes(state));
  }
  expect(state.revision).toBeGreaterThan(500);
  expect(state.learnedPatterns).toHaveLength(limits.PATTERNS_MAX);
  expect(Object.keys(state.config.toolPreferences)).toHaveLength(limits.TOOL_PREFERENCES_MAX);
  // It came close enough to mean something.
  expect(largest).toBeGreaterThan(0.7 * MIB);
  expect(largest).toBeLessThan(MIB);
});

/**
 * As Firestore counts (firebase.google.com/docs/firestore/storage-size): strings and names in UTF-8 and one byte, numbers and dates 8, and 32 for a
 * document. Custom settings are stored as one text.
 */
function storedBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 1;
  if (typeof value === 'number' || value instanceof Date) return 8;
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, inner) => sum + storedBytes(inner), 0);
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + Buffer.byteLength(key) + 1 + storedBytes(key === 'customSettings' ? JSON.stringify(inner) : inner),
    32,
  );
}
