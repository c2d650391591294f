import { problemsOf } from './problems.js';

const FIELDS = ['target', 'title'];

test('what is wrong stands beside its field', () => {
  const fields = [
    { field: 'title', problem: 'must not be empty' },
    { field: 'target', problem: 'must be a program' },
  ];
  expect(problemsOf({ message: 'title: …; target: ….', details: { fields } }, FIELDS)).toEqual({
    title: 'Must not be empty.',
    target: 'Must be a program.',
  });
  expect(problemsOf({ message: 'target: there is no program "x". Name another.' }, FIELDS)).toEqual({
    target: 'There is no program "x". Name another.',
  });
});

test('what concerns a field that the form lacks, or none at all, is told as a whole', () => {
  const fields = [
    { field: 'title', problem: 'is long' },
    { field: 'taskId', problem: 'is wrong' },
  ];
  expect(problemsOf({ message: 'title: is long; taskId: is wrong.', details: { fields } }, ['target'])).toEqual({
    '': 'title: is long; taskId: is wrong.',
  });
  expect(problemsOf({ message: 'Nobody answers.' }, FIELDS)).toEqual({ '': 'Nobody answers.' });
});
