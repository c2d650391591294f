import { evaluated } from '../../test/support/evaluated';

const LOCAL = {
  origin: 'http://127.0.0.1:5001',
  adminEmail: 'admin@example.com',
  adminPassword: 'a-password',
  adminKey: 'cb_admin',
  programKey: 'cb_program',
};

const said = (start: object) =>
  evaluated<string>(
    'scripts/lib/welcome.mjs',
    `it.welcome(${JSON.stringify(LOCAL)}, ${JSON.stringify({ seconds: 1, home: '/h', ...start })})`,
  );

test('an address that is not the last one is told, with what to do about it', () => {
  expect(said({ formerOrigin: 'http://127.0.0.1:5002' })).toContain(
    'The address changed from http://127.0.0.1:5002 to http://127.0.0.1:5001: run "quarterdeck init" again in each project.',
  );
});

test.each([{}, { formerOrigin: LOCAL.origin }])('after %j no change of the address is told', (start) => {
  expect(said(start)).not.toContain('changed');
});

test('the terminal is not told the password, but the button that needs none', () => {
  expect(said({})).not.toContain(LOCAL.adminPassword);
  expect(said({})).toContain(`${LOCAL.origin} (press "Sign in as the local admin")`);
});
