import { documents } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { aWorld, refusal, type World } from '../support/world.js';

let w: World;
let builder: Credentials;
let reviewer: Credentials;
let tester: Credentials;

beforeEach(async () => {
  w = await aWorld();
  [builder, reviewer, tester] = await Promise.all([w.aKey('builder'), w.aKey('reviewer'), w.aKey('tester')]);
});
afterEach(() => w.close());

const say = (message: string, who = builder, more: object = {}) =>
  w.call('sendMessage', { target: 'reviewer', message, ...more }, who);
const inbox = (who = reviewer, more: object = {}) => w.call('getMessages', more, who);
const textsOf = ({ messages }: { messages: { message: string }[] }) => messages.map(({ message }) => message);

test('a message is found by the program that it is for, and by nobody else', async () => {
  const sent = await say('Please review', builder, { messageType: 'DIRECTIVE', priority: 'high' });
  expect(sent).toMatchObject({ recipients: ['reviewer'], threadId: sent.messageId });
  const { messages, pendingMessages } = await inbox();
  expect(messages).toMatchObject([
    {
      messageId: sent.messageId,
      from: 'builder',
      programId: 'reviewer',
      message: 'Please review',
      messageType: 'DIRECTIVE',
      priority: 'high',
      readAt: null,
    },
  ]);
  expect(pendingMessages).toBe(1);
  expect(textsOf(await inbox(tester))).toEqual([]);
  expect(await refusal(inbox(tester, { programId: 'reviewer' }))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(w.call('getSentMessages', { programId: 'builder' }, tester))).toBe(
    'permission-denied NOT_OWNER',
  );
  expect(textsOf(await w.call('getSentMessages', {}, builder))).toEqual(['Please review']);
});

test('reading marks nothing unless it is asked to, and then only what was answered', async () => {
  for (const text of ['one', 'two', 'three']) {
    await say(text);
    w.clock.advance({ seconds: 1 });
  }
  expect(textsOf(await inbox())).toEqual(['three', 'two', 'one']);
  const marked = await inbox(reviewer, { markAsRead: true, limit: 2 });
  expect(marked).toMatchObject({ pendingMessages: 3, messages: [{ message: 'three' }, { message: 'two' }] });
  expect(marked.messages.every(({ readAt }) => readAt === w.clock.now().toISOString())).toBe(true);
  expect(await inbox()).toMatchObject({ pendingMessages: 1, messages: [{ message: 'one' }] });
  expect(textsOf(await inbox(reviewer, { unreadOnly: false }))).toEqual(['three', 'two', 'one']);
  expect((await w.call('getSentMessages', {}, builder)).messages.map(({ readAt }) => readAt !== null)).toEqual([
    true,
    true,
    false,
  ]);
});

test('overseers look into any inbox, and leave it unread', async () => {
  await say('Hello');
  const auditor = await w.aKey('watcher', 'auditor');
  for (const who of [w.admin, auditor]) {
    expect(textsOf(await inbox(who, { programId: 'reviewer' }))).toEqual(['Hello']);
    expect(await refusal(inbox(who, { programId: 'reviewer', markAsRead: true }))).toBe('permission-denied NOT_OWNER');
  }
  expect(await refusal(inbox(auditor, { markAsRead: true }))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(say('Hello', auditor))).toBe('permission-denied ROLE_NOT_ALLOWED');
});

test('pages hold every message once', async () => {
  for (let n = 0; n < 7; n++) await say(`message ${n}`);
  const texts: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await inbox(reviewer, { limit: 3, ...(pageToken ? { pageToken } : {}) });
    texts.push(...textsOf(page));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(texts.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `message ${n}`));
});

