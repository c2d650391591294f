import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Client, createClient, type QuarterdeckError } from '@quarterdeck/client';
import { setLogLevel } from 'firebase/firestore';
import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** The typed client as its users have it: packed, installed and compiled elsewhere, and live against what `npm start` starts. */

/** npm may have to fetch firebase first. */
const INSTALL_TIMEOUT_MS = 300_000;
const WATCH_TIMEOUT_MS = 300_000;

const root = join(__dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'quarterdeck-client-'));
const elsewhere = join(home, 'elsewhere');
const run = promisify(execFile);
let visit: Visit;
let local: Local;
let wire: Wire;
let child: ChildProcess | undefined;

beforeAll(async () => {
  setLogLevel('silent');
  visit = await visitSharedCopy();
  ({ local } = visit);
  wire = await Wire.to(local.firestore);
}, START_TIMEOUT_MS);

afterAll(async () => {
  child?.kill();
  await wire?.close();
  visit?.leave();
  rmSync(home, { recursive: true, force: true });
});

/** The package's file, as the README says that `npm pack` calls it. */
function packedName(): string {
  const page = readFileSync(join(root, 'client/README.md'), 'utf8');
  return String(/^npm install <clone>\/client\/(\S+\.tgz)$/m.exec(page)?.[1]);
}

/** A wire to a server that can be cut and mended. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(private readonly server: Server) {}

  static async to(address: string): Promise<Wire> {
    const { hostname, port } = new URL(`http://${address}`);
    const wire: Wire = new Wire(createServer((near) => wire.join(near, Number(port), hostname)));
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    return wire;
  }

  get address(): string {
    const address = this.server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket, port: number, host: string): void {
    if (this.isCut) return void near.destroy();
    const far = connect(port, host);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

/** What was told so far, and what will be. */
class Told<Update> {
  readonly all: Update[] = [];
  private readonly waiting = new Set<() => void>();

  readonly hear = (update: Update): void => {
    this.all.push(update);
    for (const look of this.waiting) look();
  };

  /** The first update, from the one with this index on, for which something holds. */
  first(holds: (update: Update) => boolean, from = 0): Promise<Update> {
    return new Promise((found) => {
      const look = () => {
        const update = this.all.slice(from).find(holds);
        if (update === undefined) return;
        this.waiting.delete(look);
        found(update);
      };
      this.waiting.add(look);
      look();
    });
  }
}

async function newKey(programId: string): Promise<{ key: string; keyHash: string }> {
  const made = await call(local, 'createKey', { programId, label: programId }, local.adminKey);
  return { key: String(made.key), keyHash: String(made.keyHash) };
}

/** Firebase as init.json describes it, but with Firestore at the end of the wire. */
const throughWire = () => ({
  config: {
    projectId: local.projectId,
    apiKey: 'local',
    emulators: { auth: local.auth, firestore: wire.address },
  },
});

const clientOf = (apiKey: string): Client => createClient({ origin: local.origin, apiKey });

