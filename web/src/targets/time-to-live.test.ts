import { durationText, secondsOf, timeToLiveOf } from './time-to-live.js';

test.each([
  ['2 hours', 7200],
  ['90 min', 5400],
  ['1d 12h', 129_600],
  ['1h30m', 5400],
  [' A Week ', 604_800],
  ['an hour and 5 minutes', 3900],
  ['1.5 hours', 5400],
  ['1 day, 2 hours', 93_600],
  ['45s', 45],
])('"%s" is %i seconds', (words, seconds) => {
  expect(secondsOf(words)).toBe(seconds);
});

test.each(['', 'soon', '2', '2 moons', 'hours', '-2 hours', '2 hours!', '1e9 s', '2 hours later'])(
  '"%s" is no time to live',
  (words) => {
    expect(secondsOf(words)).toBeUndefined();
  },
);

test.each([
  [60, '1 minute'],
  [7200, '2 hours'],
  [129_600, '1 day 12 hours'],
  [30 * 86_400, '30 days'],
  [61, '1 minute 1 second'],
  [0, '0 seconds'],
])('%i seconds read as "%s", and what reads can be entered', (seconds, words) => {
  expect(durationText(seconds)).toBe(words);
  expect(secondsOf(words)).toBe(seconds);
});

test('a time to live is within its bounds, or nothing at all', () => {
  const bounds = { min: 60, max: 86_400 };
  expect(timeToLiveOf('  ', bounds)).toEqual({ seconds: undefined });
  expect(timeToLiveOf('1 min', bounds)).toEqual({ seconds: 60 });
  expect(timeToLiveOf('1 day', bounds)).toEqual({ seconds: 86_400 });
  const refused = { problem: 'It can be from 1 minute to 1 day.' };
  expect(timeToLiveOf('59 s', bounds)).toEqual(refused);
  expect(timeToLiveOf('24 hours 1 second', bounds)).toEqual(refused);
  expect(timeToLiveOf('soon', bounds)).toEqual({ problem: expect.stringContaining('2 hours') });
});
