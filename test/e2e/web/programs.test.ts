import { documents } from '@quarterdeck/contract';
import { initializeApp as initializeAdmin } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import type { Browser, Locator, Page } from 'playwright-core';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { anAddress, axeProblems, DESKTOP, errorsOf, openBrowser, PHONE, signIn, signInByMail } from './browser';

/** Programs, and what they remember, in a real browser against what `npm start` starts. */

let visit: Visit;
let local: Local;
let browser: Browser;
let admin: Firestore;

beforeAll(async () => {
  [visit, browser] = await Promise.all([visitSharedCopy(), openBrowser()]);
  ({ local } = visit);
  process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
  admin = getFirestore(initializeAdmin({ projectId: local.projectId }));
}, START_TIMEOUT_MS);

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

afterAll(async () => {
  await admin.terminate();
  await browser.close();
  visit?.leave();
});

let count = 0;
/** A program of its own for each test, with a key. */
async function aProgram(fields: object = {}): Promise<{ id: string; key: string }> {
  const id = `program-${++count}`;
  const { key } = await call(local, 'createKey', { programId: id, label: id, role: 'program' }, local.adminKey);
  if (Object.keys(fields).length > 0) await call(local, 'updateProgram', { programId: id, ...fields }, local.adminKey);
  return { id, key: String(key) };
}

const remember = (id: string, key: string, patch: object) =>
  call(local, 'updateProgramState', { programId: id, ...patch }, key);
const section = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}:`) });
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const row = (within: Page | Locator, id: string) => within.locator(`li:has(a[href="/programs/${id}"])`);

describe('all programs', () => {
  test('a program moves between live and offline with its sessions, and says who needs somebody, without a reload', async () => {
    const { id, key } = await aProgram({ displayName: 'The mover' });
    const page = await signIn(browser, local, { path: '/programs' });
    await row(section(page, 'Offline'), id).getByText('never heard').waitFor();
    await call(local, 'createSession', { sessionId: 'moves', name: 'Moves' }, key);
    await row(section(page, 'Live'), id).getByText('Healthy').waitFor();
    await row(section(page, 'Live'), id).getByText('1 session').waitFor();
    await call(local, 'updateSession', { sessionId: 'moves', status: 'Which?', state: 'blocked' }, key);
    await row(section(page, 'Live'), id).getByText('1 needs you').waitFor();
    await call(local, 'updateSession', { sessionId: 'moves', status: 'Done', state: 'complete' }, key);
    await row(section(page, 'Offline'), id).getByText('heard').waitFor();
    expect(errorsOf(page)).toEqual([]);
  });

  test('a program whose newest session fell silent reads as stale', async () => {
    const { id, key } = await aProgram();
    await call(local, 'createSession', { sessionId: 'silent', name: 'Silent' }, key);
    const hourAgo = Timestamp.fromMillis(Date.now() - 3_600_000);
    await admin
      .doc(documents.session(local.account, 'silent'))
      .update({ lastActivityAt: hourAgo, lastHeartbeat: null });
    const page = await signIn(browser, local, { path: '/programs' });
    await row(section(page, 'Live'), id).getByText('Stale').waitFor();
    await row(section(page, 'Live'), id).getByText('silent for 1h').waitFor();
  });

  test('what waits for a program is told with when it was counted', async () => {
    const { id } = await aProgram();
    await call(local, 'createTask', { title: 'Look at the deploy', target: id }, local.adminKey);
    await call(local, 'getFleetHealth', { maxAgeSeconds: 0 }, local.adminKey);
    const page = await signIn(browser, local, { path: '/programs' });
    await row(page, id).getByText('1 task').waitFor();
    await page.getByText('Tasks and messages that wait were counted at').waitFor();
  });

  test('what is searched for stands in the address, and can be opened by somebody else', async () => {
    const one = await aProgram({ displayName: 'Lighthouse keeper', groups: ['coast'] });
    const other = await aProgram({ role: 'harbour pilot', groups: ['coast', 'port'] });
    const page = await signIn(browser, local, { path: '/programs' });
    await row(page, other.id).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('LIGHT coast');
    await row(page, other.id).waitFor({ state: 'detached' });
    await row(page, one.id).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Group', { exact: true }).selectOption('port');
    await row(page, one.id).waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${local.origin}/programs?group=port`);
    await page.goto(`${local.origin}/programs?q=pilot`);
    await row(page, other.id).waitFor();
    expect(await row(page, one.id).count()).toBe(0);
    await page.goto(`${local.origin}/programs?q=pilot&health=healthy`);
    await page.getByText('No program fits').waitFor();
  });

  test('with keys alone one finds a program and opens it', async () => {
    const { id } = await aProgram({ displayName: 'Reached by keys' });
    const page = await signIn(browser, local, { path: '/programs' });
    await page.goto(`${local.origin}/programs?q=reached`);
    await row(page, id).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Reached by keys' }).waitFor();
  });
});

