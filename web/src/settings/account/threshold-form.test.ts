import { limits, Thresholds } from '@quarterdeck/contract';
import { readDraft, sayMinutes, THRESHOLD_FIELDS, type ThresholdDraft } from './threshold-form.js';

const STORED: Thresholds = {
  staleAfterMinutes: 15,
  deadAfterMinutes: 65,
  blockedDeadAfterMinutes: 1440,
  archiveAfterMinutes: 60,
};

test('every threshold of the contract can be set', () => {
  expect(THRESHOLD_FIELDS.map(([field]) => field)).toEqual(Object.keys(Thresholds.shape));
});

test('only what was typed and is another number is sent', () => {
  expect(readDraft(STORED, {})).toEqual({ changed: {}, problems: {} });
  const draft = { staleAfterMinutes: ' 10 ', archiveAfterMinutes: '60' };
  expect(readDraft(STORED, draft)).toEqual({ changed: { staleAfterMinutes: 10 }, problems: {} });
});

test.each<[draft: ThresholdDraft, wrong: string[]]>([
  [{ staleAfterMinutes: '0' }, ['staleAfterMinutes']],
  [{ staleAfterMinutes: '' }, ['staleAfterMinutes']],
  [{ staleAfterMinutes: '1.5' }, ['staleAfterMinutes']],
  [{ staleAfterMinutes: '-3', archiveAfterMinutes: 'soon' }, ['staleAfterMinutes', 'archiveAfterMinutes']],
  [{ archiveAfterMinutes: String(limits.THRESHOLD_MAX_MINUTES) }, []],
  [{ archiveAfterMinutes: String(limits.THRESHOLD_MAX_MINUTES + 1) }, ['archiveAfterMinutes']],
  [{ staleAfterMinutes: '65' }, []],
  [{ staleAfterMinutes: '66' }, ['deadAfterMinutes']],
  [{ deadAfterMinutes: '14' }, ['deadAfterMinutes']],
  [{ staleAfterMinutes: '66', deadAfterMinutes: '66' }, []],
])('of %j the fields %j are wrong', (draft, wrong) => {
  expect(Object.keys(readDraft(STORED, draft).problems)).toEqual(wrong);
});

test.each([
  [1, '1 min'],
  [65, '1 h 5 min'],
  [1440, '1 d'],
  [43_200, '30 d'],
  [1501, '1 d 1 h 1 min'],
])('%d minutes are %s', (minutes, said) => {
  expect(sayMinutes(minutes)).toBe(said);
});
