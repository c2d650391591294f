import { type ErrorCode, REASONS, type Reason } from '@quarterdeck/contract';
import { DomainError } from '../../domain/domain-error.js';
import { HttpRefusal, problemResponse, restFailureOf } from './problem.js';
import { v2FailureOf } from './v2-failure.js';
import { list, number } from './v2-fields.js';

jest.mock('firebase-functions/logger', () => ({ error: jest.fn() }));

const told = async (error: unknown) => {
  const response = problemResponse(restFailureOf(error));
  return { response, problem: (await response.json()) as Record<string, unknown> };
};

test.each<[Reason, number]>([
  ['INVALID_FIELD', 400],
  ['REQUEST_TOO_LARGE', 413],
  ['IDEMPOTENCY_KEY_REUSED', 422],
  ['INVALID_KEY', 401],
  ['NOT_OWNER', 403],
  ['SESSION_UNKNOWN', 404],
  ['PROGRAM_EXISTS', 409],
  ['SESSION_ENDED', 409],
  ['SUPERSEDED', 409],
  ['SESSION_LIMIT', 429],
  ['DATABASE_UNAVAILABLE', 503],
  ['DATABASE_TIMEOUT', 504],
])('%s is a problem with status %i', async (reason, status) => {
  const { response, problem } = await told(new DomainError(reason, 'What to do.', { limit: 5 }));
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(problem).toEqual({
    type: `/docs#${reason}`,
    title: expect.stringMatching(/^[A-Z][a-z ]+$/),
    status,
    detail: 'What to do.',
    code: REASONS[reason],
    reason,
    details: { limit: 5 },
  });
});

test.each<[Reason, string | null]>([
  ['SESSION_LIMIT', '60'],
  ['DATABASE_UNAVAILABLE', '1'],
  ['DATABASE_TIMEOUT', '1'],
  ['CONTENTION', '1'],
  ['SUPERSEDED', null],
  ['REVISION_CONFLICT', null],
  ['SESSION_ENDED', null],
])('after %s, Retry-After is %s', async (reason, seconds) => {
  const { response } = await told(new DomainError(reason, 'What to do.'));
  expect(response.headers.get('retry-after')).toBe(seconds);
});

test('only a 401 asks for a bearer', async () => {
  const { response } = await told(new DomainError('NO_CREDENTIAL', 'Send a key.'));
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="quarterdeck"');
  const other = await told(new DomainError('NOT_OWNER', 'Not yours.'));
  expect(other.response.headers.get('www-authenticate')).toBeNull();
});

test('a refusal of HTTP has the status and headers that it brings', async () => {
  const { response, problem } = await told(
    new HttpRefusal(405, 'OPERATION_UNKNOWN', 'POST only.', {}, { Allow: 'POST' }),
  );
  expect([response.status, response.headers.get('allow'), problem.status]).toEqual([405, 'POST', 405]);
});

test('what nobody foresaw shows nothing of itself', async () => {
  const { response, problem } = await told(new Error('secret of /srv/app.js'));
  expect(response.status).toBe(500);
  expect(JSON.stringify(problem)).not.toMatch(/secret|srv/);
});

const fields = { extend_hours: number('hours'), hours: number('hours'), type: list('types') };
const failure = (message: string, code: ErrorCode, reason: Reason, field?: string) =>
  restFailureOf(new DomainError(reason, message, field ? { fields: [{ field, problem: 'x' }] } : {}, code));

test.each([
  ['hours: must be more.', 'hours', ['extend_hours'], 'extend_hours: must be more.', 'extend_hours'],
  ['hours: must be more.', 'hours', ['hours'], 'hours: must be more.', 'hours'],
  ['hours: must be more.', 'hours', [], 'extend_hours: must be more.', 'extend_hours'],
  ['limit: x; types.0: wrong.', 'types.0', ['type'], 'limit: x; type.0: wrong.', 'type.0'],
  ['programId: is wrong.', 'programId', [], 'agent_id: is wrong.', 'agent_id'],
  ['memories.0.content: is wrong.', 'memories.0.content', [], 'memories.0.content: is wrong.', 'memories.0.content'],
])('at v2, "%s" about %s is told to who sent %j as "%s"', (message, field, sent, toldMessage, toldField) => {
  const v2 = v2FailureOf(failure(message, 'invalid-argument', 'INVALID_FIELD', field), fields, sent);
  expect(v2).toMatchObject({ status: 422, message: toldMessage, details: { fields: [{ field: toldField }] } });
});

test.each<[Reason, number]>([
  ['INVALID_PAGE_TOKEN', 422],
  ['REQUEST_TOO_LARGE', 413],
  ['SESSION_EXPIRED', 401],
  ['PROGRAM_EXISTS', 409],
])('at v2, %s is %i', (reason, status) => {
  expect(v2FailureOf(failure('x', REASONS[reason], reason), {}, []).status).toBe(status);
});