describe('an admin', () => {
  test('makes a program; an id that is taken, or can not be one, is told beside the field', async () => {
    const { id } = await aProgram();
    const page = await signIn(browser, local, { path: '/programs' });
    await page.getByRole('button', { name: 'New program' }).click();
    const dialog = page.getByRole('dialog', { name: 'New program' });
    await dialog.getByLabel('Id').fill(id);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText(`There is a program "${id}" already.`).waitFor();
    await dialog.getByLabel('Id').fill('über');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Must start with a letter or digit').waitFor();
    await dialog.getByLabel('Id').fill('made-by-hand');
    await dialog.getByLabel('Name').fill('Made by hand');
    await dialog.getByPlaceholder('Add a group').fill('core');
    await page.keyboard.press('Enter');
    await dialog.getByPlaceholder('Add a group').fill('shop');
    await dialog.getByPlaceholder('Add a tag').fill('a, b');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Made by hand' }).waitFor();
    const { program } = await call(local, 'getProgram', { programId: 'made-by-hand' }, local.adminKey);
    expect(program).toMatchObject({
      displayName: 'Made by hand',
      groups: ['core', 'shop'],
      tags: ['a', 'b'],
      color: null,
    });
  });

  test('changes what is said of a program, and leaves alone what somebody else changed meanwhile', async () => {
    const { id } = await aProgram({ displayName: 'Old name', role: 'coder', color: '#112233', groups: ['x', 'y'] });
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit “Old name”' });
    await call(local, 'updateProgram', { programId: id, role: 'pilot' }, local.adminKey);
    await dialog.getByLabel('Name').fill('New name');
    await dialog.getByRole('button', { name: 'Remove the group x' }).click();
    await dialog.getByRole('button', { name: 'Take it away' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'New name' }).waitFor();
    const { program } = await call(local, 'getProgram', { programId: id }, local.adminKey);
    expect(program).toMatchObject({ displayName: 'New name', role: 'pilot', color: null, groups: ['y'] });
  });

  test('retires a program after a question, finds it apart, and puts it back into service', async () => {
    const { id, key } = await aProgram();
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retire', exact: true }).click();
    await page.getByText('Retired', { exact: true }).waitFor();
    await expect(call(local, 'createSession', { name: 'x' }, key)).rejects.toThrow('401');
    await page.getByRole('navigation').getByRole('link', { name: 'Programs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Programs' }).waitFor();
    expect(await row(section(page, 'Offline'), id).count()).toBe(0);
    await page.locator('summary', { hasText: 'Retired' }).click();
    await row(page, id).getByRole('link').click();
    await page.getByRole('button', { name: 'Put back into service' }).click();
    await page.getByRole('button', { name: 'Retire', exact: true }).waitFor();
    const { program } = await call(local, 'getProgram', { programId: id }, local.adminKey);
    expect(program).toMatchObject({ retiredAt: null });
  });
});

