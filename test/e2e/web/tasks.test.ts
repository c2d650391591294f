import { documents } from '@quarterdeck/contract';
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import type { Browser, Locator, Page } from 'playwright-core';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { anAddress, openBrowser, signIn, signInByMail } from './browser';

/** The tasks in the dashboard, as a person sees and handles them in a browser. */

let visit: Visit;
let local: Local;
let store: Firestore;
let browser: Browser;
let page: Page;
let builderKey: string;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
  store = getFirestore(initializeApp({ projectId: local.projectId }));
  for (const programId of ['docs-writer', 'reviewer']) {
    await call(local, 'createProgram', { programId, groups: ['council'] }, local.adminKey);
  }
  builderKey = local.programKey;
  browser = await openBrowser();
  page = await signIn(browser, local);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  await store?.terminate();
  visit?.leave();
});

const admin = (name: string, data: object) => call(local, name, data, local.adminKey);
const agent = (name: string, data: object) => call(local, name, data, builderKey);
const aTask = (taskId: string, more: object = {}) =>
  admin('createTask', { taskId, title: `Task ${taskId}`, target: local.programId, ...more });
const storedTask = async (taskId: string) => (await admin('getTask', { taskId })).task;

/** The part of the page that holds the tasks of one status. */
const section = (status: string) => page.getByRole('region', { name: new RegExp(`^${status}: `) });
const row = (status: string, text: string) => section(status).getByRole('listitem').filter({ hasText: text });
const dialog = () => page.getByRole('dialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const confirm = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const textOf = (locator: Locator) => locator.textContent();

test('a task goes from pending to claimed to done before the eyes of who looks, with its holder and its outcome', async () => {
  await page.goto(`${local.origin}/tasks`);
  await agent('createSession', { sessionId: 'at-work', name: 'At work' });
  await aTask('flows', { priority: 'high', ttlSeconds: 7200 });
  await row('Pending', 'Task flows').waitFor();
  expect(await textOf(row('Pending', 'Task flows'))).toMatch(/High priority[\s\S]*left/);

  await agent('claimTask', { taskId: 'flows', sessionId: 'at-work' });
  await row('Claimed', 'Task flows').waitFor();
  const holder = row('Claimed', 'Task flows').getByRole('link', { name: 'at-work' });
  expect(await holder.getAttribute('href')).toBe('/sessions/at-work');

  await agent('completeTask', { taskId: 'flows', outcome: 'FAILED', result: 'No rights' });
  await row('Done', 'Task flows').getByText('Failed').waitFor();
  expect(await page.getByText('Task flows').count()).toBe(1);
});

test('pending tasks stand in the order in which they are claimed: most urgent first, then oldest', async () => {
  for (const [taskId, priority] of [
    ['order-1', 'low'],
    ['order-2', 'normal'],
    ['order-3', 'high'],
    ['order-4', 'normal'],
  ]) {
    await aTask(taskId as string, { priority });
  }
  await page.goto(`${local.origin}/tasks?q=order`);
  await row('Pending', 'order-4').waitFor();
  await row('Pending', 'order-1').waitFor();
  const titles = await section('Pending').getByRole('heading', { level: 3 }).allTextContents();
  expect(titles).toEqual(['Task order-3', 'Task order-2', 'Task order-4', 'Task order-1']);
});

test('a pending task whose time to live is over reads as cancelled, whether or not the sweep has come', async () => {
  await aTask('expires', { ttlSeconds: 60 });
  await page.goto(`${local.origin}/tasks?q=expires`);
  await row('Pending', 'Task expires').waitFor();
  const path = documents.task(local.account, 'expires');
  await store.doc(path).update({ expiresAt: new Date(Date.now() - 1000) });
  await row('Done', 'Task expires').getByText('its time to live was over').waitFor();
  expect(await textOf(row('Done', 'Task expires'))).toContain('Cancelled');
  expect(await section('Pending').count()).toBe(0);
});

test('what is wrong with a new task is told beside its field, and what is right is made', async () => {
  await page.goto(`${local.origin}/tasks`);
  await press('New task');
  await dialog().getByLabel('Title').fill('Made in the browser');
  await dialog().getByLabel('For').fill('nobody');
  await dialog().getByLabel('Time to live').fill('soon');
  await confirm('Create task');
  await dialog().getByText('Say it as a number and a unit').waitFor();
  await dialog().getByLabel('Time to live').fill('1 day 12 hours');
  await confirm('Create task');
  await dialog().getByText('There is no program "nobody" in service').waitFor();
  expect(await dialog().getByLabel('For').getAttribute('aria-invalid')).toBe('true');

  await dialog().getByLabel('For').fill('group:council');
  await dialog().getByLabel('Instructions').fill('Line one\nLine two');
  await dialog().getByLabel('Priority').selectOption('low');
  await dialog().getByLabel('Title').press('Enter');
  await row('Pending', 'Made in the browser').getByText('group council').waitFor();
  await dialog().waitFor({ state: 'detached' });
  const { tasks } = await admin('getTasks', { target: 'group:council' });
  const [made] = tasks as { taskId: string; createdAt: string; expiresAt: string }[];
  expect(await storedTask(String(made?.taskId))).toMatchObject({
    ...{ title: 'Made in the browser', target: 'group:council', priority: 'low', instructions: 'Line one\nLine two' },
  });
  expect(Date.parse(String(made?.expiresAt)) - Date.parse(String(made?.createdAt))).toBe(36 * 3_600_000);
});

test('an admin returns a task to the queue, completes it with a result, and cancels another, from its own address', async () => {
  await aTask('handled', { instructions: 'Do <b>this</b>' });
  await agent('claimTask', { taskId: 'handled' });
  await page.goto(`${local.origin}/tasks/handled`);
  await page.getByText('Do <b>this</b>').waitFor();
  await press('Return to the queue');
  await confirm('Return it');
  await page.getByText(`back from ${local.programId}`).waitFor();
  expect(await storedTask('handled')).toMatchObject({ status: 'pending', claimedBy: null });

  await press('Complete');
  await dialog().getByLabel('Outcome').selectOption('SKIPPED');
  await dialog().getByLabel('Result').fill('It was there already');
  await confirm('Complete');
  await page.getByRole('region', { name: 'Result' }).getByText('It was there already').waitFor();
  expect(await storedTask('handled')).toMatchObject({ status: 'done', outcome: 'SKIPPED' });
  await dialog().waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: 'Complete', exact: true }).count()).toBe(0);

  await aTask('unwanted');
  await page.goto(`${local.origin}/tasks/unwanted`);
  await press('Cancel task');
  await confirm('Cancel task');
  await page.getByText('Nothing was said of it.').waitFor();
  expect(await storedTask('unwanted')).toMatchObject({ status: 'done', outcome: 'CANCELLED' });
});

