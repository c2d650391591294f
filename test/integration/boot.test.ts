import { aWorld, refusal, type World } from '../support/world.js';

let w: World;
beforeEach(async () => {
  w = await aWorld();
});
afterEach(() => w.close());

test('a successor learns in one call how its predecessor ended and what it left', async () => {
  const builder = await w.aKey('builder');
  await w.call('createSession', { name: 'Auth refactor', sessionId: 'first' }, builder);
  await w.call('updateSession', { sessionId: 'first', status: 'Tests are red', progress: 40 }, builder);
  const summary = { handoffNotes: 'Start with the failing test.', openQuestions: ['Which region?'] };
  await w.call('updateProgramState', { programId: 'builder', contextSummary: summary }, builder);
  await w.call('updateSession', { sessionId: 'first', status: 'Giving up', state: 'complete' }, builder);
  w.clock.advance({ minutes: 5 });
  await w.call('createSession', { name: 'Second try', sessionId: 'second' }, builder);
  const answer = await w.call('boot', {}, builder);
  expect(answer).toMatchObject({
    programId: 'builder',
    truncated: false,
    predecessor: { sessionId: 'first', outcome: 'completed', status: 'Giving up' },
    liveSessions: [{ sessionId: 'second' }],
    programState: { contextSummary: summary },
  });
  for (const words of ['Auth refactor', 'Giving up', 'Start with the failing test.', 'Which region?', 'Second try']) {
    expect(answer.brief).toContain(words);
  }
});

test('the predecessor is the session that ended last, not the one that began last', async () => {
  const builder = await w.aKey('builder');
  for (const sessionId of ['early', 'late']) {
    w.clock.advance({ minutes: 1 });
    await w.call('createSession', { name: 'x', sessionId }, builder);
  }
  for (const sessionId of ['late', 'early']) {
    w.clock.advance({ minutes: 1 });
    await w.call('updateSession', { sessionId, status: 'Done', state: 'complete' }, builder);
  }
  expect((await w.call('boot', {}, builder)).predecessor?.sessionId).toBe('early');
});

test('a program that never ran or wrote boots all the same; one that is unknown is not found', async () => {
  const builder = await w.aKey('builder');
  const answer = await w.call('boot', {}, builder);
  expect(answer).toMatchObject({ predecessor: null, liveSessions: [], programState: { exists: false } });
  expect(answer.brief).toContain('starts from scratch');
  expect(await refusal(w.call('boot', { programId: 'nobody' }))).toBe('not-found PROGRAM_UNKNOWN');
});

test('it is for the program itself, admins and auditors; a person has to name the program', async () => {
  await w.aKey('builder');
  const reviewer = await w.aKey('reviewer');
  expect(await refusal(w.call('boot', { programId: 'builder' }, reviewer))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(w.call('boot', { programId: 'builder' }))).toBe('accepted');
  expect(await refusal(w.call('boot', { programId: 'builder' }, await w.aKey('audit', 'auditor')))).toBe('accepted');
  expect(await refusal(w.call('boot', {}))).toBe('invalid-argument INVALID_FIELD');
});

test('the brief fits into the size that is asked for', async () => {
  const builder = await w.aKey('builder');
  const contextSummary = { handoffNotes: 'Remember the milk. '.repeat(100) };
  await w.call('updateProgramState', { programId: 'builder', contextSummary }, builder);
  const { brief, truncated } = await w.call('boot', { maxChars: 500 }, builder);
  expect(truncated).toBe(true);
  expect(brief.length).toBeLessThanOrEqual(500);
  expect(brief).toContain('Remember the milk.');
});

test('it reads the state, the predecessor, at most ten live sessions and what waits, and writes nothing', async () => {
  const builder = await w.aKey('builder');
  const cost = async () => {
    w.spy.since();
    await w.call('boot', {}, builder);
    const { reads, writes } = w.spy.since();
    return { reads, writes };
  };
  await w.call('getAccount', {}, builder);
  // Five that find nothing, and once in 30 seconds whether there is such a program.
  expect(await cost()).toEqual({ reads: 6, writes: 0 });
  expect(await cost()).toEqual({ reads: 5, writes: 0 });
  for (let n = 0; n < 12; n++) {
    w.clock.advance({ seconds: 1 });
    await w.call('createSession', { name: `s${n}`, sessionId: `s${n}` }, builder);
  }
  await w.call('updateSession', { sessionId: 's0', status: 'Done', state: 'complete' }, builder);
  expect(await cost()).toEqual({ reads: 1 + 1 + 10 + 1 + 1, writes: 0 });
  const { liveSessions } = await w.call('boot', {}, builder);
  expect(liveSessions.map(({ sessionId }) => sessionId)).toEqual(Array.from({ length: 10 }, (_, n) => `s${11 - n}`));
});
