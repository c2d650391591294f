import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as limits from './limits.js';

const root = join(__dirname, '../..');
const sources = ['contract/src', 'functions/src']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'limits.ts')
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  .join('\n');

test.each(Object.keys(limits))('%s bounds something', (name) => {
  expect(new RegExp(`\\b${name}\\b`).test(sources)).toBe(true);
});

test('each default lies inside its bounds', () => {
  const pairs: [value: number, min: number, max: number][] = [
    [limits.PAGE_DEFAULT, 1, limits.PAGE_MAX],
    [limits.DIRECTORY_PAGE_DEFAULT, 1, limits.DIRECTORY_PAGE_MAX],
    [limits.CONTEXT_HISTORY_DEFAULT, 1, limits.CONTEXT_HISTORY_MAX],
    [limits.FLEET_MAX_AGE_DEFAULT_SECONDS, 0, limits.FLEET_MAX_AGE_MAX_SECONDS],
    [limits.CONTEXT_SUMMARY_TTL_DEFAULT_DAYS, 1, limits.CONTEXT_SUMMARY_TTL_MAX_DAYS],
    [limits.PATTERN_AGE_DEFAULT_DAYS, 1, limits.PATTERN_AGE_MAX_DAYS],
    [limits.UNPROMOTED_DEFAULT, limits.UNPROMOTED_MIN, limits.PATTERNS_MAX],
    [limits.STALE_AFTER_DEFAULT_MINUTES, 1, limits.DEAD_AFTER_DEFAULT_MINUTES],
    [limits.DEAD_AFTER_DEFAULT_MINUTES, 1, limits.BLOCKED_DEAD_AFTER_DEFAULT_MINUTES],
    [limits.BLOCKED_DEAD_AFTER_DEFAULT_MINUTES, 1, limits.THRESHOLD_MAX_MINUTES],
    [limits.ARCHIVE_AFTER_DEFAULT_MINUTES, 1, limits.THRESHOLD_MAX_MINUTES],
  ];
  for (const [value, min, max] of pairs) {
    expect(value).toBeGreaterThanOrEqual(min);
    expect(value).toBeLessThanOrEqual(max);
  }
});

test('an absorbed beat never makes a session stale that beats at the shortest interval', () => {
  const deadline = limits.EXPECTED_INTERVAL_MIN_SECONDS * limits.STALE_AFTER_INTERVALS;
  expect(limits.EXPECTED_INTERVAL_MIN_SECONDS / 2 + limits.EXPECTED_INTERVAL_MIN_SECONDS).toBeLessThanOrEqual(deadline);
});

test('the devices of an account fit into one document, and into one batch of FCM', () => {
  const BESIDE_TOKEN_BYTES = 1000;
  const bytes =
    limits.DEVICES_MAX * (limits.DEVICE_TOKEN_MAX_CHARS + 3 * limits.DEVICE_LABEL_MAX_CHARS + BESIDE_TOKEN_BYTES);
  expect(bytes).toBeLessThan(1024 * 1024);
  expect(limits.DEVICES_MAX).toBeLessThanOrEqual(500);
});
