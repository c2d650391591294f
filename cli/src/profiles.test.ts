import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.js';
import { chooseProfile, readProfiles, writeProfiles } from './profiles.js';

jest.mock('./local-copy.js', () => ({
  findLocalCopy: ({ QUARTERDECK_HOME: home }: NodeJS.ProcessEnv) => home && { origin: 'http://local', key: 'cb_local' },
}));

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qd-profiles-'));
  env = { QUARTERDECK_CONFIG: join(folder, 'deep/profiles.json') };
  process.env.QUARTERDECK_CONFIG = env.QUARTERDECK_CONFIG;
});
afterEach(() => {
  delete process.env.QUARTERDECK_CONFIG;
  rmSync(folder, { recursive: true });
});

const production = { origin: 'https://fleet.web.app', key: 'cb_admin' };

test('profiles are kept for their owner alone', () => {
  writeProfiles({ profiles: { production } });
  const file = String(env.QUARTERDECK_CONFIG);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
  expect(readProfiles()).toEqual({ profiles: { production } });
});

test('the environment counts before the file, a name before the current one, and the local copy comes last', () => {
  writeProfiles({ current: 'production', profiles: { production, other: { origin: 'https://other' } } });
  expect(chooseProfile(undefined, { ...env, QUARTERDECK_ORIGIN: 'http://ci', QUARTERDECK_KEY: 'cb_ci' })).toEqual({
    name: 'environment',
    origin: 'http://ci',
    key: 'cb_ci',
  });
  expect(chooseProfile('other', { ...env, QUARTERDECK_ORIGIN: 'http://ci', QUARTERDECK_KEY: 'cb_ci' })).toMatchObject({
    name: 'other',
  });
  expect(chooseProfile(undefined, env)).toEqual({ name: 'production', ...production });
  expect(chooseProfile('local', { ...env, QUARTERDECK_HOME: 'x' })).toMatchObject({ origin: 'http://local' });
  writeProfiles({ profiles: {} });
  expect(chooseProfile(undefined, { ...env, QUARTERDECK_HOME: 'x' })).toMatchObject({ name: 'local' });
});

test('what is missing is said with what to do', () => {
  expect(() => chooseProfile(undefined, env)).toThrow(/npm start.*profile add/);
  expect(() => chooseProfile('staging', env)).toThrow('There is no profile "staging"; there is none yet.');
  expect(() => chooseProfile(undefined, { ...env, QUARTERDECK_KEY: 'cb_x' })).toThrow('QUARTERDECK_ORIGIN is not');
});

test.each(['{', '[]', '{"profiles":{"a":{}}}', 'null'])(
  'a file that says %s is told of, and never overwritten',
  (text) => {
    writeProfiles({ profiles: {} });
    writeFileSync(String(env.QUARTERDECK_CONFIG), text);
    expect(() => readProfiles()).toThrow(Failure);
  },
);
