import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '@quarterdeck/contract';
// The Firebase CLI's own checks. They are no public interface; an upgrade that moves them turns this test red, not silent.
import { getValidator } from 'firebase-tools/lib/firebaseConfigValidate';
import { FirestoreApi } from 'firebase-tools/lib/firestore/api';
import { sessionTokenKeys } from '../../functions/src/settings.js';
import { deployedFunctions as deployed } from '../support/deployed-functions.js';
import { type Asked, anchorsOf, askedOfCloud, blocksOf, tableOf } from '../support/runbook.js';

/** What docs/deploy.md says of roles is what the code uses and what its commands grant; and what is deployed is what the CLI takes. */

const root = join(__dirname, '../..');
const functions = join(root, 'functions/src');
const PAGE = 'deploy.md';
const PREPARE = 'firebase-tools/lib/deploy/functions/prepare';
const CHAPTER = 'Who the functions run as';

/** What only some functions use of the project, by the port that leads to it. Firestore all of them do. */
const USES: Readonly<Record<string, readonly string[]>> = {
  bus: ['Pub/Sub'],
  auth: ['Auth', 'custom tokens'],
  pushSender: ['Cloud Messaging'],
};

/** The roles that each use takes. */
const ROLES: Readonly<Record<string, string>> = {
  Firestore: 'datastore.user',
  Auth: 'firebaseauth.admin',
  'custom tokens': 'iam.serviceAccountTokenCreator',
  'Pub/Sub': 'pubsub.publisher',
  'Cloud Messaging': 'firebasecloudmessaging.admin',
};
const OF_TRIGGERS = ['eventarc.eventReceiver', 'run.invoker'];

const groups = tableOf(PAGE, CHAPTER).map(([account = '', names = '', uses = '', roles = '']) => ({
  account: account.replaceAll('`', ''),
  names: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  uses: uses.split(', ').sort(),
  roles: [...roles.matchAll(/`roles\/([\w.]+)`/g)].map(([, role = '']) => role).sort(),
}));

/** Operations that a function loads, by its name; the doors load all that the dispatcher and the hooks do. */
function operationsOf(name: string): readonly string[] {
  const entries = readdirSync(join(functions, 'entries')).filter((file) => /(?<!\.test)\.ts$/.test(file));
  for (const file of entries) {
    const text = readFileSync(join(functions, 'entries', file), 'utf8');
    const own = text.split(/^export const /m).find((part) => part.startsWith(`${name} =`));
    if (own !== undefined) {
      const loaded = [...own.matchAll(/import\('\.\.\/operations\/([\w-]+)\.js'\)/g)].map(
        ([, operation = '']) => operation,
      );
      return loaded.length > 0 ? loaded : ['dispatch', 'record-hook-event'];
    }
  }
  throw new Error(`no entry declares ${name}`);
}

/** The ports of USES that operations name, with everything that they import. */
function portsOf(operations: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  const ports = new Set<string>();
  for (const operation of operations) {
    if (seen.has(operation) || operation === 'ports') continue;
    seen.add(operation);
    const code = readFileSync(join(functions, 'operations', `${operation}.ts`), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
      '',
    );
    for (const port of Object.keys(USES)) if (new RegExp(`\\b${port}\\b`).test(code)) ports.add(port);
    const imported = [...code.matchAll(/from '\.\/([\w-]+)\.js'/g)].map(([, name = '']) => name);
    for (const port of portsOf(imported, seen)) ports.add(port);
  }
  return ports;
}

test('every function that is no callable is in the table once', () => {
  const named = groups.flatMap(({ names }) => names).sort();
  const others = Object.entries(deployed).filter(([, declared]) => !('callableTrigger' in declared));
  expect(named).toEqual(others.map(([name]) => name).sort());
});

test.each(groups)('$account uses what its functions reach, and no more', ({ names, uses }) => {
  const ports = new Set(names.flatMap((name) => [...portsOf(operationsOf(name))]));
  expect(['Firestore', ...[...ports].flatMap((port) => USES[port] ?? [])].sort()).toEqual(uses);
});

test.each(groups)('$account has the roles for that, and no other', ({ names, uses, roles }) => {
  const isTriggered = names.some((name) => deployed[name]?.httpsTrigger === undefined);
  expect([...uses.map((use) => ROLES[use]), ...(isTriggered ? OF_TRIGGERS : [])].sort()).toEqual(roles);
});