const PROGRAM = `
import { createInterface } from 'node:readline';
import { createClient, isRestorable, type QuarterdeckError, type SessionsUpdate, type SessionView } from '@quarterdeck/client';

const { ORIGIN = '', KEY = '', FIREBASE = '' } = process.env;
const say = (line: object) => console.log(JSON.stringify(line));

await using client = createClient({ origin: ORIGIN, apiKey: KEY, firebase: { config: JSON.parse(FIREBASE) } });
const { session }: { session: SessionView } = await client.createSession({ name: 'Elsewhere', sessionId: 'elsewhere-1' });
say({ started: session.sessionId });

const refused = (error: QuarterdeckError) => say({ refused: error.code, reason: error.reason });
// @ts-expect-error there is no such state
await client.createSession({ name: 'Elsewhere', state: 'asleep' }).catch(refused);
// @ts-expect-error the status is missing
await client.updateSession({ sessionId: session.sessionId }).catch(refused);
// @ts-expect-error an answer has no such field
say({ nothing: session.stauts });
say({ restorable: isRestorable({ status: 'killed', activity: null }) });

const tell = ({ sessions, changes, asOf, staleSince }: SessionsUpdate) =>
  say({
    statuses: sessions.map(({ status }) => status),
    changes: changes.map(({ type }) => type),
    asOf,
    staleSince,
  });
using watch = await client.watchSessions(tell, { programId: 'elsewhere' });
say({ watching: watch.staleSince === null });
for await (const line of createInterface({ input: process.stdin })) say({ told: line });
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'esnext.disposable'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
  },
  files: ['main.ts'],
};

test(
  'packed and installed elsewhere, it compiles under the strictest settings, its types checked too, and wrong uses do not',
  async () => {
    mkdirSync(elsewhere, { recursive: true });
    await run('npm', ['pack', '--pack-destination', elsewhere], { cwd: join(root, 'client') });
    writeFileSync(
      join(elsewhere, 'package.json'),
      JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }),
    );
    writeFileSync(join(elsewhere, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    writeFileSync(join(elsewhere, 'main.ts'), PROGRAM);
    const install = ['install', `./${packedName()}`, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', install, { cwd: elsewhere });
    const compiler = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd: elsewhere,
    });
    await expect(compiler.catch(({ stdout }) => stdout)).resolves.toMatchObject({ stdout: '' });
  },
  INSTALL_TIMEOUT_MS,
);

interface Line {
  readonly statuses?: (string | null)[];
  readonly staleSince?: string | null;
  readonly asOf?: string;
  readonly [more: string]: unknown;
}

test(
  'that program sees a change, learns that the stream broke, and catches up by itself when it is back',
  async () => {
    const { key } = await newKey('elsewhere');
    const started = spawn(process.execPath, [join(elsewhere, 'out/main.js')], {
      env: { ...process.env, ORIGIN: local.origin, KEY: key, FIREBASE: JSON.stringify(throughWire().config) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    const exited = once(started, 'close');
    const said = new Told<Line>();
    createInterface({ input: started.stdout }).on('line', (line) => said.hear(JSON.parse(line)));
    const update = (status: string) => call(local, 'updateSession', { sessionId: 'elsewhere-1', status }, key);

    await said.first((line) => line.watching === true);
    expect(said.all[0]).toEqual({ started: 'elsewhere-1' });
    expect(said.all).toContainEqual({ refused: 'invalid-argument', reason: 'INVALID_FIELD' });
    expect(said.all).toContainEqual(
      expect.objectContaining({ statuses: [null], changes: ['added'], staleSince: null }),
    );

    await update('in sight');
    const seen = await said.first(({ statuses }) => statuses?.[0] === 'in sight');
    expect(seen).toMatchObject({ changes: ['changed'], staleSince: null });

    wire.cut();
    const broken = await said.first(({ staleSince }) => typeof staleSince === 'string');
    expect(broken).toMatchObject({ statuses: ['in sight'], changes: [], asOf: broken.staleSince });
    await update('out of sight');
    const heardBefore = said.all.length;

    wire.mend();
    const back = await said.first(({ staleSince }) => staleSince === null, heardBefore);
    expect(back.statuses).toEqual(['out of sight']);

    started.stdin.end();
    expect(await exited).toEqual([0, null]);
  },
  WATCH_TIMEOUT_MS,
);

test(
  'a watched session is followed over its end and its return, and is never lost in between',
  async () => {
    const { key } = await newKey('follower');
    await using client = clientOf(key);
    const told = new Told<string | undefined>();
    await client.watchSession('followed', ({ session }) => told.hear(session?.state));
    expect(told.all).toEqual([undefined]);
    await client.createSession({ name: 'Followed', sessionId: 'followed' });
    await told.first((state) => state === 'working');
    await client.updateSession({ sessionId: 'followed', status: 'x', state: 'complete' });
    await told.first((state) => state === 'complete');
    await client.restoreSession({ sessionId: 'followed' });
    await told.first((state) => state === 'working', told.all.indexOf('complete'));
    expect(told.all.lastIndexOf(undefined)).toBe(0);
  },
  WATCH_TIMEOUT_MS,
);

test(
  'a program may watch the fleet, and sees it as it is computed anew',
  async () => {
    const { key } = await newKey('lookout');
    await using client = clientOf(key);
    const told = new Told<string[]>();
    using watch = await client.watchFleet(({ programs }) =>
      told.hear(programs.map(({ programId, state }) => `${programId} ${state}`)),
    );
    expect(watch.staleSince).toBeNull();
    await told.first((programs) => programs.includes('lookout offline'));
    await client.createSession({ name: 'Looking' });
    await call(local, 'getFleetHealth', { maxAgeSeconds: 0 }, local.adminKey);
    await told.first((programs) => programs.includes('lookout working'));
  },
  WATCH_TIMEOUT_MS,
);

test(
  'when a key is revoked, a watch on a document ends with the next change, and says that access has ended',
  async () => {
    const { key, keyHash } = await newKey('leaver');
    await using client = clientOf(key);
    await client.createSession({ name: 'Leaving', sessionId: 'leaving' });
    const errors = new Told<QuarterdeckError>();
    const updates = new Told<{ staleSince: Date | null }>();
    const watch = await client.watchSession('leaving', updates.hear, { onError: errors.hear });
    expect(watch.staleSince).toBeNull();
    await call(local, 'revokeKey', { keyHash }, local.adminKey);
    await call(local, 'updateSession', { sessionId: 'leaving', status: 'secret' }, local.adminKey);
    const error = await errors.first(() => true);
    expect(error).toMatchObject({ code: 'permission-denied', reason: 'WATCH_ENDED', operation: 'watch_session' });
    expect(error.message).toMatch(/^Access has ended/);
    expect(watch.staleSince).toBeInstanceOf(Date);
    expect(updates.all.at(-1)).toMatchObject({ staleSince: watch.staleSince, session: { status: null } });
  },
  WATCH_TIMEOUT_MS,
);

test(
  'a watch on many sessions ends at the latest when its stream is renewed',
  async () => {
    const { key, keyHash } = await newKey('second-leaver');
    await using client = createClient({ origin: local.origin, apiKey: key, firebase: throughWire() });
    const errors = new Told<QuarterdeckError>();
    const watch = await client.watchSessions(() => {}, { onError: errors.hear });
    await call(local, 'revokeKey', { keyHash }, local.adminKey);
    wire.cut();
    wire.mend();
    expect(await errors.first(() => true)).toMatchObject({ code: 'permission-denied' });
    expect(watch.staleSince).toBeInstanceOf(Date);
  },
  WATCH_TIMEOUT_MS,
);

test(
  'a client that is closed tells nothing more, and watches again when it is asked to',
  async () => {
    const { key } = await newKey('sleeper');
    await using client = clientOf(key);
    const told = new Told<number>();
    const watch = await client.watchSessions(({ sessions }) => told.hear(sessions.length), { programId: 'sleeper' });
    await client.close();
    expect(watch.staleSince).toBeInstanceOf(Date);
    const again = new Told<number>();
    await client.createSession({ name: 'Unseen' });
    await client.watchSessions(({ sessions }) => again.hear(sessions.length), { programId: 'sleeper' });
    expect([told.all, again.all]).toEqual([[0], [1]]);
  },
  WATCH_TIMEOUT_MS,
);

test('a key that is refused is refused when a watch is opened, with the reason', async () => {
  await using client = clientOf(local.programKey.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')));
  await expect(client.watchSessions(() => {})).rejects.toMatchObject({
    code: 'unauthenticated',
    reason: 'INVALID_KEY',
  });
});
