import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PubSub } from '@google-cloud/pubsub';
import { documents } from '@quarterdeck/contract';
import { Firestore, Timestamp } from 'firebase-admin/firestore';
import { CACHEBASH_LINES } from '../support/cachebash';
import { finished, Terminal } from '../support/command-line';
import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** The command line as a person and a script use it, on a copy that was started as a person does. */

interface Summary {
  imported: number;
  noPlace: Record<string, number>;
}

interface Session {
  sessionId: string;
  state: string;
  outcome: string | null;
  status: string | null;
  progress: number | null;
  programId: string | null;
}

type Told = Session & { command: { name: string } | null };

let visit: Visit;
let local: Local;
let terminal: Terminal;
let db: Firestore;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  terminal = new Terminal(visit.home);
  db = new Firestore({ projectId: local.projectId, host: local.firestore, ssl: false });
}, START_TIMEOUT_MS);

afterAll(async () => {
  await db?.terminate();
  terminal?.remove();
  visit?.leave();
});

async function sessionNow(sessionId: string): Promise<Session> {
  const { session } = await terminal.json<{ session: Session }>([
    'call',
    'get_session',
    '-f',
    `sessionId=${sessionId}`,
  ]);
  return session;
}

describe('for shell scripts', () => {
  test('start prints an id, beat and done use it, and the session tells the story', async () => {
    const { stdout } = await terminal.quarterdeck([
      'start',
      'Nightly build',
      '--status',
      'Reading',
      '--project',
      'web',
      '--interval',
      '60',
    ]);
    const sessionId = stdout.trim();
    const env = { QUARTERDECK_SESSION: sessionId };
    await terminal.quarterdeck(['beat', 'Testing', '--progress', '40'], { env });
    expect(await sessionNow(sessionId)).toMatchObject({
      state: 'working',
      status: 'Testing',
      progress: 40,
      programId: 'builder',
      projectName: 'web',
    });
    await terminal.quarterdeck(['beat', 'Deploy now?', '--state', 'blocked'], { env });
    expect(await sessionNow(sessionId)).toMatchObject({ state: 'blocked', status: 'Deploy now?' });
    expect(await terminal.quarterdeck(['beat'], { env })).toEqual({ code: 0, stdout: '', stderr: '' });
    await terminal.quarterdeck(['done', 'All well'], { env });
    expect(await sessionNow(sessionId)).toMatchObject({
      state: 'complete',
      outcome: 'completed',
      status: 'All well',
      progress: 100,
    });
  });

  test('a start with an id of its own can be repeated', async () => {
    const args = ['start', 'Again', '--id', 'again-1'];
    expect(await terminal.quarterdeck(args)).toMatchObject({ stdout: 'again-1\n' });
    expect(await terminal.json(args)).toMatchObject({ message: 'Session updated' });
    expect(await terminal.json(['done', '--session', 'again-1', '--outcome', 'errored'])).toMatchObject({
      message: 'Session completed',
    });
    expect(await sessionNow('again-1')).toMatchObject({ outcome: 'errored', status: 'Failed', progress: null });
  });

  test('with --json everything is one JSON value, and a refusal too', async () => {
    const rows = await terminal.json<Session[]>(['ls', '--all']);
    expect(rows.map(({ sessionId }) => sessionId)).toContain('again-1');
    const refused = await terminal.quarterdeck(['beat', 'x', '--session', 'nobody', '--json']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'not-found', reason: 'SESSION_UNKNOWN' } });
  });

  test('a pipe gets no colours, unless they are forced', async () => {
    expect((await terminal.quarterdeck(['ls', '--all'])).stdout).not.toContain('\x1b');
    expect((await terminal.quarterdeck(['ls', '--all'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b');
    expect(
      (await terminal.quarterdeck(['ls', '--all', '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout,
    ).not.toContain('\x1b');
  });

  test.each([
    [['ls', '--nope'], /unknown option '--nope'/],
    [['lss'], /unknown command 'lss'/],
    [['beat', '--progress', '40'], /--progress and --state come with a status/],
    [['beat', 'x', '--progress', '140'], /from 0 to 100/],
    [['call', 'get_sessions'], /Allowed choices are .*get_session/],
    [['call', 'list_sessions', '-f', 'limit=many'], /limit: "many" is no integer/],
    [['state', 'set', '{'], /That is no JSON/],
    [['state', 'set'], /Nothing to set/],
    [['key', 'revoke', 'cb_secret'], /Give the hash/],
    [['init'], /no terminal to ask at/],
    [['ls', '--profile', 'staging'], /There is no profile "staging"/],
  ])('%j is answered with what is wrong, and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await terminal.quarterdeck(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('run', () => {
  const ran = async (...command: string[]) => {
    const { code, stdout, stderr } = await terminal.quarterdeck(['run', '--json', '--', ...command]);
    const { sessionId, exitCode, outcome } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      sessionId: string;
      exitCode: number;
      outcome: string;
    };
    expect(exitCode).toBe(code);
    return { code, outcome, stdout, stderr, session: await sessionNow(sessionId) };
  };

  test.each([
    ['exit 0', 0, 'completed', 'Exit code 0'],
    ['exit 3', 3, 'errored', 'Exit code 3'],
    ['kill -TERM $$', 143, 'killed', 'Ended by SIGTERM'],
  ])('sh -c "%s" ends with its own exit code %d, and the session as %s', async (script, code, outcome, status) => {
    expect(await ran('sh', '-c', script)).toMatchObject({
      code,
      outcome,
      session: { state: 'complete', outcome, status },
    });
  });

  test('a command that is not there is told as a shell tells it', async () => {
    expect(await ran('no-such-command')).toMatchObject({
      code: 127,
      stderr: expect.stringContaining('command not found'),
      session: { outcome: 'errored' },
    });
  });

  test('what the command calls knows the session it runs in', async () => {
    const { session } = await ran('sh', '-c', 'quarterdeck beat "Half of it" --progress 50; exit 1');
    expect(session).toMatchObject({ outcome: 'errored', progress: 50 });
  });

  test("options of the command are the command's own", async () => {
    expect(await ran('echo', '--json', '--name', 'x')).toMatchObject({
      stdout: expect.stringMatching(/^--json --name x\n/),
    });
  });

  test('a signal is passed on, and the end of the command is told', async () => {
    const child = terminal.startQuarterdeck(['run', '--json', '--', 'sh', '-c', 'echo ready; exec sleep 60']);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('ready');
    child.kill('SIGTERM');
    const { sessionId } = JSON.parse(String((await lines.next()).value)) as { sessionId: string };
    await new Promise((done) => child.once('close', done));
    expect(child.exitCode).toBe(143);
    expect(await sessionNow(sessionId)).toMatchObject({ outcome: 'killed', status: 'Ended by SIGTERM' });
  });

  test('a session that is told to stop ends its command, whose exit code is the outcome', async () => {
    const seen: { path: string; body: Record<string, unknown> }[] = [];
    let isReady = false;
    // Answers as Quarterdeck does, with a threshold that makes beats come at once.
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        if (path === '/ready') isReady = true;
        else seen.push({ path, body: JSON.parse(text) as Record<string, unknown> });
        const session = { sessionId: 'told-1', name: 'x', status: null, command: null, staleAfterSeconds: 0.1 };
        const beats = seen.filter((one) => one.path === '/v1/heartbeat').length;
        const inbox = { pendingMessages: 0, pendingTasks: 0, command: isReady && beats > 1 ? 'stop' : 'drain' };
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ success: true, sessionId: 'told-1', session, inbox }));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const work = `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 60_000); fetch('${origin}/ready');`;
    const env = { QUARTERDECK_ORIGIN: origin, QUARTERDECK_KEY: 'cb_any' };
    const { code, stderr } = await terminal.quarterdeck(['run', '--', process.execPath, '-e', work], { env });
    server.close();
    expect(code).toBe(7);
    expect(stderr).toContain('told to drain');
    expect(stderr).toContain('told to stop');
    expect(seen.filter(({ path }) => path === '/v1/update_session').at(-1)).toMatchObject({
      body: { sessionId: 'told-1', state: 'complete', outcome: 'errored', status: 'Exit code 7' },
    });
  });

  test('the work is done although nobody can watch it; --strict says no', async () => {
    const env = { QUARTERDECK_ORIGIN: local.origin, QUARTERDECK_KEY: 'cb_wrong' };
    const watched = await terminal.quarterdeck(['run', '--', 'sh', '-c', 'echo worked; exit 4'], { env });
    expect(watched).toMatchObject({
      code: 4,
      stdout: 'worked\n',
      stderr: expect.stringContaining('running without a session'),
    });
    expect(await terminal.quarterdeck(['run', '--strict', '--', 'echo', 'worked'], { env })).toMatchObject({
      code: 1,
      stdout: '',
    });
  });
});

describe('looking after the fleet', () => {
  test('health ends with 1 exactly when somebody has gone silent', async () => {
    const sessionId = (await terminal.quarterdeck(['start', 'Silent', '--id', 'silent-1'])).stdout.trim();
    expect(await terminal.quarterdeck(['health', '--max-age', '0'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/builder +healthy/),
    });
    const longAgo = Timestamp.fromMillis(Date.now() - 3_600_000);
    await db
      .doc(documents.session(local.account, sessionId))
      .update({ lastActivityAt: longAgo, lastHeartbeat: longAgo });
    const { code, stdout } = await terminal.quarterdeck(['health', '--max-age', '0', '--json']);
    expect({ code, summary: JSON.parse(stdout).summary }).toMatchObject({ code: 1, summary: { stale: 1 } });
    expect((await terminal.quarterdeck(['ls'])).stdout).toMatch(/\? stale +builder +Silent/);
    await terminal.quarterdeck(['done', '--session', sessionId]);
  });

  test('a session is told to drain, then to stop, and it is taken back', async () => {
    await terminal.quarterdeck(['start', 'Told', '--id', 'told-1']);
    const commanded = async () => (await terminal.json<Told[]>(['ls'])).find(({ sessionId }) => sessionId === 'told-1');
    expect(await terminal.quarterdeck(['drain', 'told-1'])).toMatchObject({
      code: 0,
      stdout: 'Session commanded: its agent hears of it with its next beat.\n',
    });
    expect((await commanded())?.command?.name).toBe('drain');
    expect(await terminal.json(['stop', 'told-1'])).toMatchObject({ session: { command: { name: 'stop' } } });
    expect((await terminal.quarterdeck(['ls'])).stdout).toMatch(/Told +\[stop\]/);
    const takenBack = await terminal.quarterdeck(['stop', 'told-1', '--take-back']);
    expect(takenBack).toMatchObject({ code: 0, stdout: 'Command taken back.\n' });
    expect((await commanded())?.command).toBeNull();
    await terminal.quarterdeck(['done', '--session', 'told-1']);
    expect(await terminal.quarterdeck(['stop', 'told-1'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ended (completed)'),
    });
  });

  test('watch in a pipe tells each change as it comes, and ends by Ctrl-C', async () => {
    const child = terminal.startQuarterdeck(['watch', '--json']);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await lines.next()).value)) as { type: string; session: Session };
    await call(local, 'createSession', { sessionId: 'watched-1', name: 'Watched' }, local.programKey);
    expect(await next()).toMatchObject({ type: 'added', session: { sessionId: 'watched-1' } });
    await call(
      local,
      'updateSession',
      { sessionId: 'watched-1', status: 'Deploy now?', state: 'blocked' },
      local.programKey,
    );
    expect(await next()).toMatchObject({ type: 'changed', session: { state: 'blocked', status: 'Deploy now?' } });
    await call(local, 'updateSession', { sessionId: 'watched-1', status: 'Done', state: 'complete' }, local.programKey);
    expect(await next()).toMatchObject({ type: 'removed', session: { sessionId: 'watched-1' } });
    child.kill('SIGINT');
    await new Promise((done) => child.once('close', done));
    expect(child.exitCode).toBe(0);
  });

  test('a key is made, shown once, listed without itself, rotated and revoked', async () => {
    const made = await terminal.quarterdeck(['key', 'create', 'reviewer', '--label', 'For the test']);
    const key = made.stdout.trim();
    expect(key).toMatch(/^cb_/);
    const list = await terminal.quarterdeck(['key', 'list', '--program', 'reviewer']);
    expect(list.stdout).toMatch(/reviewer +program +For the test/);
    expect(list.stdout + made.stderr).not.toContain(key);
    const [{ keyHash }] = (await terminal.json<{ keyHash: string }[]>(['key', 'list', '--program', 'reviewer'])) as [
      { keyHash: string },
    ];
    const asReviewer = { QUARTERDECK_ORIGIN: local.origin, QUARTERDECK_KEY: key };
    const rotated = (await terminal.quarterdeck(['key', 'rotate'], { env: asReviewer })).stdout.trim();
    expect(await terminal.quarterdeck(['ls'], { env: { ...asReviewer, QUARTERDECK_KEY: rotated } })).toMatchObject({
      code: 0,
    });
    expect(await terminal.quarterdeck(['key', 'revoke', keyHash.slice(0, 12)])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Revoked/),
    });
    expect(await terminal.quarterdeck(['key', 'revoke', 'ffffffffffff'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("No key's hash begins with"),
    });
  });

  test('what a program leaves is what boot tells', async () => {
    await terminal.quarterdeck(['state', 'set', '--notes', 'The lexer is next.', '--question', 'May we drop Node 18?']);
    await terminal.quarterdeck(['state', 'set', '-'], {
      input: '{"contextSummary":{"activeWorkItems":["Port the lexer"]}}',
    });
    expect(await terminal.json(['state', 'get'])).toMatchObject({
      contextSummary: { handoffNotes: 'The lexer is next.', activeWorkItems: ['Port the lexer'] },
      revision: 2,
    });
    const { stdout } = await terminal.quarterdeck(['boot']);
    expect(stdout).toMatch(/^# Handoff for builder\n[\s\S]*> The lexer is next\.[\s\S]*- May we drop Node 18\?/);
  });

  test('any operation can be called by its name', async () => {
    const operations = await terminal.json<{ name: string }[]>(['call']);
    expect(operations.length).toBeGreaterThan(35);
    expect(await terminal.json(['call', 'list_programs', '{"limit":1}'])).toMatchObject({
      success: true,
      programs: [{ programId: 'admin' }],
    });
    expect(await terminal.json(['call', 'get_program_state', '-f', 'programId=builder', '--as-program'])).toMatchObject(
      {
        exists: true,
      },
    );
  });
});

