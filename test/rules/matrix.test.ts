import { beatCases } from './beat-cases.js';
import { type Answer, askAll, type Case, givenOf } from './cases.js';
import { gapsIn } from './coverage.js';
import { documentNames, matrixCases, pathOf } from './matrix-cases.js';
import { verdicts } from './verdicts.js';
import { openWorld, type World } from './world.js';

let world: World;
let answers: Map<Case, Answer>;

beforeAll(async () => {
  world = await openWorld('matrix');
  const cases = [...matrixCases, ...beatCases];
  await world.reset(givenOf(cases));
  answers = await askAll(world, cases);
});

afterAll(() => world.close());

test.each(documentNames)('the policy says who may read documents.%s', (name) => {
  if (!(name in verdicts)) {
    const path = pathOf(name, '{id}', '{id}', '{id}');
    throw new Error(`The contract has documents.${name} (${path}): give it a row in test/rules/verdicts.ts.`);
  }
});

test.each(matrixCases.map((one) => [one.title, one] as const))('%s', (_, one) => {
  expect(answers.get(one)).toBe(one.allowed ? 'allowed' : 'denied');
});

test('the matrix and the direct beats make every condition of the rules both true and false', async () => {
  expect(gapsIn(await world.coverage())).toEqual([]);
});
