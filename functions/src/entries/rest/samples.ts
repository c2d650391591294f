import type { Operation } from '@quarterdeck/contract';
import { inputSchemaOf, type JsonSchema } from './schemas.js';

/** What a field may look like, by its name. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  acceptInvitation: true,
  command: 'drain',
  content: 'The customer prefers e-mail to calls.',
  deviceId: '0123456789abcdef0123456789abcdef',
  displayName: 'Builder',
  email: 'ada@example.com',
  eventId: '0f5d2c1e-8a34-4c0b-9a7e-6b1f0c2d3e4f',
  expectedIntervalSeconds: 300,
  hours: 6,
  ifRevision: 3,
  key: 'cb_…',
  keyHash: '0123456789abcdef'.repeat(4),
  label: 'Build machine',
  lastHeartbeat: true,
  memberId: 'Zk3VqTnYw1',
  memoryIds: ['5f0c6f6e-7f5d-4c53-9a55-0d2f3b1f9a01'],
  name: 'Payment refactor',
  period: 'today',
  programId: 'builder',
  progress: 40,
  projectId: 'my-app',
  prompt: 'Fix issue 12, and open a pull request.',
  issueId: '#12',
  query: 'How does the customer like to be contacted?',
  question: 'How does the customer like to be contacted?',
  records: [
    {
      kind: 'program',
      programId: 'builder',
      displayName: 'Builder',
      role: null,
      color: null,
      groups: [],
      tags: [],
      createdAt: '2026-02-24T10:30:00.000Z',
      retiredAt: null,
    },
  ],
  sessionId: 'payment-refactor',
  staleAfterMinutes: 15,
  status: 'Running the tests',
  outcome: 'SUCCESS',
  target: 'group:reviewers',
  taskId: 'review-payment',
  title: 'Review the payment refactor',
  type: 'preference',
  types: ['session.ended'],
  url: 'https://example.com/quarterdeck',
  webhookId: '5b1d7c1a-3f0e-4b57-8c9a-2d4e6f8a0b1c',
  contextSummary: { handoffNotes: 'The tests of the parser are next.' },
};

/** Fields that an operation could do without, and that show what it is for. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  activate_agent: ['hours'],
  create_session: ['sessionId', 'status'],
  complete_task: ['result'],
  create_task: ['instructions'],
  deactivate_agent: ['programId'],
  extend_session: ['hours'],
  get_context_utilization: ['sessionId'],
  heartbeat: ['sessionId'],
  list_events: ['types'],
  list_sessions: ['programId'],
  spawn_session: ['projectId', 'issueId', 'prompt'],
  cleanup_sessions: ['projectId'],
  remember: ['content', 'type'],
  update_account: ['staleAfterMinutes'],
  update_program: ['displayName'],
  create_program: ['displayName'],
  update_program_state: ['contextSummary'],
  update_session: ['sessionId', 'progress', 'lastHeartbeat'],
};

/** An input that the operation takes: what it requires, and what shows its purpose. */
export function sampleInput(operation: Operation): Record<string, unknown> {
  const { properties = {}, required = [] } = inputSchemaOf(operation);
  const shown = new Set([...required, ...(TELLING[operation.name] ?? [])]);
  const fields = Object.entries(properties).filter(([name]) => shown.has(name));
  return Object.fromEntries(fields.map(([name, schema]) => [name, sampleOf(name, schema)]));
}

function sampleOf(name: string, { default: standard, enum: allowed, minimum, type }: JsonSchema): unknown {
  const sample = SAMPLES[name] ?? standard ?? allowed?.[0];
  if (sample !== undefined) return sample;
  return type === 'number' || type === 'integer' ? (minimum ?? 1) : name;
}
