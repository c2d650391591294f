import { documents } from '@quarterdeck/contract';
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import type { Browser, Page } from 'playwright-core';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { openBrowser, signIn } from './browser';

/** The messages in the dashboard, as a person sees and sends them in a browser. */

const keys = new Map<string, string>();
let visit: Visit;
let local: Local;
let store: Firestore;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
  store = getFirestore(initializeApp({ projectId: local.projectId }));
  for (const programId of ['ada', 'bob', 'cyd']) {
    const { key } = await call(local, 'createKey', { programId, label: programId, role: 'program' }, local.adminKey);
    keys.set(programId, String(key));
    await call(local, 'updateProgram', { programId, groups: ['council'] }, local.adminKey);
  }
  browser = await openBrowser();
  page = await signIn(browser, local);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  await store?.terminate();
  visit?.leave();
});

const as = (programId: string, name: string, data: object) => call(local, name, data, String(keys.get(programId)));
const send = async (programId: string, data: object) => {
  const { messageId, threadId } = await as(programId, 'sendMessage', data);
  return { messageId: String(messageId), threadId: String(threadId) };
};
/** What a program got, read or not. */
const inbox = async (programId: string) =>
  (await as(programId, 'getMessages', { unreadOnly: false })).messages as Record<string, unknown>[];

const row = (text: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: text });
const dialog = () => page.getByRole('dialog');

test('a broadcast is one entry that says how many have read it, and counts along', async () => {
  await page.goto(`${local.origin}/messages`);
  await send('ada', { target: 'group:council', message: 'Freeze at six', messageType: 'DIRECTIVE', priority: 'high' });
  await row('Freeze at six').getByText('Read by 0 of 2').waitFor();
  expect(await row('Freeze at six').count()).toBe(1);
  expect(await row('Freeze at six').textContent()).toMatch(/ada[\s\S]*group council[\s\S]*High priority/);
  await as('bob', 'getMessages', { markAsRead: true });
  await row('Freeze at six').getByText('Read by 1 of 2').waitFor();
});

test('looking at messages and at a thread marks nothing as read', async () => {
  const { threadId } = await send('ada', { target: 'cyd', message: 'Only for you' });
  await page.goto(`${local.origin}/messages`);
  await row('Only for you').getByText('Unread').waitFor();
  await page.goto(`${local.origin}/messages/${threadId}`);
  await row('Only for you').getByText('Unread').waitFor();
  const [message] = await inbox('cyd');
  expect(message).toMatchObject({ message: 'Only for you', readAt: null });
});

test('a thread is in order, shows what answers what, and takes an answer to who spoke last', async () => {
  const { messageId, threadId } = await send('ada', { target: 'bob', message: 'Which port?', messageType: 'QUERY' });
  await send('bob', { target: 'ada', message: 'That of the docs.', replyTo: messageId });
  await page.goto(`${local.origin}/messages`);
  await row('That of the docs.').getByText('2 messages').waitFor();
  await page.getByRole('link', { name: 'That of the docs.' }).click();
  await page.getByRole('heading', { level: 1, name: 'Thread' }).waitFor();
  const letters = page.getByRole('list', { name: /oldest first/ }).getByRole('listitem');
  await letters.nth(1).waitFor();
  expect(await letters.nth(0).textContent()).toMatch(/ada\s*→[\s\S]*bob[\s\S]*Which port\?/);
  expect(await letters.nth(1).textContent()).toMatch(/Which port\?[\s\S]*That of the docs\./);

  await page.getByRole('button', { name: 'Reply' }).first().click();
  expect(await dialog().getByLabel('For').inputValue()).toBe('bob');
  await dialog().getByLabel('Message').fill('Thank you.');
  await dialog().getByRole('button', { name: 'Send' }).click();
  await letters.nth(2).getByText('Thank you.').waitFor();
  const [answer] = await inbox('bob');
  expect(answer).toMatchObject({ message: 'Thank you.', threadId, from: null, messageType: 'DIRECTIVE' });
  expect(answer?.replyTo).not.toBeNull();
});

