import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { JwtSessionTokens } from './session-tokens.js';

const NOW = new Date('2026-03-02T10:00:00.000Z');
const DAY_MS = 86_400_000;
const ENDS_AT = new Date(NOW.getTime() + 30 * DAY_MS);
const nowSeconds = NOW.getTime() / 1000;
const claims = { account: 'abcdefghijklmnopqrst', programId: 'builder', sessionId: 'session-1', epoch: 3 };

const aKey = (kid: string) => ({ kty: 'oct' as const, kid, k: randomBytes(32).toString('base64url') });
const [current, former, foreign] = [aKey('current'), aKey('former'), aKey('current')];
const tokens = new JwtSessionTokens({ keys: [current, former] }, 'demo');

test('a token says what it was issued for, until its end and not a second longer', async () => {
  const token = await tokens.issue(claims, NOW, ENDS_AT);
  expect(await tokens.verify(token, NOW)).toEqual(claims);
  expect(await tokens.verify(token, new Date(ENDS_AT.getTime() - 1000))).toEqual(claims);
  expect(await tokens.verify(token, ENDS_AT)).toBeUndefined();
});

test('every step of a rotation verifies the tokens of the step before: no request fails', async () => {
  const next = aKey('next');
  const steps = [[current], [current, next], [next, current], [next]].map(
    (keys) => new JwtSessionTokens({ keys }, 'demo'),
  );
  for (const [index, issuer] of steps.entries()) {
    const token = await issuer.issue(claims, NOW, ENDS_AT);
    // While a step is rolled out, instances of it and of its neighbours answer side by side.
    for (const verifier of steps.slice(Math.max(0, index - 1), index + 2)) {
      expect(await verifier.verify(token, NOW)).toEqual(claims);
    }
  }
  // Dropping a key ends the tokens that it signed: that step waits until they are gone.
  const old = await steps[0]?.issue(claims, NOW, ENDS_AT);
  expect(await steps[3]?.verify(String(old), NOW)).toBeUndefined();
});

type Json = Record<string, unknown>;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = { alg: 'HS256', typ: 'quarterdeck-session+jwt', kid: 'current' };
const payload = {
  iss: 'quarterdeck:demo',
  aud: 'quarterdeck-session',
  sub: 'builder',
  sid: 'session-1',
  account: 'abcdefghijklmnopqrst',
  epoch: 3,
  iat: nowSeconds,
  exp: nowSeconds + 3600,
};

/** A token as whoever holds a key could make it. */
function forge(headerChange: Json = {}, payloadChange: Json = {}, { k } = current, hash = 'sha256'): string {
  const signed = `${encode({ ...header, ...headerChange })}.${encode({ ...payload, ...payloadChange })}`;
  return `${signed}.${createHmac(hash, Buffer.from(k, 'base64url')).update(signed).digest('base64url')}`;
}

function without(field: keyof typeof payload): string {
  return forge({}, { [field]: undefined });
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }));
const good = forge();
const [goodHeader, goodPayload, goodSignature] = good.split('.') as [string, string, string];

