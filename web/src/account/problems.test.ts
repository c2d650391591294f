import { QuarterdeckError } from '@quarterdeck/client';
import { fieldProblems } from './problems.js';

/** A refusal as the client throws it. */
const refused = (details: Record<string, unknown>) =>
  new QuarterdeckError('create_key', { code: 'invalid-argument', reason: 'INVALID_FIELD', message: 'no', details });

test('every wrong field of a form is told where it is, as a sentence', () => {
  const error = refused({
    fields: [
      { field: 'programId', problem: 'must start with a letter or digit' },
      { field: 'eventTypes.0', problem: 'Invalid option.' },
    ],
  });
  expect(fieldProblems(error, ['programId', 'label', 'eventTypes'])).toEqual({
    programId: 'Must start with a letter or digit.',
    eventTypes: 'Invalid option.',
  });
});

test.each<[title: string, error: unknown]>([
  ['a field that the form does not show', refused({ fields: [{ field: 'role', problem: 'x' }] })],
  ['no field at all', refused({})],
  ['an empty list of fields', refused({ fields: [] })],
  ['something that is no refusal', new Error('offline')],
  ['nothing', null],
])('what speaks of %s is for the form as a whole', (_title, error) => {
  expect(fieldProblems(error, ['programId'])).toBeNull();
});
