import { growth, LINEAR } from '../../../test/support/growth.js';
import { searchTerms } from './search-terms.js';

test.each([
  ['words without those that say nothing', 'The port of the API is open', ['port', 'api', 'open']],
  ['forms of a word as one', 'deploy deploys deployed deploying', ['deploi', 'deploi', 'deploi', 'deploi']],
  ['case and accents away', 'Café CAFÉ cafe naïve', ['cafe', 'cafe', 'cafe', 'naiv']],
  ['full-width forms as what they stand for', 'ＡＰＩ ８０８０', ['api', '8080']],
  ['possessives and contractions', "Ada's plan doesn't change, don’t ask", ['ada', 'plan', 'chang', 'ask']],
  ['numbers', 'port 8080 in 2026', ['port', '8080', '2026']],
  ['snake_case whole and by part', 'retry_count', ['retry_count', 'retri', 'count']],
  ['kebab-case whole and by part', 'rate-limiter', ['rate-limiter', 'rate', 'limit']],
  ['camelCase whole and by part', 'retryCount', ['retrycount', 'retri', 'count']],
  [
    'paths whole and by part',
    'see src/billing/invoice.ts.',
    ['see', 'src/billing/invoice.ts', 'src', 'bill', 'invoic', 'ts'],
  ],
  ['versions whole and by part', 'v1.2.10', ['v1.2.10', 'v1', '2', '10']],
  ['addresses', 'ada@example.com', ['ada@example.com', 'ada', 'exampl', 'com']],
  ['hyphens of prose', 'well-known and/or e.g.', ['well-known', 'well', 'known', 'and/or', 'e.g']],
  ['Japanese by words', '検索の仕組みを改善する', ['検索', 'の', '仕組み', 'を', '改善', 'する']],
  ['Chinese next to Latin', '部署 billing 服务', ['部署', 'bill', '服务']],
  ['voiced kana unlike plain ones', 'がか', ['が', 'か']],
  ['Cyrillic and Greek', 'Развертывание Σύστημα', ['развертывание', 'συστημα']],
  ['nothing of signs and emoji', '--- … 🙂 ?!', []],
  ['nothing of stop words alone', 'What was it about?', []],
])('finds %s', (_what, text, terms) => {
  expect(searchTerms(text)).toEqual(terms);
});

test('a term is short, however long the word is, and ends with a whole character', () => {
  expect(searchTerms('x'.repeat(9000))).toEqual(['x'.repeat(40)]);
  expect(searchTerms(`${'я'.repeat(39)}𠮷`.replaceAll('я', '𝟙'))[0]?.length).toBeLessThanOrEqual(40);
  const [cut] = searchTerms(`ж${'\u{1e922}'.repeat(30)}`);
  expect(() => encodeURIComponent(cut ?? '')).not.toThrow();
  expect(searchTerms(`${'a'.repeat(40)}-${'b'.repeat(40)}`)).toEqual(['a'.repeat(40), 'b'.repeat(40)]);
});

test('words take time as they are long, and no more', () => {
  const text = 'retry_count config/prod.yaml rollback '.repeat(300).slice(0, 10_000);
  expect(growth((size) => searchTerms(text.slice(0, size)), 1000)).toBeLessThan(LINEAR);
});