test('the commands make each service account and grant it just these roles', async () => {
  const asked = await askedOfCloud(
    blocksOf(PAGE).filter(({ heading }) => heading === CHAPTER),
    { PROJECT: 'p' },
  );
  const after = (command: Asked, name: string) =>
    String(command.find((argument) => argument.startsWith(`--${name}=`))).slice(name.length + 3);
  const made = asked.filter((command) => command[3] === 'create').map((command) => command[4]);
  expect(made.sort()).toEqual(groups.map(({ account }) => account).sort());
  const granted = asked
    .filter((command) => command.includes('add-iam-policy-binding'))
    .map((command) => [after(command, 'member'), after(command, 'role')]);
  const wanted = groups.flatMap(({ account, roles }) =>
    roles.map((role) => [`serviceAccount:${account}@p.iam.gserviceaccount.com`, `roles/${role}`]),
  );
  expect(granted.sort()).toEqual(wanted.sort());
  // To sign as itself, not as everybody of the project.
  const signing = asked.filter((command) => command.includes('--role=roles/iam.serviceAccountTokenCreator'));
  expect(signing.map((command) => command.slice(1, 5))).toEqual([
    ['iam', 'service-accounts', 'add-iam-policy-binding', 'quarterdeck-doors@p.iam.gserviceaccount.com'],
  ]);
});

describe('the commands of the page', () => {
  let commands: readonly Asked[];
  beforeAll(async () => {
    const blocks = blocksOf(PAGE).filter(({ needsCloud, text }) => needsCloud || text.startsWith('export '));
    commands = await askedOfCloud(blocks);
  });
  const asked = (...words: readonly string[]) =>
    commands.findIndex((command) => words.every((word, at) => command[at] === word));

  test('name their project, whatever was used before', () => {
    const named = commands.filter(
      ([name, what]) => name !== 'set' && !['auth', 'login', 'projects'].includes(String(what)),
    );
    expect(named.length).toBeGreaterThan(5);
    for (const command of named) expect(command.join(' ')).toMatch(/--project[= ]my-project( |$)/);
  });

  test('deploy when there is what it needs: APIs, and a secret that the functions can read', () => {
    const order = [
      asked('gcloud', 'services', 'enable'),
      asked('firebase', 'functions:secrets:set'),
      asked('set'),
      asked('firebase', 'deploy'),
    ];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    const [, value = ''] = commands.find(([name]) => name === 'set') ?? [];
    expect(sessionTokenKeys({ SESSION_TOKEN_KEYS: value }).keys).toHaveLength(1);
  });

  test('enable every API that the CLI asks of functions like these', () => {
    const asksFor = [...readFileSync(require.resolve(PREPARE), 'utf8').matchAll(/^ {4}"([\w.]+googleapis\.com)",$/gm)];
    // Functions of the first generation, and queues: there are none.
    const unused = ['runtimeconfig.googleapis.com', 'cloudtasks.googleapis.com'];
    const wanted = asksFor.map(([, api = '']) => api).filter((api) => !unused.includes(api));
    expect(wanted.length).toBeGreaterThan(6);
    expect(commands[asked('gcloud', 'services', 'enable')]).toEqual(expect.arrayContaining(wanted));
  });
});

test('the page says what each tier allows', () => {
  const allowed = Object.entries(limits.SESSIONS_BY_TIER).map(
    ([tier, count]) => `\`${tier}\` ${count ?? 'any number'}`,
  );
  expect(readFileSync(join(root, 'docs', PAGE), 'utf8')).toContain(allowed.join(', '));
});

test.each(['deploy.md', 'operate.md', 'upgrades.md'])('links of %s to chapters lead to some', (page) => {
  const links = [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/\]\(([\w-]+\.md)?#([\w-]+)\)/g)];
  for (const [, file = page, anchor = ''] of links) expect(anchorsOf(file)).toContain(anchor);
});

test.each(['deploy.md', 'operate.md', 'upgrades.md', '../SECURITY.md'])(
  '%s starts the Firebase CLI of this clone, with a project',
  (page) => {
    const text = readFileSync(join(root, 'docs', page), 'utf8');
    const started = [...text.matchAll(/(\S+ |^)firebase (deploy|functions:|firestore:)[^\n`|<]*/gm)];
    expect(started.length).toBeGreaterThan(0);
    for (const [command] of started) expect(command).toMatch(/npx firebase .*--project "\$PROJECT"/);
  },
);

test('the timeouts of the page are those that are deployed', () => {
  const DEFAULT_SECONDS = 60;
  for (const [names = '', , timeout = ''] of tableOf(PAGE, 'What is deployed')) {
    for (const [, name = ''] of names.matchAll(/`(\w+)`/g)) {
      const { timeoutSeconds = DEFAULT_SECONDS } = deployed[name] as {
        timeoutSeconds?: number;
      };
      expect([name, `${timeoutSeconds} s`]).toEqual([name, timeout]);
    }
  }
});

test('the CLI takes firebase.json and the indexes', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const validate = getValidator();
  expect([validate(read('firebase.json')), validate.errors]).toEqual([true, null]);
  const indexes = read('firestore.indexes.json') as { indexes: object[] };
  const api = new FirestoreApi();
  expect(() => api.validateSpec(indexes)).not.toThrow();
  // It looks: an index that is none is refused.
  expect(validate({ firestore: 1 })).toBe(false);
  expect(() => api.validateSpec({ ...indexes, indexes: [{ collectionGroup: 'sessions' }] })).toThrow();
});
