import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { documents } from '@quarterdeck/contract';
import { Firestore } from 'firebase-admin/firestore';
import type { PushMessage } from '../../functions/src/operations/ports.js';
import { fcmMessage } from '../../functions/src/store/firebase-push-sender.js';
import { type Finished, finished, Terminal } from '../support/command-line';
import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** The guides say what works: every snippet of theirs is run, with the address and the key of a copy that was started as a person does. */

const root = join(__dirname, '../..');
const guides = join(root, 'docs/guides');
/** What the guides write where a reader puts in the own. */
const ORIGIN = 'http://127.0.0.1:5001';
const KEY = 'cb_…';

let visit: Visit;
let local: Local;
let terminal: Terminal;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  terminal = new Terminal(visit.home);
  installClient();
}, START_TIMEOUT_MS);

afterAll(() => {
  terminal?.remove();
  visit?.leave();
});

interface Snippet {
  readonly language: string;
  readonly text: string;
}

function snippetsOf(guide: string): Snippet[] {
  const page = readFileSync(join(guides, guide), 'utf8');
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
}

function textsOf(guide: string, language: string): string[] {
  return snippetsOf(guide)
    .filter((snippet) => snippet.language === language)
    .map(({ text }) => text.replaceAll(ORIGIN, local.origin).replaceAll(KEY, local.programKey));
}

/** What is to be typed into a shell, in order. */
async function typed(guide: string): Promise<Finished> {
  const folder = terminal.path(guide);
  mkdirSync(folder);
  return terminal.script(textsOf(guide, 'sh').join('\n'), { cwd: folder });
}

/** The client and Firebase, as `npm install` puts them into a project. */
function installClient(): void {
  const modules = terminal.path('node_modules');
  mkdirSync(join(modules, '@quarterdeck'), { recursive: true });
  mkdirSync(join(modules, '@types'), { recursive: true });
  symlinkSync(join(root, 'client'), join(modules, '@quarterdeck/client'));
  for (const name of ['firebase', 'standardwebhooks'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  symlinkSync(join(root, 'node_modules/@types/node'), join(modules, '@types/node'));
  writeFileSync(terminal.path('package.json'), '{"type":"module"}');
}

/** Stands in for a package that a program imports. */
interface StandIn {
  readonly module: string;
  readonly code: string;
}

/** Checks the types of a program as an editor does. */
async function expectTyped(text: string): Promise<void> {
  const source = terminal.path('snippet.ts');
  writeFileSync(source, text);
  const strict = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,esnext.disposable,dom',
    '--types',
    'node',
  ];
  const checked = await finished(
    spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...strict, source], {
      cwd: terminal.folder,
    }),
  );
  expect(checked).toMatchObject({ code: 0, stdout: '' });
}

/** Checks the types of a program, and runs it. @param standIn is there when it runs, not for its types */
async function ran(text: string, standIn?: StandIn): Promise<Finished> {
  await expectTyped(text);
  return finished(
    terminal.start(process.execPath, [built(text, standIn)], { env: { ORIGIN: local.origin, KEY: local.programKey } }),
  );
}

/** @returns the program's file, as Node runs it */
function built(text: string, standIn?: StandIn): string {
  const source = terminal.path('snippet.ts');
  const program = terminal.path('snippet.mjs');
  writeFileSync(source, text);
  execFileSync(process.execPath, [
    join(root, 'node_modules/esbuild/bin/esbuild'),
    source,
    '--target=node20',
    '--format=esm',
    `--outfile=${program}`,
    '--log-level=error',
    ...(standIn ? ['--bundle', '--platform=node', '--packages=external', aliasOf(standIn)] : []),
  ]);
  return program;
}

function aliasOf({ module, code }: StandIn): string {
  const file = terminal.path('stand-in.mjs');
  writeFileSync(file, code);
  return `--alias:${module}=${file}`;
}

