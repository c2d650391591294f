import { schemaVersionOf, VERSIONED_KINDS } from '@quarterdeck/contract';
import { doc, getDoc } from 'firebase/firestore';
import { fixture, fixturePaths } from '../support/document-fixtures.js';
import { ACCOUNT, type CallerName, callers } from './callers.js';
import { askAll, type Case } from './cases.js';
import { verdicts } from './verdicts.js';
import { openWorld, type World } from './world.js';

/** The rules say the same of a document, whatever version stored it. What a beat of an older session may be is in beat-cases.ts. */

const names = { account: ACCOUNT, person: 'ada', keyHash: 'f'.repeat(64) };
const paths = fixturePaths(names);
const newest = Math.max(...VERSIONED_KINDS.map((kind) => schemaVersionOf(kind)));
let world: World;
beforeAll(async () => {
  world = await openWorld('old-documents');
});
afterAll(() => world.close());

const cases: readonly Case[] = VERSIONED_KINDS.flatMap((kind) =>
  (Object.keys(callers) as CallerName[]).map((caller) => ({
    title: `${caller} gets ${kind}`,
    caller,
    allowed: verdicts[kind].get?.includes(caller) ?? false,
    path: paths[kind],
    given: {},
    writes: false,
    request: (db, path) => getDoc(doc(db, path)),
  })),
);

test.each(Array.from({ length: newest + 1 }, (_, version) => version))(
  'documents of version %i are got by those who may get one of their kind, and by nobody else',
  async (version) => {
    const stored = VERSIONED_KINDS.map((kind) => [
      paths[kind],
      fixture(kind, Math.min(version, schemaVersionOf(kind)), names),
    ]);
    await world.reset(Object.fromEntries(stored));
    const answers = [...(await askAll(world, cases))];
    const wrong = answers.filter(([{ allowed }, answer]) => answer !== (allowed ? 'allowed' : 'denied'));
    expect(wrong.map(([{ title }, answer]) => `${title}: ${answer}`)).toEqual([]);
    expect(answers.filter(([, answer]) => answer === 'allowed').length).toBeGreaterThan(100);
  },
);