test('a message goes to a group as it was asked for: type, priority and time to live', async () => {
  await page.goto(`${local.origin}/messages`);
  await page.getByRole('button', { name: 'New message' }).click();
  await dialog().getByLabel('For').fill('group:nobodies');
  await dialog().getByLabel('Message').fill('To all of you');
  await dialog().getByLabel('Type').selectOption('STATUS');
  await dialog().getByLabel('Priority').selectOption('low');
  await dialog().getByLabel('Time to live').fill('40 days');
  await dialog().getByRole('button', { name: 'Send' }).click();
  await dialog().getByText('It can be from 1 minute to 30 days.').waitFor();
  await dialog().getByLabel('Time to live').fill('2 hours');
  await dialog().getByRole('button', { name: 'Send' }).click();
  await dialog().getByText('No program in service is in the group "nobodies"').waitFor();
  await dialog().getByLabel('For').fill('group:council');
  await dialog().getByRole('button', { name: 'Send' }).click();
  await row('To all of you').getByText('Read by 0 of 3').waitFor();
  const [message] = await inbox('cyd');
  expect(message).toMatchObject({ message: 'To all of you', messageType: 'STATUS', priority: 'low' });
  expect(Date.parse(String(message?.expiresAt)) - Date.parse(String(message?.sentAt))).toBe(7_200_000);
});

test('a message that nobody gets any more is marked as expired', async () => {
  const { messageId } = await send('ada', { target: 'bob', message: 'Too late' });
  await page.goto(`${local.origin}/messages`);
  await row('Too late').getByText('Unread').waitFor();
  expect(await row('Too late').getByText('Expired').count()).toBe(0);
  await store.doc(documents.message(local.account, messageId)).update({ expiresAt: new Date(Date.now() - 1000) });
  await row('Too late').getByText('Expired').waitFor();
});

test('what an agent says is text, whatever it looks like', async () => {
  const message = '<img src=x onerror="document.title=1"> [a link](javascript:alert(1))';
  const { threadId } = await send('ada', { target: 'bob', message });
  await page.goto(`${local.origin}/messages`);
  await page.getByText(message).waitFor();
  await page.goto(`${local.origin}/messages/${threadId}`);
  await page.getByText(message).waitFor();
  expect(await page.locator('main img, main a[href^="javascript"]').count()).toBe(0);
});

test('a program chosen in the address shows what it got and what it sent, and nothing else', async () => {
  await send('cyd', { target: 'cyd', message: 'Note to self' });
  await send('ada', { target: 'bob', message: 'Between the two' });
  await page.goto(`${local.origin}/messages`);
  await row('Note to self').waitFor();
  await page.getByLabel('Program').selectOption('ada');
  await row('Note to self').waitFor({ state: 'detached' });
  await row('Between the two').waitFor();
  expect(new URL(page.url()).search).toBe('?program=ada');
  await page.getByLabel('Program').selectOption('bob');
  await row('Between the two').waitFor();
  await page.goto(`${local.origin}/messages?program=cyd&q=self`);
  await row('Note to self').waitFor();
  expect(await row('Between the two').count()).toBe(0);
});

test('a phone of 320 pixels shows messages, a thread and a form without scrolling sideways', async () => {
  const { threadId } = await send('ada', { target: 'group:council', message: 'Averylongword'.repeat(20) });
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/messages', `/messages/${threadId}`]) {
    await page.goto(local.origin + path);
    await row('Averylongword').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  }
  await page.getByRole('button', { name: 'Reply' }).first().click();
  const width = await dialog().evaluate((box) => box.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
});

test('a thread of which nothing is left says so', async () => {
  await page.goto(`${local.origin}/messages/never-begun`);
  await page.getByRole('heading', { name: 'There is nothing in this thread' }).waitFor();
});