describe('what a program remembers', () => {
  const FIRST = { lastTask: 'Deploy', activeWorkItems: ['Form', 'Tests'], handoffNotes: 'The form is done.' };

  test('its context summary is shown with who wrote it, follows what is written, and agents’ texts are text', async () => {
    const { id, key } = await aProgram();
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    await page.getByText('It has left nothing behind yet').waitFor();
    const evil = '<img src=x onerror="document.title=1"> & <b>bold</b>';
    await remember(id, key, { sessionId: 'writer', contextSummary: { ...FIRST, openQuestions: [evil] } });
    const summary = panel(page, 'Context summary');
    for (const text of ['Deploy', 'Form', 'Tests', 'The form is done.', evil])
      await summary.getByText(text, { exact: true }).waitFor();
    await summary.getByText('revision 1').waitFor();
    expect(await summary.getByRole('link', { name: 'writer' }).getAttribute('href')).toBe('/sessions/writer');
    expect(await page.locator('main img').count()).toBe(0);
    const task = { taskId: 't-1', title: 'Ship it', outcome: 'in_progress', notes: 'Half of it' };
    await remember(id, key, { contextSummary: { lastTask: task } });
    for (const text of ['Ship it', 'In progress', 'Half of it', 't-1']) await summary.getByText(text).waitFor();
    expect(errorsOf(page)).toEqual([]);
  });

  test('an old summary is marked as stale, a fresh one is not', async () => {
    const { id, key } = await aProgram();
    await remember(id, key, { contextSummary: FIRST, decay: { contextSummaryTTLDays: 2 } });
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    const summary = panel(page, 'Context summary');
    await summary.getByText('The form is done.').waitFor();
    expect(await summary.getByText('Stale').count()).toBe(0);
    const threeDaysAgo = Timestamp.fromMillis(Date.now() - 3 * 86_400_000);
    await admin.doc(documents.programState(local.account, id)).update({ contextSummaryUpdatedAt: threeDaysAgo });
    await summary.getByText('Stale', { exact: true }).waitFor();
    await summary.getByText('Older than 2 days').waitFor();
  });

  test('each version says what it changed of the one before', async () => {
    const { id, key } = await aProgram();
    await remember(id, key, { contextSummary: FIRST });
    await remember(id, key, { baselines: { sessionsCompleted: 3 } });
    const notes = 'The form is nearly done.';
    await remember(id, key, { contextSummary: { activeWorkItems: ['Tests', 'Docs'], handoffNotes: notes } });
    await remember(id, key, { contextSummary: { handoffNotes: notes } });
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    const versions = panel(page, 'Context history').locator('ol > li');
    await versions.nth(2).getByText('The first.').waitFor();
    expect(await versions.count()).toBe(3);
    await versions.nth(0).getByText('Written again without a change.').waitFor();
    await versions.nth(0).getByText('revision 4').waitFor();
    expect(await versions.nth(1).locator('ins').allTextContents()).toEqual(['Docs', 'nearly ']);
    expect(await versions.nth(1).locator('del').allTextContents()).toEqual(['Form']);
  });

  test('of learned patterns those that stay come first, and what has decayed is marked as what nobody is told any more', async () => {
    const { id, key } = await aProgram();
    const pattern = (name: string, fields: object = {}) => ({
      id: name,
      domain: 'git',
      pattern: name,
      confidence: 0.5,
      ...fields,
    });
    await remember(id, key, {
      learnedPatterns: [
        pattern('plain'),
        pattern('sure', { confidence: 0.9, evidence: 'Seen twice' }),
        pattern('kept', { promoted: true }),
      ],
      config: { toolPreferences: { search: 'ripgrep' }, customSettings: { deep: [[1]] } },
      baselines: { avgTaskDurationMinutes: 42.5, commonFailureModes: ['Timeouts'] },
    });
    const state = admin.doc(documents.programState(local.account, id));
    const patterns = (await state.get()).get('learnedPatterns') as { id: string }[];
    const longAgo = Timestamp.fromMillis(Date.now() - 31 * 86_400_000);
    await state.update({
      learnedPatterns: patterns.map((one) => (one.id === 'sure' ? { ...one, lastReinforcedAt: longAgo } : one)),
    });
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    const items = panel(page, 'Learned patterns').locator('ul > li');
    await items.nth(2).getByText('Decayed').waitFor();
    expect(await items.locator('> p:first-child').allTextContents()).toEqual(['kept', 'plain', 'sure']);
    await items.nth(0).getByText('Promoted').waitFor();
    await items.nth(2).getByText('90%').waitFor();
    const { learnedPatterns } = await call(local, 'getProgramState', { programId: id }, key);
    expect((learnedPatterns as { id: string }[]).map((one) => one.id)).toEqual(['plain', 'kept']);
    const config = panel(page, 'Config and baselines');
    for (const text of ['ripgrep', 'deep', '42.5 min', 'Timeouts', 'after 7 days'])
      await config.getByText(text).waitFor();
  });

  test('memories are shown the newest first, the long ones shortened, and more when somebody asks', async () => {
    const { id, key } = await aProgram();
    const post = async (operation: string, body: object, token = {}) => {
      const response = await fetch(`${local.origin}/v1/${operation}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}`, ...token },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    const { sessionToken } = await post('activate_agent', { programId: id });
    const token = { 'X-Session-Token': String(sessionToken) };
    const memories = Array.from({ length: 24 }, (_, n) => ({ content: `Fact number ${n}.`, tags: ['x'] }));
    await post('remember', { memories }, token);
    await post('remember', { content: 'long '.repeat(400), type: 'decision', title: 'A long one' }, token);
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    const shown = panel(page, 'Memories').locator('ul > li');
    await shown.first().getByRole('heading', { name: 'A long one' }).waitFor();
    expect(await shown.count()).toBe(20);
    await shown.first().getByText('Decision').waitFor();
    const before = await shown.first().evaluate((one) => one.clientHeight);
    await shown.first().getByRole('button', { name: 'Show all of it' }).click();
    await shown.first().getByRole('button', { name: 'Show less' }).waitFor();
    expect(await shown.first().evaluate((one) => one.clientHeight)).toBeGreaterThan(before);
    await panel(page, 'Memories').getByRole('button', { name: 'Show more' }).click();
    await shown.nth(24).waitFor();
    expect(await shown.count()).toBe(25);
    expect(await panel(page, 'Memories').getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });
});

describe('one program', () => {
  test('its live sessions stand above those that are over, of which more come when somebody asks', async () => {
    const { id, key } = await aProgram();
    for (let n = 0; n < 12; n++) {
      await call(local, 'createSession', { sessionId: `${id}-${n}`, name: `Past ${n}` }, key);
      const outcome = n === 11 ? { outcome: 'errored' } : {};
      await call(
        local,
        'updateSession',
        { sessionId: `${id}-${n}`, status: 'Over', state: 'complete', ...outcome },
        key,
      );
    }
    await call(local, 'createSession', { sessionId: `${id}-live`, name: 'Runs now' }, key);
    await call(local, 'createSession', { sessionId: `${id}-other`, name: 'Not of it' }, local.programKey);
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    await panel(page, 'Live sessions').getByRole('link', { name: 'Runs now' }).waitFor();
    expect(await page.getByText('Not of it').count()).toBe(0);
    const past = panel(page, 'Past sessions').getByRole('listitem');
    await past.nth(9).waitFor();
    expect(await past.count()).toBe(10);
    await past.first().getByText('Past 11').waitFor();
    await past.first().getByText('Errored').waitFor();
    await panel(page, 'Past sessions').getByRole('button', { name: 'Show more' }).click();
    await past.nth(11).getByText('Past 0').waitFor();
    await past.first().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Past 11' }).waitFor();
    await page.locator('.crumbs').getByRole('link', { name: id }).click();
    await panel(page, 'Live sessions').getByRole('link', { name: 'Runs now' }).waitFor();
  });

  test('fields that this page does not know yet are shown as they are, and those that are missing break nothing', async () => {
    const { id, key } = await aProgram();
    await remember(id, key, { contextSummary: { handoffNotes: 'Known' } });
    await admin.doc(documents.programState(local.account, id)).update({
      'contextSummary.mood': 'fine',
      'config.pets': ['cat'],
      'config.customSettingsJson': '{broken',
    });
    await admin.doc(documents.program(local.account, id)).set({ programId: id });
    const page = await signIn(browser, local, { path: `/programs/${id}` });
    const summary = panel(page, 'Context summary');
    for (const text of ['mood', 'fine', 'Known']) await summary.getByText(text).waitFor();
    for (const text of ['pets', '["cat"]', '{broken'])
      await panel(page, 'Config and baselines').getByText(text).waitFor();
    expect(errorsOf(page)).toEqual([]);
  });

  test('one that there is not says so', async () => {
    const page = await signIn(browser, local, { path: '/programs/nobody' });
    await page.getByText('There is no such program').waitFor();
  });

  test.each([320, PHONE.width, 3840])(
    'nothing scrolls sideways at %d px, however long the names are',
    async (width) => {
      const long = 'x'.repeat(200);
      const { id, key } = await aProgram({ displayName: long, groups: ['g'.repeat(50)], tags: ['t'.repeat(50)] });
      await call(local, 'createSession', { name: long, status: long, projectName: 'p'.repeat(100) }, key);
      await remember(id, key, {
        contextSummary: { lastTask: long, activeWorkItems: [long], handoffNotes: long },
        learnedPatterns: [{ id: 'p', domain: 'd'.repeat(50), pattern: long, confidence: 1 }],
        config: { preferredOutputFormat: 'f'.repeat(100), customSettings: { [long]: long } },
      });
      const page = await signIn(browser, local, { viewport: { width, height: 700 } });
      for (const path of ['/programs', `/programs/${id}`]) {
        await page.goto(local.origin + path);
        await page.getByText(long).first().waitFor();
        if (path !== '/programs') await panel(page, 'Config and baselines').waitFor();
        const [wide, seen] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect([path, wide]).toEqual([path, seen]);
      }
    },
  );

  test('axe finds nothing wrong, on a screen and on a phone, light and dark', async () => {
    const { id, key } = await aProgram({
      displayName: 'Seen by all',
      color: '#ff0000',
      groups: ['core'],
      tags: ['x'],
    });
    await call(local, 'createSession', { name: 'Asks', status: 'Which?', state: 'blocked' }, key);
    await remember(id, key, {
      contextSummary: { lastTask: 'Old', activeWorkItems: ['Old'], handoffNotes: 'Old words here' },
      learnedPatterns: [{ id: 'p', domain: 'git', pattern: 'Rebase', confidence: 0.5, promoted: true }],
    });
    await remember(id, key, { contextSummary: { activeWorkItems: ['New'], handoffNotes: 'New words here' } });
    const page = await signIn(browser, local);
    const expectNothingWrong = async (place: string) => {
      for (const viewport of [DESKTOP, PHONE])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          expect([place, viewport.width, colorScheme, await axeProblems(page)]).toEqual([
            place,
            viewport.width,
            colorScheme,
            [],
          ]);
        }
    };
    await page.goto(`${local.origin}/programs`);
    await row(page, id).waitFor();
    await expectNothingWrong('/programs');
    await page.getByRole('button', { name: 'New program' }).click();
    await expectNothingWrong('New program');
    await page.goto(`${local.origin}/programs/${id}`);
    await panel(page, 'Context history').locator('ins').first().waitFor();
    await panel(page, 'Past sessions').getByText('None is over yet.').waitFor();
    await expectNothingWrong(id);
  });
});

test('an auditor sees all of it, and is offered nothing that would change it', async () => {
  const { id, key } = await aProgram();
  await remember(id, key, { contextSummary: { handoffNotes: 'For the next one' } });
  const email = anAddress('auditor');
  await call(local, 'inviteMember', { email, role: 'auditor' }, local.adminKey);
  const page = await signInByMail(browser, local, email);
  await page.goto(`${local.origin}/programs`);
  await row(page, id).waitFor();
  expect(await page.getByRole('button', { name: 'New program' }).count()).toBe(0);
  await page.goto(`${local.origin}/programs/${id}`);
  await panel(page, 'Context summary').getByText('For the next one').waitFor();
  await panel(page, 'Memories').getByText('None.').waitFor();
  await page.getByText('You are an auditor').waitFor();
  for (const name of ['Edit', 'Retire']) expect(await page.getByRole('button', { name }).count()).toBe(0);
  expect(errorsOf(page)).toEqual([]);
});
