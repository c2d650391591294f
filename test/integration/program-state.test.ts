import { limits } from '@quarterdeck/contract';
import { anInstance, aWorld, caller, refusal, type World } from '../support/world.js';

let world: World;
let builder: { apiKey: string };
const programId = 'builder';

beforeEach(async () => {
  world = await aWorld();
  builder = await world.aKey(programId);
});
afterEach(() => world.close());

const update = (patch: object, who = builder) => world.call('updateProgramState', { programId, ...patch }, who);
const state = () => world.call('getProgramState', { programId }, builder);

test('a program that has never written has the empty state, not an error', async () => {
  expect(await state()).toMatchObject({
    exists: false,
    revision: 0,
    learnedPatterns: [],
    contextSummary: { lastTask: null, stale: false },
  });
  expect(await refusal(world.call('getProgramState', { programId: 'nobody' }))).toBe('not-found PROGRAM_UNKNOWN');
});

test('programs read and write their own; admins and auditors read any and write none', async () => {
  const other = await world.aKey('reviewer');
  const auditor = await world.aKey(programId, 'auditor');
  expect(await refusal(world.call('getProgramState', { programId }, other))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(world.call('getContextHistory', { programId }, other))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(world.call('getProgramState', { programId }))).toBe('accepted');
  for (const who of [other, auditor]) expect(await refusal(update({}, who))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(world.call('updateProgramState', { programId }))).toBe('permission-denied NOT_OWNER');
});

test('partial writes merge: what is not sent stays', async () => {
  await update({ sessionId: 's1', contextSummary: { lastTask: 'Fix auth', openQuestions: ['401 or 403?'] } });
  await update({
    contextSummary: { handoffNotes: 'Almost done' },
    config: { customSettings: { a: { b: [1, [2]], 'x.y': '' } } },
  });
  await update({ config: { customSettings: { a: { c: null } }, toolPreferences: { search: 'rg' } } });
  expect(await state()).toMatchObject({
    exists: true,
    revision: 3,
    sessionId: 's1',
    contextSummary: { lastTask: 'Fix auth', handoffNotes: 'Almost done', openQuestions: ['401 or 403?'] },
    config: { customSettings: { a: { b: [1, [2]], 'x.y': '' } }, toolPreferences: { search: 'rg' } },
  });
});

test('a hundred parallel writers of different fields on two instances all win', async () => {
  const other = anInstance({ clock: world.clock });
  const calls = [caller(world.app), caller(other.app)] as const;
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      (calls[i % 2] as (typeof calls)[0])(
        'updateProgramState',
        { programId, learnedPatterns: [{ id: `p${i}`, domain: 'd', pattern: 'x', confidence: 0.5, promoted: true }] },
        builder,
      ),
    ),
  );
  const { learnedPatterns, revision } = await state();
  expect(learnedPatterns).toHaveLength(100);
  expect(revision).toBe(100);
  await other.close();
});

test('ifRevision refuses when the state has moved on, and then nothing is changed', async () => {
  await update({ contextSummary: { handoffNotes: 'one' }, ifRevision: 0 });
  expect(await refusal(update({ contextSummary: { handoffNotes: 'two' }, ifRevision: 0 }))).toBe(
    'aborted REVISION_CONFLICT',
  );
  expect((await state()).contextSummary.handoffNotes).toBe('one');
});

test('an old summary comes back marked stale; old patterns are forgotten unless promoted or reinforced', async () => {
  const pattern = (id: string, promoted = false) => ({ id, domain: 'd', pattern: 'x', confidence: 0.5, promoted });
  await update({
    contextSummary: { handoffNotes: 'x' },
    learnedPatterns: [pattern('old'), pattern('kept', true), pattern('again')],
  });
  world.clock.advance({ days: 8 });
  await update({ learnedPatterns: [{ id: 'again' }] });
  world.clock.advance({ days: 23 });
  const { contextSummary, learnedPatterns } = await state();
  expect(contextSummary).toMatchObject({ stale: true, handoffNotes: 'x' });
  expect(learnedPatterns.map((p) => p.id).sort()).toEqual(['again', 'kept']);
});

test('every summary that was written is kept, the newest fifty, newest first', async () => {
  for (let i = 1; i <= limits.CONTEXT_HISTORY_MAX + 2; i++) {
    world.clock.advance({ seconds: 1 });
    await update({ contextSummary: { handoffNotes: `n${i}` } });
  }
  await update({ baselines: { sessionsCompleted: 1 } });
  const { history } = await world.call('getContextHistory', { programId, limit: 50 }, builder);
  expect(history.map((h) => h.contextSummary.handoffNotes)).toEqual(Array.from({ length: 50 }, (_, i) => `n${52 - i}`));
});

test('more than 200 patterns are refused, and nothing is changed', async () => {
  const patterns = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `p${from + i}`, domain: 'd', pattern: 'x', confidence: 1 }));
  await update({ learnedPatterns: patterns(0, 200), decay: { maxUnpromotedPatterns: 200 } });
  expect(await refusal(update({ learnedPatterns: patterns(200, 1) }))).toBe('resource-exhausted PATTERN_LIMIT');
  await update({ learnedPatterns: patterns(200, 1), removePatternIds: ['p0'] });
  expect((await state()).learnedPatterns).toHaveLength(200);
});
