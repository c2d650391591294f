import { type CallLine, CallLines, type EndedCall, LINES_A_MINUTE } from './call-lines.js';

function aCall(given: Partial<EndedCall> = {}): EndedCall {
  return {
    door: 'rest',
    operation: 'heartbeat',
    outcome: 'ok',
    durationMs: 10,
    facts: { account: 'a', program: 'builder' },
    figures: {},
    ...given,
  };
}

/** @param calls each with the second in which it ended */
function linesOf(calls: readonly (readonly [call: EndedCall, atSeconds: number])[]): CallLine[] {
  const written: CallLine[] = [];
  const lines = new CallLines((line) => written.push(line));
  for (const [call, atSeconds] of calls) lines.add(call, atSeconds * 1000);
  return written;
}

const times = (count: number, call: EndedCall, atSeconds: number) =>
  Array.from({ length: count }, () => [call, atSeconds] as const);

test('a call has a line of its own, as it ends', () => {
  expect(linesOf([[aCall(), 0]])).toEqual([{ ...aCall(), calls: 1 }]);
});

test('up to the number of lines a minute, each call has its own', () => {
  expect(linesOf(times(LINES_A_MINUTE, aCall(), 59)).map(({ calls }) => calls)).toEqual(
    Array.from({ length: LINES_A_MINUTE }, () => 1),
  );
});

test('the rest of a minute makes one line, with the largest of every figure and nobody’s name', () => {
  const written = linesOf([
    ...times(LINES_A_MINUTE, aCall(), 0),
    [aCall({ durationMs: 5, figures: { live: 3 } }), 1],
    [aCall({ durationMs: 70, figures: { live: 1, ended: 2 } }), 2],
    [aCall({ durationMs: 6 }), 59.9],
    [aCall({ durationMs: 1 }), 60],
  ]);
  expect(written.slice(LINES_A_MINUTE)).toEqual([
    { ...aCall({ durationMs: 70, facts: {}, figures: { live: 3, ended: 2 } }), calls: 3 },
    { ...aCall({ durationMs: 1 }), calls: 1 },
  ]);
});

test.each<[what: string, other: Partial<EndedCall>]>([
  ['another operation', { operation: 'boot' }],
  ['another door', { door: 'mcp' }],
  ['another outcome', { outcome: 'unavailable', reason: 'DATABASE_UNAVAILABLE' }],
])('calls are not alike: %s', (_what, other) => {
  const written = linesOf([...times(LINES_A_MINUTE + 5, aCall(), 0), [aCall(other), 1]]);
  expect(written.at(-1)).toEqual({ ...aCall(other), calls: 1 });
});

test('refusals of one kind are not alike with those of another reason', () => {
  const refused = (reason: string) => aCall({ outcome: 'unauthenticated', reason });
  const written = linesOf([...times(LINES_A_MINUTE + 1, refused('INVALID_KEY'), 0), [refused('NO_CREDENTIAL'), 1]]);
  expect(written.at(-1)).toMatchObject({ reason: 'NO_CREDENTIAL', calls: 1 });
});

test('the minute of an instance begins with its first call, and after a silence with the next one', () => {
  const written = linesOf([
    ...times(LINES_A_MINUTE + 2, aCall(), 30),
    ...times(1, aCall(), 89),
    ...times(1, aCall(), 4000),
    ...times(1, aCall(), 4059),
  ]);
  expect(written.slice(LINES_A_MINUTE).map(({ calls }) => calls)).toEqual([3, 1, 1]);
});

test.each([1, LINES_A_MINUTE, 1000, 12_345])('%i calls over some minutes are counted once each', (count) => {
  const calls = Array.from({ length: count }, (_, index) => [aCall(), index / 7] as const);
  const written = linesOf([...calls, [aCall({ operation: 'boot' }), count]]);
  const beats = written.filter(({ operation }) => operation === 'heartbeat');
  expect(beats.reduce((sum, line) => sum + line.calls, 0)).toBe(count);
  expect(beats.length).toBeLessThanOrEqual((LINES_A_MINUTE + 1) * Math.ceil(count / 7 / 60 + 1));
});
