import { parseUrl } from './parse-url.js';

test.each([
  ['https://example.com/x', undefined, 'https://example.com/x'],
  ['https://bücher.example/', undefined, 'https://xn--bcher-kva.example/'],
  ['/x?y', 'https://example.com', 'https://example.com/x?y'],
  ['nothing', undefined, undefined],
  ['https://', undefined, undefined],
  ['', undefined, undefined],
])('"%s" below %s is %s', (text, base, expected) => {
  expect(parseUrl(text, base)?.href).toBe(expected);
});

test('the answer is the same however often it is asked', () => {
  let found = 0;
  for (let n = 0; n < 100_000; n++) if (parseUrl('https://bücher.example/')) found++;
  expect(found).toBe(100_000);
});