test('a message to a group is read by each of its programs for itself, and not sent back to its sender', async () => {
  for (const programId of ['builder', 'reviewer', 'tester'])
    await w.call('updateProgram', { programId, groups: ['council'] });
  const sent = await say('All hands', builder, { target: 'group:council' });
  expect([...sent.recipients].sort()).toEqual(['reviewer', 'tester']);
  await inbox(reviewer, { markAsRead: true });
  expect((await inbox(reviewer)).pendingMessages).toBe(0);
  expect(await inbox(tester)).toMatchObject({
    pendingMessages: 1,
    messages: [{ target: 'group:council', programId: 'tester' }],
  });
  expect((await inbox(builder)).pendingMessages).toBe(0);
  await w.call('retireProgram', { programId: 'tester' });
  expect((await say('Again', builder, { target: 'group:council' })).recipients).toEqual(['reviewer']);
});

test.each([
  [{ target: 'nobody' }, 'not-found PROGRAM_UNKNOWN'],
  [{ target: 'group:nobody' }, 'not-found GROUP_EMPTY'],
  [{ replyTo: '00000000-0000-4000-8000-000000000000' }, 'not-found MESSAGE_UNKNOWN'],
  [{ message: ' ' }, 'invalid-argument INVALID_FIELD'],
  [{ message: 'x'.repeat(2001) }, 'invalid-argument INVALID_FIELD'],
  [{ target: 'group:' }, 'invalid-argument INVALID_FIELD'],
  [{ ttlSeconds: 59 }, 'invalid-argument INVALID_FIELD'],
])('%j is refused with %s, and nothing is sent', async (more, expected) => {
  expect(await refusal(say('x', builder, more))).toBe(expected);
  expect((await w.call('getSentMessages', {}, builder)).messages).toEqual([]);
});

test('an answer belongs to the thread of what it answers, which only its two sides can do', async () => {
  const question = await say('Which branch?', builder, { messageType: 'QUERY' });
  const answer = await w.call(
    'sendMessage',
    { target: 'builder', message: 'main', replyTo: question.messageId },
    reviewer,
  );
  expect(answer.threadId).toBe(question.messageId);
  const own = await say('Never mind', builder, { replyTo: question.messageId });
  expect(own.threadId).toBe(question.messageId);
  expect(await refusal(say('Hm', tester, { replyTo: question.messageId }))).toBe('not-found MESSAGE_UNKNOWN');
  await say('Something else');
  expect(textsOf(await inbox(reviewer, { threadId: question.threadId })).sort()).toEqual([
    'Never mind',
    'Which branch?',
  ]);
});

test('past its time nobody gets a message, and it counts no more, whether or not it was deleted', async () => {
  await say('short', builder, { ttlSeconds: 60 });
  await say('long', builder, { ttlSeconds: 3600 });
  w.clock.advance({ seconds: 60 });
  expect(await inbox()).toMatchObject({ pendingMessages: 1, messages: [{ message: 'long' }] });
  w.clock.advance({ hours: 1 });
  expect(await inbox(reviewer, { unreadOnly: false })).toMatchObject({ pendingMessages: 0, messages: [] });
});

test('behind many that have expired, a message is still found', async () => {
  await say('old and lasting', builder, { ttlSeconds: 3600 });
  w.clock.advance({ seconds: 1 });
  for (let n = 0; n < 6; n++) await say(`gone ${n}`, builder, { ttlSeconds: 60 });
  w.clock.advance({ minutes: 2 });
  expect(textsOf(await inbox(reviewer, { limit: 2 }))).toEqual(['old and lasting']);
});

test('a call that is repeated with its idempotency key is sent once, and answered alike', async () => {
  const send = () =>
    w.app.dispatch('sendMessage', { target: 'reviewer', message: 'Once' }, builder, { idempotencyKey: 'k' });
  const [first, second] = [await send(), await send()];
  expect(second).toEqual(first);
  expect((await inbox()).pendingMessages).toBe(1);
});

test('a message costs its writes: two for a program, one more for each further of a group', async () => {
  await say('warm');
  w.spy.since();
  const sent = await say('Counted');
  expect(w.spy.since()).toMatchObject({ reads: 0, writes: 2 });
  w.spy.since();
  await say('And again', builder, { replyTo: sent.messageId });
  expect(w.spy.since()).toMatchObject({ reads: 1, writes: 2 });
});

