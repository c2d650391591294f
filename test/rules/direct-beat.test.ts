import { beatCases } from './beat-cases.js';
import { ask, type Case, givenOf } from './cases.js';
import { openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld('direct-beat');
  await world.reset(givenOf(beatCases));
});

afterAll(() => world.close());

const byTitle = (cases: readonly Case[]) => cases.map((one) => [one.title, one] as const);

describe('an owner may beat for its live session without a function:', () => {
  test.each(byTitle(beatCases.filter(({ allowed }) => allowed)))('%s', async (_, one) => {
    expect(await ask(world, one)).toBe('allowed');
  });
});

describe('a direct beat is refused:', () => {
  test.each(byTitle(beatCases.filter(({ allowed }) => !allowed)))('%s', async (_, one) => {
    expect(await ask(world, one)).toBe('denied');
  });
});