/** A bit of the last byte that counts: the two lowest bits of the last character don't. */
function flipped(part: string, index: number): string {
  const bytes = Buffer.from(part, 'base64url');
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

function signedByRsa(): string {
  const signed = `${encode({ ...header, alg: 'RS256' })}.${goodPayload}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), rsa.privateKey).toString('base64url')}`;
}

const forgeries: Record<string, string> = {
  'alg none, no signature': `${encode({ ...header, alg: 'none' })}.${goodPayload}.`,
  'alg None': `${encode({ ...header, alg: 'None' })}.${goodPayload}.`,
  'alg NONE with the good signature': `${encode({ ...header, alg: 'NONE' })}.${goodPayload}.${goodSignature}`,
  'alg left out': `${encode({ typ: header.typ, kid: header.kid })}.${goodPayload}.${goodSignature}`,
  'alg null': forge({ alg: null }),
  'alg empty': forge({ alg: '' }),
  'alg HS384 with a right signature': forge({ alg: 'HS384' }, {}, current, 'sha384'),
  'alg HS512 with a right signature': forge({ alg: 'HS512' }, {}, current, 'sha512'),
  'alg hs256 in lower case': forge({ alg: 'hs256' }),
  'alg RS256 signed by a key of the forger': signedByRsa(),
  'a public key taken for the secret': forge({}, {}, { ...current, k: Buffer.from(publicPem).toString('base64url') }),
  'signed with a foreign key of the same id': forge({}, {}, foreign),
  'signed with an empty key': forge({}, {}, { ...current, k: '' }),
  'signed with the id of the key': forge({}, {}, { ...current, k: Buffer.from('current').toString('base64url') }),
  'another key of ours than the id says': forge({ kid: 'former' }),
  'a key id that nobody knows': forge({ kid: 'unknown' }),
  'a key id that is a path': forge({ kid: '../../dev/null' }, {}, { ...current, k: '' }),
  'a key id that names the prototype': forge({ kid: '__proto__' }),
  'no key id': forge({ kid: undefined }),
  'a key id that is no text': forge({ kid: 1 }),
  'a key of its own in the header': forge({ jwk: { kty: 'oct', k: foreign.k } }, {}, foreign),
  'an address of a key in the header': forge({ jku: 'https://example.com/keys.json' }, {}, foreign),
  'a certificate in the header': forge({ x5c: ['MIIB'] }, {}, foreign),
  'a critical extension that nobody knows': forge({ crit: ['exp'] }),
  'unencoded payload': forge({ b64: false, crit: ['b64'] }),
  'typ JWT': forge({ typ: 'JWT' }),
  'typ of an access token': forge({ typ: 'at+jwt' }),
  'no typ': forge({ typ: undefined }),
  'another issuer': forge({}, { iss: 'quarterdeck:other' }),
  'no issuer': without('iss'),
  'the issuer in a list': forge({}, { iss: ['quarterdeck:demo'] }),
  'another audience': forge({}, { aud: 'quarterdeck' }),
  'no audience': without('aud'),
  expired: forge({}, { exp: nowSeconds - 1 }),
  'expiring now': forge({}, { exp: nowSeconds }),
  'no expiry': without('exp'),
  'an expiry that is text': forge({}, { exp: '9999999999' }),
  'no issue time': without('iat'),
  'issued in the future': forge({}, { iat: nowSeconds + 3600, exp: nowSeconds + 7200 }),
  'issued longer ago than any window lives': forge({}, { iat: nowSeconds - 32 * 86_400 }),
  'not valid yet': forge({}, { nbf: nowSeconds + 60 }),
  'no program': without('sub'),
  'a program that is no id': forge({}, { sub: '../admin' }),
  'no session': without('sid'),
  'a session that is a path': forge({}, { sid: 'a/b' }),
  'no account': without('account'),
  'an account that is a path': forge({}, { account: '../../principals/x' }),
  'no epoch': without('epoch'),
  'epoch 0': forge({}, { epoch: 0 }),
  'an epoch that is text': forge({}, { epoch: '3' }),
  'another program under the good signature': `${goodHeader}.${encode({ ...payload, sub: 'other' })}.${goodSignature}`,
  'a later epoch under the good signature': `${goodHeader}.${encode({ ...payload, epoch: 4 })}.${goodSignature}`,
  'a later expiry under the good signature': `${goodHeader}.${encode({ ...payload, exp: 9e9 })}.${goodSignature}`,
  'one bit of the signature': `${goodHeader}.${goodPayload}.${flipped(goodSignature, 31)}`,
  'the signature cut': `${goodHeader}.${goodPayload}.${goodSignature.slice(0, 20)}`,
  'the signature empty': `${goodHeader}.${goodPayload}.`,
  'the signature left out': `${goodHeader}.${goodPayload}`,
  'a fourth part': `${good}.${goodSignature}`,
  'five parts, as an encrypted token has': `${good}.a.b`,
  'no token': '',
  'dots alone': '..',
  'a payload that is no JSON': `${goodHeader}.${Buffer.from('{').toString('base64url')}.${goodSignature}`,
  'a header that is no JSON': `${Buffer.from('{').toString('base64url')}.${goodPayload}.${goodSignature}`,
  'a megabyte of text': 'a'.repeat(1_000_000),
};

test('what the forgeries are made from is a good token', async () => {
  expect(await tokens.verify(good, NOW)).toEqual(claims);
  expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(forgeries))('a forged token is refused: %s', async (_title, token) => {
  expect(await tokens.verify(token, NOW)).toBeUndefined();
});