/** What scripts and the command line write, for JavaScript that jest can't load. */
function written<T>(module: string, expression: string): T {
  const code = `import * as it from ${JSON.stringify(join(root, module))}; console.log(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })) as T;
}

test('no guide has a snippet of a language that nothing here runs or checks', () => {
  const languages = readdirSync(guides).flatMap((guide) => snippetsOf(guide).map(({ language }) => language));
  expect(new Set(languages)).toEqual(new Set(['sh', 'ts', 'json', 'text', 'swift', 'kotlin']));
});

test('connecting Claude Code works as the guide says, and the hook answers for whoever asks by hand', async () => {
  const { code, stdout } = await typed('claude-code.md');
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/settings\.local\.json: a session began by its hook/);
  expect(stdout.match(/^quarterdeck-outcome: recorded/gim)).toHaveLength(2);
  expect(stdout).toMatch(/"additionalContext":.*try-it/);
});

test('the hooks to be written by hand are those that init and the dashboard show', () => {
  const settings = written<{ hooks: Record<string, { hooks: unknown[] }[]> }>(
    'scripts/lib/claude-code.mjs',
    `it.claudeCodeSettings({ hooks: '${local.origin}/hooks', programKey: '${local.programKey}' })`,
  );
  const [byCommand, byHttp] = textsOf('claude-code.md', 'json').map((text) => JSON.parse(text) as unknown);
  expect(byCommand).toEqual({ hooks: { SessionStart: settings.hooks.SessionStart } });
  for (const [event, groups] of Object.entries(settings.hooks)) {
    if (event !== 'SessionStart') expect(groups).toEqual([{ hooks: [byHttp] }]);
  }
});

test('the table of events names every hook that is written, and no other', () => {
  const settings = written<{ hooks: object }>(
    'scripts/lib/claude-code.mjs',
    "it.claudeCodeSettings({ hooks: '', programKey: '' })",
  );
  const page = readFileSync(join(guides, 'claude-code.md'), 'utf8');
  const named = [...page.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual(Object.keys(settings.hooks).sort());
});

test('any MCP client is connected as the guide says', async () => {
  const { code, stdout } = await typed('mcp-clients.md');
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toContain('"name":"create_session"');
  expect(stdout).toContain('Session completed');
});

test('the configurations in the guide are those that init writes', async () => {
  const folder = terminal.path('as-written');
  mkdirSync(folder);
  const env = { QUARTERDECK_ORIGIN: local.origin, QUARTERDECK_KEY: local.programKey };
  expect(
    await terminal.quarterdeck(['init', '--yes', '--client', 'claude-code', 'cursor', 'vscode'], { cwd: folder, env }),
  ).toMatchObject({ code: 0 });
  const files = ['.cursor/mcp.json', '.vscode/mcp.json', '.mcp.json'].map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
  );
  expect(textsOf('mcp-clients.md', 'json').map((text) => JSON.parse(text) as unknown)).toEqual(files);
});

test('a script with curl tells its session from the start to the end', async () => {
  const { code, stdout } = await typed('curl.md');
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toContain('"reason":"SESSION_UNKNOWN"');
  expect(stdout).toContain('curl ended with 22');
  expect(stdout).toContain('"command":"stop"');
  const { sessions } = (await call(local, 'listSessions', { state: 'complete', limit: 50 }, local.adminKey)) as {
    sessions: { name: string; outcome: string; progress: number }[];
  };
  expect(sessions.filter(({ name }) => name === 'Nightly build')).toMatchObject([
    { outcome: 'completed', progress: 100 },
    { outcome: 'completed', progress: 100 },
  ]);
  expect(sessions.filter(({ name }) => name === 'Release')).toHaveLength(1);
});

test('an app sees the sessions, with the client and with Firebase alone', async () => {
  const [withClient = '', withFirebase = ''] = textsOf('watch-from-an-app.md', 'ts');
  expect(await ran(withClient)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Watched by the guide working Halfway[\s\S]*seen: Halfway/),
  });
  await call(local, 'createSession', { name: 'Seen', sessionId: 'seen-1' }, local.programKey);
  expect(await ran(withFirebase)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^seen-1 working /m) });
});

test.each(['swift', 'kotlin'])(
  'the %s snippet names functions, collections and fields that are there',
  async (language) => {
    const [text = ''] = textsOf('watch-from-an-app.md', language);
    await call(local, 'createSession', { name: 'Seen', sessionId: 'seen-1' }, local.programKey);
    const db = new Firestore({ projectId: local.projectId, host: local.firestore, ssl: false });
    const stored = (await db.doc(documents.session(local.account, 'seen-1')).get()).data() ?? {};
    await db.terminate();
    const [collection] = /collection\("accounts\/.*\/(\w+)"\)/.exec(text)?.slice(1) ?? [];
    expect(documents.session('a', 's')).toBe(`accounts/a/${collection}/s`);
    const fields = [...text.matchAll(/(?:document\[|get(?:String|Timestamp)\()"(\w+)"/g)].map(([, field]) => field);
    expect(fields).toHaveLength(4);
    expect(Object.keys(stored)).toEqual(expect.arrayContaining(fields));
    const [callableName = ''] = /(?:httpsCallable|getHttpsCallable)\("(\w+)"\)/.exec(text)?.slice(1) ?? [];
    const answer = await call(local, callableName, { key: local.programKey }, local.programKey);
    const used = [...text.matchAll(/data\["(\w+)"\]/g)].map(([, field]) => field);
    expect(Object.keys(answer)).toEqual(expect.arrayContaining([...new Set(used)]));
  },
);

/** What a browser does in the snippet: it asks the person, and Firebase's messaging answers a token. */
const BROWSER = `
  globalThis.Notification = { requestPermission: async () => 'granted' };
  globalThis.navigator ??= {};
  Object.defineProperty(navigator, 'serviceWorker', { value: { register: async (path) => ({ path }) } });
  export const getMessaging = (app) => ({ app });
  export const getToken = async (messaging, { vapidKey, serviceWorkerRegistration }) => {
    if (!messaging.app || !vapidKey || serviceWorkerRegistration.path !== '/firebase-messaging-sw.js') throw new Error('asked wrongly');
    return 'token-of-the-page';
  };
`;

test('a page registers as the guide says, and is told when a session needs somebody', async () => {
  const page = textsOf('watch-from-an-app.md', 'ts')[2] ?? '';
  const { code, stdout, stderr } = await ran(page, { module: 'firebase/messaging', code: BROWSER });
  expect({ code, stdout, stderr }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^told of alerts: [0-9a-f]{32}$/m),
  });
  const { devices } = await call(local, 'listDevices', {}, local.programKey);
  expect(devices).toMatchObject([{ platform: 'web', label: 'This browser' }]);
  const session = { sessionId: 'needs-you', status: 'Which branch?' };
  await call(local, 'createSession', { ...session, name: 'Nightly build' }, local.programKey);
  await call(local, 'updateSession', { ...session, state: 'blocked' }, local.programKey);
  const line = await visit.logged(/push: .*Nightly build.*/);
  expect(line).toContain(
    `push: ${local.programId} needs you | Nightly build: Which branch? | /sessions/needs-you | web ${String(stdout.match(/[0-9a-f]{32}/))}`,
  );
  await call(local, 'updateSession', { ...session, state: 'complete', status: 'All green' }, local.programKey);
  expect(await visit.logged(/push: .*All green.*/)).toContain('is done | Nightly build: All green');
  for (const log of ['emulators', 'functions'] as const) expect(visit.log(log)).not.toContain('token-of-the-page');
});

test.each([
  ['swift', 'ios'],
  ['kotlin', 'android'],
])('the %s snippet registers as the operation takes it, and reads what a push carries', async (language, platform) => {
  const text = textsOf('watch-from-an-app.md', language)[1] ?? '';
  const calls = [...text.matchAll(/(?:httpsCallable|getHttpsCallable)\("(\w+)"\)\s*\.call\((?:mapOf\()?\[?([^)\]]*)/g)];
  expect(calls.length).toBeGreaterThan(0);
  for (const [, name, fields = ''] of calls) {
    expect(name).toBe('registerDevice');
    const input = Object.fromEntries(
      fields.split(',').map((field) => {
        const [key, value] = field.split(/:| to /).map((part) => part.trim());
        return [JSON.parse(key ?? ''), value?.startsWith('"') ? JSON.parse(value) : `${language}-token`];
      }),
    );
    expect(input).toEqual({ token: `${language}-token`, platform });
    expect(await call(local, 'registerDevice', input, local.adminKey)).toMatchObject({ device: { platform } });
  }
  const read = [...text.matchAll(/(?:data\[|getStringExtra\()"(\w+)"/g)].map(([, field]) => field);
  expect(read).toEqual(['sessionId']);
  const { data } = fcmMessage({ sessionId: 's', time: new Date(0) } as PushMessage, 'https://example.com');
  expect(Object.keys(data ?? {})).toEqual(expect.arrayContaining(read));
});

test('what one session leaves, the next one picks up, as the guide says', async () => {
  const { code, stdout } = await typed('handover.md');
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/> The parser is done\.[\s\S]*- May we drop Node 18\?/);
  const [fromCode = '', windows = ''] = textsOf('handover.md', 'ts');
  expect(await ran(fromCode)).toMatchObject({ code: 0, stdout: expect.stringContaining('# Handoff for builder') });
  expect(await ran(windows)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/the first one is told: SUPERSEDED[\s\S]*The parser is in src\/parse\.ts/),
  });
});

test('a receiver of webhooks hears of a session that needs somebody, once, and takes nothing that is not signed', async () => {
  // The endpoint has to be known before its receiver is, which needs the secret.
  let receiverPort = 0;
  const front = createServer((request, response) => {
    const onward = { port: receiverPort, path: request.url, method: request.method, headers: request.headers };
    request.pipe(
      httpRequest(onward, (answer) => {
        response.writeHead(answer.statusCode ?? 500);
        answer.pipe(response);
      }),
    );
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}/quarterdeck`;
  const lines = textsOf('webhooks.md', 'sh').join('\n').replace('cb_admin', local.adminKey);
  const made = await terminal.script(lines.replace('https://example.com/quarterdeck', endpoint));
  expect(made).toMatchObject({ code: 0 });
  const { secret, webhook } = JSON.parse(made.stdout) as { secret: string; webhook: { webhookId: string } };

  const [text = ''] = textsOf('webhooks.md', 'ts');
  await expectTyped(text);
  const program = built(text);
  const receiver = terminal.start(process.execPath, [program], { env: { PORT: '0', WEBHOOK_SECRET: secret } });
  const said = createInterface({ input: receiver.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const next = async () => String((await said.next()).value);
  receiverPort = Number(/port: (\d+)/.exec(await next())?.[1]);
  await call(local, 'createSession', { sessionId: 'tells', name: 'Tells', status: 'x' }, local.programKey);
  await call(local, 'updateSession', { sessionId: 'tells', status: 'Which?', state: 'blocked' }, local.programKey);
  expect(await next()).toBe('session.state_changed session/tells needs somebody');
  const unsigned = await fetch(endpoint, { method: 'POST', body: '{"id":"x","type":"session.ended"}' });
  expect(unsigned.status).toBe(400);
  expect(await call(local, 'pingWebhook', { webhookId: webhook.webhookId }, local.adminKey)).toMatchObject({
    status: 204,
  });
  expect(await next()).toMatch(/^webhook\.ping /);
  receiver.kill();
  await call(local, 'deleteWebhook', { webhookId: webhook.webhookId }, local.adminKey);
  await new Promise((done) => front.close(done).closeAllConnections());
});
