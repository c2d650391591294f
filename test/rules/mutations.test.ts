import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mutantsOf } from './mutations.js';

const RULES = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    // if this were a condition, it would be none
    function isSmall(note) {
      return note.size() <= 100 && (note.color in ['red'] || note.text.matches('\\\\S.*'));
    }
    match /notes/{note} {
      allow read: if isSmall(resource.data);
    }
  }
}
`;

test('rules are made wrong in every way, one at a time', () => {
  const mutants = mutantsOf(RULES, [['red', 'blue']]);
  expect(mutants.map(({ line, change }) => `${line} ${change}`)).toEqual([
    "6 made true: note.size() <= 100 && (note.color in ['red'] || note.text.matches('\\\\S.*'))",
    "6 made false: note.size() <= 100 && (note.color in ['red'] || note.text.matches('\\\\S.*'))",
    "6 negated: note.size() <= 100 && (note.color in ['red'] || note.text.matches('\\\\S.*'))",
    '6 && → || after: note.size() <= 100',
    '6 made true: note.size() <= 100',
    '6 negated: note.size() <= 100',
    "6 made true: (note.color in ['red'] || note.text.matches('\\\\S.*'))",
    "6 negated: (note.color in ['red'] || note.text.matches('\\\\S.*'))",
    "6 || → && after: note.color in ['red']",
    "6 made false: note.color in ['red']",
    "6 negated: note.color in ['red']",
    "6 made false: note.text.matches('\\\\S.*')",
    "6 negated: note.text.matches('\\\\S.*')",
    '6 100 → 101',
    '6 100 → 99',
    '6 <= → <',
    "6 'red' taken from a list",
    "6 'blue' added to a list",
    '6 \\\\S taken from a pattern',
    '6 .* taken from a pattern',
    '8 everything below notes',
    '8 every collection beside notes',
    '9 made true: isSmall(resource.data)',
    '9 made false: isSmall(resource.data)',
    '9 negated: isSmall(resource.data)',
    '9 no longer allowed: get',
    '9 no longer allowed: list',
    '9 also allowed: create',
    '9 also allowed: update',
    '9 also allowed: delete',
    '11 the collection group notes',
  ]);
});

test('a mutant differs from the rules in that one place', () => {
  const [dropped] = mutantsOf(RULES, []).filter(({ change }) => change === 'made true: note.size() <= 100');
  expect(dropped?.source).toBe(RULES.replace('note.size() <= 100', 'true'));
});

test('the command that tries them finds the tests and the mutants', async () => {
  const command = promisify(execFile)(process.execPath, ['scripts/rules-mutants.mjs', 'as nobody would break them']);
  const answer = expect.stringMatching(/^Of \d{3} mutants of the rules none matches as nobody would break them\.$/m);
  await expect(command).rejects.toMatchObject({ code: 2, stderr: answer });
});