describe('profiles', () => {
  test('a key comes by standard input, is tried, and is kept for its owner alone', async () => {
    const added = await terminal.quarterdeck(['profile', 'add', 'production', '--origin', local.origin], {
      input: `${local.adminKey}\n`,
    });
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/as admin \(program admin\)/) });
    expect(added.stdout).not.toContain(local.adminKey);
    const file = terminal.path('config/quarterdeck/profiles.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      current: 'production',
      profiles: { production: { origin: local.origin, key: local.adminKey } },
    });
    await terminal.quarterdeck(['profile', 'add', 'production', '--origin', local.origin, '--as-program'], {
      input: local.programKey,
    });
    expect((await terminal.quarterdeck(['profile', 'list'])).stdout).toMatch(
      /\* +production .*key, program key[\s\S]*local/,
    );
    await terminal.quarterdeck(['profile', 'use', 'local']);
    expect(await terminal.json(['profile', 'remove', 'production'])).toEqual({ removed: 'production' });
  });

  test.each([
    ['no-key', /begins with "cb_"/],
    ['cb_wrong', /API key is not valid/],
  ])('%s is refused, and nothing is kept', async (key, message) => {
    const { code, stderr } = await terminal.quarterdeck(['profile', 'add', 'wrong', '--origin', local.origin], {
      input: key,
    });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect((await terminal.quarterdeck(['profile', 'list'])).stdout).not.toContain('wrong');
  });
});

