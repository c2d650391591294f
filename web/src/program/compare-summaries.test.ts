import type { ContextSummary } from '@quarterdeck/contract';
import { UNWRITTEN } from '@quarterdeck/contract/views';
import { compareSummaries } from './compare-summaries.js';

const summary = (fields: Partial<ContextSummary>): ContextSummary => ({ ...UNWRITTEN.contextSummary, ...fields });
const SAME = { lastTask: null, activeWorkItems: null, handoffNotes: null, openQuestions: null };

test.each<[string, Partial<ContextSummary>, Partial<ContextSummary>, object]>([
  ['what stayed is no change', { activeWorkItems: ['a'] }, { activeWorkItems: ['a'] }, {}],
  ['another order is no change', { openQuestions: ['a', 'b'] }, { openQuestions: ['b', 'a'] }, {}],
  [
    'items come and go',
    { activeWorkItems: ['a', 'b'] },
    { activeWorkItems: ['b', 'c'] },
    { activeWorkItems: { added: ['c'], removed: ['a'] } },
  ],
  [
    'an item that is there twice counts twice',
    { openQuestions: ['a'] },
    { openQuestions: ['a', 'a'] },
    { openQuestions: { added: ['a'], removed: [] } },
  ],
  [
    'notes change by words',
    { handoffNotes: 'go on' },
    { handoffNotes: 'go on soon' },
    {
      handoffNotes: [
        { kind: 'same', text: 'go on ' },
        { kind: 'added', text: 'soon' },
      ],
    },
  ],
  [
    'a task of words and one with a title are told alike',
    { lastTask: 'Deploy' },
    { lastTask: { title: 'Deploy' } },
    {},
  ],
  [
    'a task changes with its outcome',
    { lastTask: { title: 'Deploy it', outcome: 'in_progress' } },
    { lastTask: { title: 'Deploy it', outcome: 'done' } },
    {
      lastTask: [
        { kind: 'same', text: 'Deploy it ' },
        { kind: 'removed', text: '(in progress)' },
        { kind: 'added', text: '(done)' },
      ],
    },
  ],
  ['a first task came', {}, { lastTask: 'Deploy' }, { lastTask: [{ kind: 'added', text: 'Deploy' }] }],
])('%s', (_title, before, after, expected) => {
  expect(compareSummaries(summary(before), summary(after))).toEqual({ ...SAME, ...expected });
});
