import { pushSettings } from './settings.js';

const project = { GCLOUD_PROJECT: 'my-fleet' };

test.each([
  [{}, { appUrl: 'https://my-fleet.web.app', isLocal: false }],
  [{ QUARTERDECK_APP_URL: '' }, { appUrl: 'https://my-fleet.web.app', isLocal: false }],
  [
    { QUARTERDECK_APP_URL: 'https://deck.example.com/app/' },
    { appUrl: 'https://deck.example.com/app', isLocal: false },
  ],
  [{ FUNCTIONS_EMULATOR: 'true' }, { appUrl: 'https://my-fleet.web.app', isLocal: true }],
  [{ K_SERVICE: 'notifydevices' }, { appUrl: 'https://my-fleet.web.app', isLocal: false }],
])('with %j pushes are sent as %j', (env, expected) => {
  expect(pushSettings({ ...project, ...env })).toEqual(expected);
});

test.each(['example.com', 'http://example.com', 'ftp://example.com'])(
  '%s is refused at the start, by the name of the setting',
  (url) => {
    expect(() => pushSettings({ ...project, QUARTERDECK_APP_URL: url })).toThrow('QUARTERDECK_APP_URL');
  },
);