describe('init', () => {
  const project = (name: string) => {
    const folder = terminal.path(name);
    mkdirSync(folder);
    execFileSync('git', ['init', '-q', folder]);
    return folder;
  };
  const init = (cwd: string, ...more: string[]) =>
    terminal.json<{ programId: string; changed: string[]; proved: { file: string }[] }>(['init', '--yes', ...more], {
      cwd,
    });
  const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

  test('an empty project gets what each client wants, and all of it is proved', async () => {
    const folder = project('My Project!');
    const { programId, changed, proved } = await init(folder, '--client', 'claude-code', 'cursor', 'vscode');
    expect(programId).toBe('My-Project-');
    const files = ['.mcp.json', '.claude/settings.local.json', '.cursor/mcp.json', '.vscode/mcp.json'].map((file) =>
      join(folder, file),
    );
    expect(changed).toEqual(files);
    expect(proved.map(({ file }) => file)).toEqual(files);
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(execFileSync('git', ['status', '--short'], { cwd: folder, encoding: 'utf8' })).toBe('');
    const { sessions } = await terminal.json<{ sessions: Session[] }>([
      'call',
      'list_sessions',
      '-f',
      `programId=${programId}`,
    ]);
    expect(sessions).toMatchObject([{ state: 'complete', outcome: 'completed' }]);
  });

  test('what is there stays to the character, and a second run changes nothing and makes no second key', async () => {
    const folder = project('kept');
    mkdirSync(join(folder, '.claude'));
    const servers =
      '{\n  // ours\n  "mcpServers": {\n    "other": { "command": "npx", "args": ["-y",  "other"] }\n  }\n}\n';
    const settings =
      '{\n\t"hooks": {\n\t\t"Stop": [ { "hooks": [{ "type": "command", "command": "say done" }] } ]\n\t}\n}\n';
    writeFileSync(join(folder, '.mcp.json'), servers);
    writeFileSync(join(folder, '.claude/settings.local.json'), settings);
    await init(folder);
    const lines = (text: string) => text.split('\n').filter((line) => /other|ours|say done/.test(line));
    expect(lines(read(folder, '.mcp.json')).map((line) => line.replace(/,$/, ''))).toEqual(lines(servers));
    expect(read(folder, '.claude/settings.local.json')).toContain(
      '"Stop": [ { "hooks": [{ "type": "command", "command": "say done" }] },',
    );
    const before = [read(folder, '.mcp.json'), read(folder, '.claude/settings.local.json')];
    expect(await init(folder)).toMatchObject({ programId: 'kept', changed: [], proved: [{}, {}] });
    expect([read(folder, '.mcp.json'), read(folder, '.claude/settings.local.json')]).toEqual(before);
    expect(await terminal.json<unknown[]>(['key', 'list', '--program', 'kept'])).toHaveLength(1);
  });

  test('a file that is in version control names the key and does not hold it', async () => {
    const folder = project('tracked');
    writeFileSync(join(folder, '.mcp.json'), '{}\n');
    execFileSync('git', ['add', '.mcp.json'], { cwd: folder });
    const { stderr } = await terminal.quarterdeck(['init', '--yes', '--client', 'claude-code'], { cwd: folder });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file
    expect(read(folder, '.mcp.json')).toContain('Bearer ${QUARTERDECK_KEY}');
    expect(read(folder, '.mcp.json')).not.toContain('cb_');
    expect(stderr).toMatch(/export QUARTERDECK_KEY=cb_/);
  });

  test('a file that is no JSON is named, and nothing at all is changed', async () => {
    const folder = project('broken');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(join(folder, '.claude/settings.local.json'), '{ "hooks": ');
    const { code, stderr } = await terminal.quarterdeck(['init', '--yes', '--client', 'claude-code'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/settings\.local\.json is no JSON \(line 1: .*left as it is/),
    });
    expect(execFileSync('git', ['status', '--short', '-uall'], { cwd: folder, encoding: 'utf8' })).toBe(
      '?? .claude/settings.local.json\n',
    );
    expect(await terminal.json<unknown[]>(['key', 'list', '--program', 'broken'])).toHaveLength(0);
  });

  test('after the address of the local copy has changed, a second run writes the new one, with the same key', async () => {
    const folder = project('moved');
    await init(folder, '--client', 'claude-code');
    const files = ['.mcp.json', '.claude/settings.local.json'];
    const written = () => files.map((file) => JSON.parse(read(folder, file)) as unknown);
    const before = written();
    for (const file of files)
      writeFileSync(join(folder, file), read(folder, file).replaceAll(local.origin, 'http://127.0.0.1:5999'));
    expect((await init(folder, '--client', 'claude-code')).changed).toHaveLength(2);
    expect(written()).toEqual(before);
    expect(await terminal.json<unknown[]>(['key', 'list', '--program', 'moved'])).toHaveLength(1);
  });

  test('--yes names the files that change, and not every line of them', async () => {
    const folder = project('brief');
    const { stdout } = await terminal.quarterdeck(['init', '--yes', '--client', 'claude-code'], { cwd: folder });
    expect(stdout).toMatch(/new file .*\.mcp\.json/);
    expect(stdout).toMatch(/new file .*settings\.local\.json/);
    expect(stdout).not.toContain('Authorization');
    expect(stdout.trim().split('\n').length).toBeLessThan(12);
  });

  test('--dry-run shows what would change, with no key in it, and changes nothing', async () => {
    const folder = project('dry');
    const { stdout } = await terminal.quarterdeck(['init', '--dry-run', '--client', 'claude-code'], { cwd: folder });
    expect(stdout).toMatch(/new file .*\.mcp\.json[\s\S]*\+ .*quarterdeck[\s\S]*Nothing was changed/);
    expect(execFileSync('git', ['status', '--short'], { cwd: folder, encoding: 'utf8' })).toBe('');
  });
});

