import { proposedProgram } from './proposed-program.js';

const aKey = (programId: string, role = 'program') => ({ programId, role });

test.each<[title: string, keys: ReturnType<typeof aKey>[], program: string]>([
  ['there is no key', [], 'builder'],
  ['only an overseer has one', [aKey('watch', 'admin'), aKey('audit', 'auditor')], 'builder'],
  ['a program has one', [aKey('watch', 'admin'), aKey('my-agent')], 'my-agent'],
  ['several have one, newest first', [aKey('second'), aKey('first'), aKey('watch', 'admin')], 'first'],
])('where %s, a program is proposed', (_title, keys, program) => {
  expect(proposedProgram(keys)).toBe(program);
});
