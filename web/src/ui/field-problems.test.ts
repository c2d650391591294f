import { fieldProblemsOf } from './field-problems.js';

const refusal = (message: string, details: object = {}) => Object.assign(new Error(message), { details });
const FIELDS = ['programId', 'groups'];

test.each([
  [
    'each field has its own problem',
    refusal('…', {
      fields: [
        { field: 'programId', problem: 'must not be blank' },
        { field: 'groups.3', problem: 'is too long.' },
      ],
    }),
    { programId: 'Must not be blank.', groups: 'Is too long.' },
  ],
  [
    'what is said of a field that the form does not have is told whole',
    refusal('limit: must be a number.', { fields: [{ field: 'limit', problem: 'must be a number' }] }),
    { form: 'limit: must be a number.' },
  ],
  [
    'a refusal that begins with a field belongs to it',
    refusal('programId: there is a program "x" already.'),
    { programId: 'There is a program "x" already.' },
  ],
  [
    'what names no field belongs to the form',
    refusal('Nobody answers. Try again.'),
    { form: 'Nobody answers. Try again.' },
  ],
  ['what is no error is told as it is', 'broken', { form: 'broken' }],
])('%s', (_title, error, expected) => {
  expect(fieldProblemsOf(error, FIELDS)).toEqual(expected);
});
