import { isLoopbackAddress, isPublicAddress } from './webhook-address.js';
import { urlProblem } from './webhook-url.js';

/** What a resolver may answer that is not on the internet. */
const INNER_ADDRESSES: readonly [what: string, ...addresses: string[]][] = [
  ['this network', '0.0.0.0', '0.1.2.3', '::'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['private', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd12:3456::1'],
  ['link-local', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['cloud metadata', '169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192'],
  ["a cloud's own services", '168.63.129.16'],
  ['shared by carrier-grade NAT', '100.64.0.1', '100.127.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['broadcast and reserved', '255.255.255.255', '240.0.0.1', '198.18.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1'],
  ['IPv4 mapped into IPv6', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::ffff:8.8.8.8'],
  ['IPv4-compatible', '::127.0.0.1', '::a9fe:a9fe'],
  ['translated by NAT64', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::a00:1', '::ffff:0:127.0.0.1'],
  ['6to4 and Teredo', '2002:7f00:1::1', '2002:a00:1::', '2001:0:7f00:1::'],
  ['site-local, documentation, discard', 'fec0::1', '2001:db8::1', '3fff::1', '100::1', '4000::1'],
  ['with a zone of this machine', '2606:4700::1111%eth0', 'fe80::1%lo'],
  ['no address at all', '', 'example.com', '1.2.3.4.5', '127.0.0.1:80', ' 8.8.8.8'],
];

test.each(INNER_ADDRESSES.flatMap(([what, ...addresses]) => addresses.map((address) => [address, what])))(
  '"%s" is not on the internet: %s',
  (address) => {
    expect(isPublicAddress(address)).toBe(false);
  },
);

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.255.255',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::200e',
])('%s is on the internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', false],
  ['10.0.0.1', false],
  ['localhost', false],
])('%s is this machine: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});

describe('the address of an endpoint', () => {
  test.each([
    ['no URL', 'example.com/x', 'must be a URL'],
    ['nothing', '', 'must be a URL'],
    ['http', 'http://example.com/', 'must begin with https://'],
    ['another scheme', 'ftp://example.com/', 'must begin with https://'],
    ['a file', 'file:///etc/passwd', 'must begin with https://'],
    ['a user name', 'https://ada@example.com/', 'must not hold a user name'],
    ['a password', 'https://:secret@example.com/', 'must not hold a user name'],
    ['what looks like another host', 'https://example.com@169.254.169.254/', 'must not hold a user name'],
    ['the port of SSH', 'https://example.com:22/', 'must use port 443'],
    ['the port of http', 'https://example.com:80/', 'must use port 443'],
    ['the last low port', 'https://example.com:1023/', 'must use port 443'],
    ['this machine', 'https://localhost/', 'must lead to a public address'],
    ['this machine, from the root', 'https://localhost./', 'must lead to a public address'],
    ['a name below it', 'https://a.localhost/', 'must lead to a public address'],
    ['a name without a dot', 'https://intranet/', 'must lead to a public address'],
    ['another name without a dot', 'https://database:8443/', 'must lead to a public address'],
    ['cloud metadata by name', 'https://metadata.google.internal/', 'must lead to a public address'],
    ['the same, shouted', 'https://METADATA.GOOGLE.INTERNAL./', 'must lead to a public address'],
    ['a name of the local network', 'https://printer.local/', 'must lead to a public address'],
    ['a name of a home', 'https://nas.home.arpa/', 'must lead to a public address'],
    ['loopback', 'https://127.0.0.1/', 'must lead to a public address'],
    ['loopback as one number', 'https://2130706433/', 'must lead to a public address'],
    ['loopback in hex', 'https://0x7f.1/', 'must lead to a public address'],
    ['loopback in octal', 'https://0177.0.0.1/', 'must lead to a public address'],
    ['loopback, shortened', 'https://127.1/', 'must lead to a public address'],
    ['loopback in wide digits', 'https://１２７.0.0.1/', 'must lead to a public address'],
    ['loopback of IPv6', 'https://[::1]/', 'must lead to a public address'],
    ['loopback, mapped', 'https://[::ffff:127.0.0.1]/', 'must lead to a public address'],
    ['cloud metadata', 'https://169.254.169.254/latest/', 'must lead to a public address'],
    ['a private address', 'https://192.168.1.1:8443/', 'must lead to a public address'],
    ['too long once it is encoded', `https://example.com/${'é'.repeat(1000)}`, 'must be at most 2000 characters'],
  ])('is refused: %s', (_what, url, problem) => {
    expect(urlProblem(url, false)).toContain(problem);
  });

  test.each(['http://127.0.0.1:19999/x', 'https://localhost:8443/', 'http://[::1]/'])(
    'the refusal of %s, on this machine, says what allows it',
    (url) => {
      expect(urlProblem(url, false)).toMatch(/^must .*QUARTERDECK_WEBHOOK_LOOPBACK=allow$/);
    },
  );

  test.each(['http://example.com/', 'https://10.0.0.1/', 'ftp://127.0.0.1/'])(
    'the refusal of %s does not: that would not help',
    (url) => {
      expect(urlProblem(url, false)).not.toContain('LOOPBACK');
    },
  );

  test.each([
    'https://example.com',
    'https://example.com/a?b=c',
    'https://example.com:443/',
    'https://example.com:8443/x',
    'https://example.com:1024/',
    'https://hooks.localhost.example.com/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://bücher.example/',
  ])('is accepted: %s', (url) => {
    expect(urlProblem(url, false)).toBeUndefined();
  });

  test.each([
    ['http://127.0.0.1:8080/', undefined],
    ['http://localhost:22/', undefined],
    ['https://[::1]:8443/', undefined],
    ['https://example.com/', undefined],
    ['http://example.com/', 'must begin with https://'],
    ['http://10.0.0.1/', 'must begin with https://'],
    ['https://10.0.0.1/', 'must lead to a public address'],
    ['https://a.localhost/', 'must lead to a public address'],
    ['ftp://127.0.0.1/', 'must begin with https://'],
  ])('where loopback is allowed, %s has the problem %s', (url, problem) => {
    const found = urlProblem(url, true);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});