test('the event tells that something was said, and not what', async () => {
  const { messageId } = await say('A secret');
  const events = await w.db.collection(`accounts/${w.account}/events`).where('type', '==', 'message.sent').get();
  expect(events.docs.map((doc) => doc.data())).toMatchObject([
    { subject: `message/${messageId}`, actor: 'program/builder', data: { target: 'reviewer', recipients: 1 } },
  ]);
  expect(JSON.stringify(events.docs.map((doc) => doc.data()))).not.toContain('A secret');
  expect(await w.stored(documents.message(w.account, messageId))).toMatchObject({ message: 'A secret' });
});

test('a session is told something through its program, as long as it lives', async () => {
  await w.call('createSession', { name: 'Review', sessionId: 'review-1' }, reviewer);
  const sent = await w.call('sendToSession', { sessionId: 'review-1', message: 'Stop, please' });
  expect(sent.recipients).toEqual(['reviewer']);
  expect((await inbox()).messages).toMatchObject([
    { sessionId: 'review-1', from: null, message: 'Stop, please', messageType: 'DIRECTIVE' },
  ]);
  const tell = (sessionId: string) => refusal(w.call('sendToSession', { sessionId, message: 'x' }, builder));
  expect(await tell('nobody')).toBe('not-found SESSION_UNKNOWN');
  await w.call('updateSession', { sessionId: 'review-1', status: 'Done', state: 'complete' }, reviewer);
  expect(await tell('review-1')).toBe('failed-precondition SESSION_ENDED');
  await w.call('createSession', { name: 'Mine', sessionId: 'own' });
  expect(await tell('own')).toBe('not-found PROGRAM_UNKNOWN');
});

test('the inbox, the fleet and the brief count the same, after whatever happened', async () => {
  const counts = async () => {
    w.clock.advance({ seconds: 1 });
    const { programs } = await w.call('getFleetHealth', { maxAgeSeconds: 0 });
    const { pendingMessages, messages, brief } = await w.call('boot', {}, reviewer);
    const inFleet = programs.find(({ programId }) => programId === 'reviewer')?.pendingMessages;
    return { counts: [(await inbox()).pendingMessages, inFleet, pendingMessages, messages.length], brief };
  };
  expect((await counts()).counts).toEqual([0, 0, 0, 0]);
  for (let n = 0; n < 12; n++) {
    await say(`message ${n}`, builder, { ttlSeconds: n === 0 ? 60 : 3600 });
    w.clock.advance({ seconds: 1 });
  }
  const full = await counts();
  expect(full.counts).toEqual([12, 12, 12, 10]);
  expect(full.brief).toMatch(
    /## Unread messages\n(- STATUS of builder, .*\n){10}- … and 2 more: get_messages lists them\./,
  );
  await inbox(reviewer, { markAsRead: true, limit: 5 });
  w.clock.advance({ minutes: 2 });
  expect((await counts()).counts).toEqual([6, 6, 6, 6]);
  expect((await counts()).counts).toEqual([6, 6, 6, 6]);
});

test('a group counts by its programs in service, however many others stand before them', async () => {
  for (const programId of ['builder', 'reviewer', 'tester'])
    await w.call('updateProgram', { programId, groups: ['council'] });
  const { programs } = w.app.ports;
  expect(await programs.inGroup(w.account, 'council', 2)).toBeUndefined();
  await w.call('retireProgram', { programId: 'builder' });
  expect(await programs.inGroup(w.account, 'council', 1)).toBeUndefined();
  expect(await programs.inGroup(w.account, 'council', 2)).toEqual(['reviewer', 'tester']);
  await w.call('retireProgram', { programId: 'reviewer' });
  expect(await programs.inGroup(w.account, 'council', 1)).toEqual(['tester']);
});
