import { sayPing } from './say-ping.js';

test.each<[title: string, told: Parameters<typeof sayPing>[0], said: RegExp]>([
  ['2xx', { delivered: true, status: 204, error: null, durationMs: 12 }, /^It answered 204 after 12 ms: it works\.$/],
  [
    'an error',
    { delivered: false, status: 500, error: 'HTTP 500', durationMs: 12 },
    /answered 500 .* has to answer with 2xx/,
  ],
  [
    'silence',
    { delivered: false, status: null, error: 'timed out', durationMs: 10 },
    /did not answer: timed out \(after 10 ms\)/,
  ],
])('an endpoint that answers with %s is told so', (_title, told, said) => {
  expect(sayPing(told)).toMatch(said);
});
