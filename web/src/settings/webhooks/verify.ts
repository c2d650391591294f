/** How a receiver tells that a message is from here, in JavaScript: test/e2e/web/settings.test.ts runs it. */
export function verifySnippet(secret: string): string {
  return [
    "import { Webhook } from 'standardwebhooks'; // npm install standardwebhooks",
    '',
    `const webhook = new Webhook('${secret}');`,
    '',
    '// body: the text as it came, before anything parses it.',
    '// Throws when it is not from Quarterdeck, or older than five minutes.',
    'export const eventOf = (body, headers) => webhook.verify(body, headers);',
  ].join('\n');
}
