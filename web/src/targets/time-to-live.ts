/** Units by what they are called, in seconds. */
const UNITS: readonly (readonly [names: RegExp, seconds: number, one: string])[] = [
  [/^(weeks?|w)$/, 7 * 86_400, 'week'],
  [/^(days?|d)$/, 86_400, 'day'],
  [/^(hours?|hrs?|h)$/, 3600, 'hour'],
  [/^(minutes?|mins?|m)$/, 60, 'minute'],
  [/^(seconds?|secs?|s)$/, 1, 'second'],
];
const PART = /^\s*(?:and\s+|,\s*)?(\d+(?:\.\d+)?|an?)\s*([a-z]+)/;

/** What "2 hours", "90 min", "1d 12h" or "a week" is in seconds; undefined: it is none of that. */
export function secondsOf(words: string): number | undefined {
  let rest = words.trim().toLowerCase();
  let seconds = 0;
  do {
    const [part = '', amount = '', name = ''] = PART.exec(rest) ?? [];
    const unit = UNITS.find(([names]) => names.test(name));
    if (unit === undefined) return undefined;
    seconds += (amount.startsWith('a') ? 1 : Number(amount)) * unit[1];
    rest = rest.slice(part.length).trim();
  } while (rest !== '');
  return Math.round(seconds);
}

/** "2 hours", "1 day 12 hours": as it can be entered again. */
export function durationText(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [, length, one] of UNITS.slice(1)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${one}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ') || '0 seconds';
}

/** What was entered as a time to live: seconds, nothing (undefined), or what is wrong with it. */
export type TimeToLive = { readonly seconds: number | undefined } | { readonly problem: string };

/** @param bounds in seconds, both allowed */
export function timeToLiveOf(words: string, bounds: { readonly min: number; readonly max: number }): TimeToLive {
  if (words.trim() === '') return { seconds: undefined };
  const seconds = secondsOf(words);
  if (seconds === undefined) return { problem: 'Say it as a number and a unit, such as “2 hours” or “3 days”.' };
  if (seconds >= bounds.min && seconds <= bounds.max) return { seconds };
  return { problem: `It can be from ${durationText(bounds.min)} to ${durationText(bounds.max)}.` };
}