test('a form that was opened over an older attempt ends no newer one, and says why', async () => {
  await aTask('retried');
  await agent('claimTask', { taskId: 'retried' });
  await page.goto(`${local.origin}/tasks/retried`);
  await press('Complete');
  await agent('unclaimTask', { taskId: 'retried' });
  await agent('claimTask', { taskId: 'retried' });
  await confirm('Complete');
  await dialog().getByRole('alert').getByText('attempt 2').waitFor();
  expect(await storedTask('retried')).toMatchObject({ status: 'claimed', attempt: 2 });
});

test('a filter stands in the address: by target with its groups, and by text', async () => {
  await aTask('for-council', { target: 'group:council', instructions: 'the needle' });
  await aTask('for-builder', { instructions: 'the needle' });
  await page.goto(`${local.origin}/tasks?q=NEEDLE`);
  await row('Pending', 'for-builder').waitFor();
  await row('Pending', 'for-council').waitFor();
  await page.getByLabel('Target').selectOption('reviewer');
  await row('Pending', 'for-builder').waitFor({ state: 'detached' });
  await row('Pending', 'for-council').waitFor();
  expect(new URL(page.url()).search).toBe('?q=NEEDLE&program=reviewer');
  await press('Show all');
  await row('Pending', 'for-builder').waitFor();
  expect(new URL(page.url()).search).toBe('');
});

test('done tasks beyond the newest fifty are said to be there, and shown when asked for', async () => {
  for (let at = 0; at <= 50; at++) {
    await aTask(`old-${at}`, { target: 'docs-writer' });
    await admin('completeTask', { taskId: `old-${at}`, outcome: 'SUCCESS' });
  }
  await page.goto(`${local.origin}/tasks?program=docs-writer`);
  await page.getByText('These are the 50 newest').waitFor();
  expect(await section('Done').getByRole('listitem').count()).toBe(50);
  await press('Show more');
  await row('Done', 'Task old-0').waitFor();
  await page.getByText('These are the 50 newest').waitFor({ state: 'detached' });
});

test('keys alone lead through the tasks and into one, and a phone of 320 pixels shows all of it', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await aTask('long', { title: 'Averylongwordwithoutanyspace'.repeat(6), target: 'docs-writer' });
  await page.goto(`${local.origin}/tasks?q=averylong`);
  await page.getByText('Averylong').waitFor();
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Averylong/ }).waitFor();
  for (const path of ['/tasks?q=averylong', '/tasks/long']) {
    await page.goto(local.origin + path);
    await page.getByText('Averylong').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('an address of a task that is not there says so', async () => {
  await page.goto(`${local.origin}/tasks/never-made`);
  await page.getByRole('heading', { name: 'There is no such task' }).waitFor();
});

test('an auditor sees the tasks and the messages, and nothing to change them with', async () => {
  const email = anAddress('auditor');
  await admin('inviteMember', { email, role: 'auditor' });
  await aTask('audited');
  const { threadId } = await admin('sendMessage', { target: 'reviewer', message: 'Audited words' });
  const looking = await signInByMail(browser, local, email);
  const pages = [
    ['/tasks?q=audited', 'Task audited', 'New task'],
    ['/tasks/audited', 'You are an auditor', 'Cancel task'],
    ['/messages', 'Audited words', 'New message'],
    [`/messages/${threadId}`, 'Audited words', 'Reply'],
  ];
  for (const [path, seen = '', missing = ''] of pages) {
    await looking.goto(local.origin + path);
    await looking.getByText(seen).first().waitFor();
    expect(await looking.getByRole('button', { name: missing }).count()).toBe(0);
  }
  await looking.context().close();
});