describe('export and import', () => {
  test('what happened elsewhere is imported and not told again', async () => {
    const exported = terminal.path('event.jsonl');
    const id = '00000000-0000-4000-8000-00000000e2e0';
    const event = { kind: 'event', id, type: 'message.sent', time: '2026-03-01T08:00:00.000Z', subject: 'message/m' };
    const header = { format: 'quarterdeck-export', version: 1 };
    writeFileSync(
      exported,
      `${JSON.stringify(header)}\n${JSON.stringify({ ...event, actor: 'person/x', data: {} })}\n`,
    );
    process.env.PUBSUB_EMULATOR_HOST = local.pubsub;
    const pubsub = new PubSub({ projectId: local.projectId });
    const [subscription] = await pubsub.topic('events').createSubscription('cli-test');
    const told: string[] = [];
    const heard = new Promise<void>((resolve) => {
      subscription.on('message', (message) => {
        told.push(String(message.attributes.subject));
        message.ack();
        if (message.attributes.subject === 'program/after-import') resolve();
      });
    });
    const summary = await terminal.json(['import', exported]);
    await terminal.quarterdeck(['call', 'create_program', '-f', 'programId=after-import']);
    await heard;
    await subscription.close();
    await pubsub.close();
    expect(summary).toMatchObject({ imported: 1, refused: [] });
    expect(told).not.toContain('message/m');
    const listed = await terminal.json<{ events: { id: string }[] }>([
      'call',
      'list_events',
      '{"types":["message.sent"]}',
    ]);
    expect(listed.events.map((one) => one.id)).toEqual([id]);
  });

  test('an export of CacheBash comes in, once, and says what had no place', async () => {
    const file = terminal.path('cachebash.jsonl');
    writeFileSync(file, CACHEBASH_LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const args = ['import', file, '--from', 'cachebash'];
    const first = await terminal.json<Summary>(args);
    // The program "admin", which the file only names, is there.
    expect(first).toMatchObject({ unchanged: 1, refused: [], rejected: [] });
    expect(first.imported).toBeGreaterThan(25);
    expect(first.noPlace).toEqual({
      'sessions/updates': 2,
      ledger: 1,
      keyIndex: 1,
      'tasks (copies of messages)': 1,
      'tasks (question)': 1,
      'sessions/programs (described elsewhere)': 1,
    });
    expect(await terminal.json(['call', 'get_task', '-f', 'taskId=done'])).toMatchObject({
      task: { status: 'done', outcome: 'SUCCESS', completedBy: 'program/basher', attempt: 2 },
    });
    // What the sweep has changed meanwhile is not as it was in the file.
    const { stdout } = await terminal.quarterdeck(args);
    expect(stdout).toMatch(/^0 imported, \d+ there already, \d+ refused\n/);
    expect(stdout).toContain('7 records had no place: 2 sessions/updates, 1 keyIndex, 1 ledger, ');
  });

  describe('an export of CacheBash in which something is wrong', () => {
    const data = {
      name: 'x',
      programId: 'careful',
      status: 'done',
      createdAt: '2026-03-01T08:00:00.000Z',
      archived: true,
    };
    const lines = [
      JSON.stringify({ path: 'sessions/careful.1', data }),
      '{"path":',
      JSON.stringify({ path: 'sessions/careful.2', data: { ...data, name: 'x'.repeat(201) } }),
      JSON.stringify({
        success: true,
        format: 'json',
        tasks: [
          { id: 'careful-1', title: '' },
          { id: 'careful-2', type: 'dream' },
        ],
      }),
    ];
    const written = () => {
      const file = terminal.path('careful.jsonl');
      writeFileSync(file, `${lines.join('\n')}\n`);
      return file;
    };

    test('does not go in at all, and every line is named with its field', async () => {
      const { code, stderr } = await terminal.quarterdeck(['import', written(), '--from', 'cachebash']);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /Line 2: is no JSON\nLine 3: session careful\.2: name: .*\nLine 4: task careful-1: title: /,
      );
      expect(stderr).toContain('Nothing was imported. Mend them, or add --rejects <file>');
      expect(await terminal.quarterdeck(['call', 'get_session', '-f', 'sessionId=careful.1'])).toMatchObject({
        code: 1,
      });
    });

    test('goes in without those lines, which are kept as they are', async () => {
      const rejects = terminal.path('rejects.jsonl');
      const { code, stdout } = await terminal.quarterdeck([
        'import',
        written(),
        '--from',
        'cachebash',
        '--rejects',
        rejects,
      ]);
      expect({ code, stdout }).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/^2 imported, 0 there already, 0 refused\n/),
      });
      expect(stdout).toContain(`3 could not be read and are in ${rejects}:\n  Line 2: is no JSON\n`);
      const task = JSON.stringify({ path: 'tasks/careful-1', data: { id: 'careful-1', title: '' } });
      expect(readFileSync(rejects, 'utf8')).toBe([lines[1], lines[2], task, ''].join('\n'));
      expect(await sessionNow('careful.1')).toMatchObject({ state: 'complete', programId: 'careful' });
    });
  });

  test.each([
    [['import', '-', '--from', 'cachebash'], 2, /has to be a file/],
    [['import', 'x', '--rejects', 'y'], 2, /--rejects comes with --from cachebash/],
    [['import', 'x', '--from', 'elsewhere'], 2, /Allowed choices are quarterdeck, cachebash/],
  ])('%j is answered with what is wrong', async (args, code, message) => {
    expect(await terminal.quarterdeck(args)).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });

  test('what goes out comes in again, once', async () => {
    // A visit of the sweep in between would add a point to the day's timeline.
    await db.doc(documents.account(local.account)).update({ nextSweepAt: null });
    const file = terminal.path('account.jsonl');
    await terminal.quarterdeck(['export', file]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = read(file);
    expect(lines[0]).toMatchObject({ format: 'quarterdeck-export', version: 1 });
    expect((await terminal.quarterdeck(['export'])).stdout.trim().split('\n').slice(1)).toEqual(
      readFileSync(file, 'utf8').trim().split('\n').slice(1),
    );
    const result = await terminal.json<{ imported: number; unchanged: number; refused: unknown[] }>(['import', file]);
    expect(result).toEqual({ imported: 0, unchanged: lines.length - 1, refused: [] });
  });

  test.each([
    ['', /is empty/],
    ['{"format":"other"}\n', /does not say that "quarterdeck export" wrote/],
    ['{"format":"quarterdeck-export","version":9}\n', /has version 9/],
    ['{"format":"quarterdeck-export","version":1}\n{"kind"\n', /Line 2 is no JSON/],
    [
      '{"format":"quarterdeck-export","version":1}\n{"kind":"event","id":"x","size":1}\n',
      /Line 2: id: must be the id of an event\.[\s\S]*Line 2: size: is not a field/,
    ],
  ])('a file of %j is refused with what is wrong', async (text, message) => {
    expect(await terminal.quarterdeck(['import', '-'], { input: text })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(message),
    });
  });

  const read = (file: string) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
});

test('the shell completes commands, options and choices', async () => {
  const completed = async (...words: string[]) => (await terminal.quarterdeck(['complete', '--', ...words])).stdout;
  expect(await completed('he')).toMatch(/^health\t/m);
  expect(await completed('ls', '--st')).toMatch(/^--state\t/m);
  expect(await completed('ls', '--state', 'bl')).toMatch(/^blocked/m);
  for (const shell of ['bash', 'zsh', 'fish']) {
    expect((await terminal.quarterdeck(['complete', shell])).stdout).toContain('quarterdeck');
  }
  // What bash is given is a script that bash can read.
  const script = (await terminal.quarterdeck(['complete', 'bash'])).stdout;
  expect(await finished(terminal.start('bash', ['-n']), script)).toMatchObject({ code: 0, stderr: '' });
});
