import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sessionTokenKeys } from '../functions/src/settings.js';

const script = join(__dirname, 'session-token-keys.mjs');

function run(step: readonly string[], input = ''): { code: number | null; said: string; printed: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, [script, ...step], { input, encoding: 'utf8' });
  return { code: status, said: stderr.trim(), printed: stdout };
}

/** Ids of the keys that a set has, as the functions read it. */
const kidsOf = (set: string) => sessionTokenKeys({ SESSION_TOKEN_KEYS: set }).keys.map(({ kid }) => kid);

const aKey = (kid: string) => ({ kty: 'oct', kid, k: 'k'.repeat(43) });
const aSet = (...kids: readonly string[]) => JSON.stringify({ keys: kids.map(aKey) });

test('a rotation ends with the new key alone, and at no step is one missing that has signed', () => {
  const made = run([]).printed;
  const added = run(['add'], made).printed;
  const promoted = run(['promote'], added).printed;
  const dropped = run(['drop'], promoted).printed;
  const [old, fresh] = kidsOf(added);
  expect([made, added, promoted, dropped].map(kidsOf)).toEqual([[old], [old, fresh], [fresh, old], [fresh]]);
});

const EARLIER = '2026-03-02T10:00:00.000Z-aaaaaa';
const LATER = '2026-03-02T10:00:01.000Z-000000';
const ONE_KEY = 'there is one key only, and it signs. Run "add" first.';

test.each([
  ['drop', `drop: ${ONE_KEY}`, aSet(EARLIER)],
  ['promote', `promote: ${ONE_KEY}`, aSet(EARLIER)],
  ['drop', `drop: ${LATER} is newer than the key that signs, and would go. Run "promote" first.`, aSet(EARLIER, LATER)],
  ['drop', `drop: ${LATER} is newer than the key that signs, and would go.`, aSet('2026-03-02-ffffff', LATER)],
  ['promote', `promote: the newest key, ${LATER}, signs already. Run "drop".`, aSet(LATER, EARLIER)],
  ['add', 'Standard input: SESSION_TOKEN_KEYS is no set of keys (keys: ', '{}'],
  ['add', 'Standard input: SESSION_TOKEN_KEYS is not set.', ''],
  ['add', 'Standard input: SESSION_TOKEN_KEYS is not JSON.', 'keys'],
])('%s of what it does not fit is refused in a sentence: %s', (step, sentence, input) => {
  const { code, said, printed } = run([step], input);
  expect(said).toContain(sentence);
  expect(said.split('\n')).toHaveLength(1);
  expect({ code, printed }).toEqual({ code: 1, printed: '' });
});

test('keys with ids of somebody’s own choice are taken in the order that they have', () => {
  expect(kidsOf(run(['promote'], aSet('first', 'second')).printed)).toEqual(['second', 'first']);
  expect(kidsOf(run(['drop'], aSet('first', 'second')).printed)).toEqual(['first']);
});

test('a step that there is not is refused, and those that there are are named', () => {
  expect(run(['toString'])).toMatchObject({ code: 2, said: expect.stringContaining('there are add, promote, drop') });
});
