import { limits } from '@quarterdeck/contract';
import { jsonBodyOf, type RestRequest, routedUrl } from './incoming-request.js';

const aRequest = (request: { url?: string; body?: string | Buffer; type?: string }): RestRequest =>
  ({
    url: request.url,
    headers: request.type === undefined ? {} : { 'content-type': request.type },
    ...(request.body === undefined ? {} : { rawBody: Buffer.from(request.body) }),
  }) as RestRequest;

test.each([
  ['/v1/heartbeat', '/v1/heartbeat'],
  ['/api/v1/heartbeat', '/v1/heartbeat'],
  ['/api/v2/sessions?limit=1', '/v2/sessions?limit=1'],
  ['/v2/sessions', '/v2/sessions'],
  ['/docs', '/docs'],
  ['/apiary', '/apiary'],
  ['/', '/'],
  ['http://elsewhere/v1/heartbeat', '/v1/heartbeat'],
])('%s is routed as %s', (url, routed) => {
  const { pathname, search } = routedUrl(aRequest({ url }));
  expect(pathname + search).toBe(routed);
});

test.each(['http://[', undefined])('the address %s is refused', (url) => {
  expect(() => routedUrl(aRequest(url === undefined ? {} : { url }))).toThrow(expect.objectContaining({ status: 400 }));
});

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/vnd.x+json'])(
  'a body of type %s is read',
  (type) => {
    expect(jsonBodyOf(aRequest({ body: '{"a":"é"}', type }))).toEqual({ a: 'é' });
  },
);

test.each([{}, { body: '' }, { body: '', type: 'text/plain' }])('no body (%j) is no input', (request) => {
  expect(jsonBodyOf(aRequest(request))).toBeUndefined();
});

test.each<[string, number | undefined, { body: string | Buffer; type?: string }]>([
  ['a form', 415, { body: 'a=b', type: 'application/x-www-form-urlencoded' }],
  ['a body without a type', 415, { body: '{}' }],
  ['JSON that breaks off', 400, { body: '{"a":', type: 'application/json' }],
  ['bytes that are no UTF-8', 400, { body: Buffer.from([0x22, 0xff, 0x22]), type: 'application/json' }],
])('%s is refused with %i', (_, status, request) => {
  expect(() => jsonBodyOf(aRequest(request))).toThrow(expect.objectContaining({ status, reason: 'INVALID_FIELD' }));
});

test('a body may have as many bytes as the limit says, and not one more', () => {
  const ofSize = (bytes: number) => aRequest({ body: `"${'x'.repeat(bytes - 2)}"`, type: 'application/json' });
  expect(jsonBodyOf(ofSize(limits.AGENT_REQUEST_MAX_BYTES))).toHaveLength(limits.AGENT_REQUEST_MAX_BYTES - 2);
  expect(() => jsonBodyOf(ofSize(limits.AGENT_REQUEST_MAX_BYTES + 1))).toThrow(
    expect.objectContaining({ reason: 'REQUEST_TOO_LARGE' }),
  );
});
