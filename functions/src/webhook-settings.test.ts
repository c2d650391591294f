import { allowsWebhookLoopback } from './settings.js';

test.each([
  [{}, false],
  [{ QUARTERDECK_WEBHOOK_LOOPBACK: '' }, false],
  [{ QUARTERDECK_WEBHOOK_LOOPBACK: 'allow' }, true],
  [{ QUARTERDECK_WEBHOOK_LOOPBACK: 'allow', K_SERVICE: 'api', FUNCTIONS_EMULATOR: 'true' }, true],
  [{ K_SERVICE: 'api' }, false],
])('with %j webhooks may lead to this machine: %s', (env, expected) => {
  expect(allowsWebhookLoopback(env)).toBe(expected);
});

test.each([
  ['another value', { QUARTERDECK_WEBHOOK_LOOPBACK: 'yes' }],
  ['what is deployed', { QUARTERDECK_WEBHOOK_LOOPBACK: 'allow', K_SERVICE: 'api' }],
])('%s is refused at the start, by the name of the setting', (_what, env) => {
  expect(() => allowsWebhookLoopback(env)).toThrow('QUARTERDECK_WEBHOOK_LOOPBACK');
});
