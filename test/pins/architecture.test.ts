import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative, resolve } from 'node:path';

/**
 * The direction of the arrows: contract ← domain ← operations ← store and log ← compose ← entries, and contract ← client ← cli and web. A rule that an import breaks is named with the file, the
 * import and what is allowed instead.
 */

const root = resolve(__dirname, '../..');

interface Import {
  /** A package, `node:…`, or a path from the root without its extension: `functions/src/domain/caller`. */
  readonly from: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** `import()`: loaded when it runs. */
  readonly lazy: boolean;
}

interface Source {
  /** From the root. */
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** An area may import what one of these patterns fits. */
interface Rule {
  readonly area: RegExp;
  readonly may: readonly RegExp[];
  readonly instead: string;
}

const DOMAIN = /^functions\/src\/domain\//;
const OPERATIONS = /^functions\/src\/operations\//;
const STORE = /^functions\/src\/store\//;
const LOG = /^functions\/src\/log\//;
const COMPOSE = /^functions\/src\/compose$/;
const SETTINGS = /^functions\/src\/settings$/;
const CONTRACT = /^@quarterdeck\/contract$/;
const VIEWS = /^@quarterdeck\/contract\/views$/;
const CACHEBASH = /^@quarterdeck\/contract\/cachebash$/;

const WORKSPACES = ['contract', 'functions', 'client', 'cli', 'web'] as const;
/** Written by a script, and read one operation at a time. */
const GENERATED = /^client\/src\/(operations|descriptions)\.ts$/;

const RULES: readonly Rule[] = [
  { area: /^contract\/src\//, may: [/^contract\/src\//, /^zod$/], instead: 'the contract imports zod and itself' },
  {
    area: /^functions\/src\/domain\/api-key\.ts$/,
    may: [CONTRACT, DOMAIN, /^node:(crypto|zlib)$/],
    instead: 'api-key imports the contract, the domain, node:crypto and node:zlib',
  },
  {
    area: /^functions\/src\/domain\/search-terms\.ts$/,
    may: [/^stemmer$/],
    instead: 'search-terms imports stemmer',
  },
  {
    area: /^functions\/src\/domain\/rank-memories\.ts$/,
    may: [CONTRACT, DOMAIN, /^minisearch$/],
    instead: 'rank-memories imports the contract, the domain and minisearch',
  },
  {
    area: /^functions\/src\/domain\/webhook-address\.ts$/,
    may: [/^ipaddr\.js$/],
    instead: 'webhook-address imports ipaddr.js',
  },
  { area: DOMAIN, may: [CONTRACT, DOMAIN], instead: 'the domain imports the contract and itself' },
  {
    area: OPERATIONS,
    may: [CONTRACT, DOMAIN, OPERATIONS, /^node:crypto$/],
    instead: 'operations import the contract, the domain, each other and node:crypto; the world comes through ports',
  },
  {
    area: /^functions\/src\/store\/webhook-sender\.ts$/,
    may: [CONTRACT, DOMAIN, /^functions\/src\/operations\/ports$/, /^standardwebhooks$/, /^node:(dns|http|https|net)$/],
    instead: 'webhook-sender is what connects to the addresses of others: it imports what it needs for that',
  },
  {
    area: STORE,
    may: [
      CONTRACT,
      DOMAIN,
      STORE,
      SETTINGS,
      /^functions\/src\/operations\/(ports|invite-member)$/,
      /^firebase-admin(\/firestore|\/auth|\/messaging)?$/,
      /^@google-cloud\/(pubsub|firestore\/build\/src\/backoff\.js)$/,
      /^(jose|lru-cache|zod)$/,
      /^node:(crypto|timers\/promises)$/,
    ],
    instead: 'the store imports the contract, the domain, itself, the ports and its clients; never an entry or compose',
  },
  {
    area: LOG,
    may: [
      CONTRACT,
      LOG,
      /^functions\/src\/domain\/domain-error$/,
      /^functions\/src\/operations\/ports$/,
      /^firebase-functions\/logger$/,
      /^node:async_hooks$/,
    ],
    instead: 'the log imports its logger, and knows of the rest only its refusals and the port that it fills',
  },
  {
    area: /^functions\/src\/settings\.ts$/,
    may: [CONTRACT, /^zod$/],
    instead: 'settings import the contract and zod: they are read before anything is there',
  },
  {
    area: /^functions\/src\/compose\.ts$/,
    may: [CONTRACT, DOMAIN, OPERATIONS, STORE, LOG, SETTINGS, /^firebase-admin\//, /^node:crypto$/],
    instead: 'compose wires stores behind ports, and knows no entry',
  },
  {
    area: /^functions\/src\/entries\//,
    may: [
      CONTRACT,
      DOMAIN,
      OPERATIONS,
      COMPOSE,
      LOG,
      SETTINGS,
      /^functions\/src\/entries\//,
      /^firebase-functions(\/(?!logger)|$)/,
      /^express$/,
      /^hono(\/|$)/,
      /^zod$/,
      /^@modelcontextprotocol\//,
      /^node:/,
    ],
    instead: 'entries import operations and compose; never a store',
  },
  {
    area: /^client\/src\/watch(\/|\.ts$)/,
    may: [CONTRACT, VIEWS, /^client\/src\//, /^firebase\/(app|auth|firestore)$/],
    instead: 'watches import what the clock says of documents, and Firebase, which nothing else of the client loads',
  },
  {
    area: /^client\/src\//,
    may: [/^client\/src\//],
    instead: 'the client imports itself: it is small, and runs in browsers',
  },
  {
    area: /^cli\/src\//,
    may: [
      /^cli\/src\//,
      VIEWS,
      CACHEBASH,
      /^@quarterdeck\/client(\/descriptions)?$/,
      /^scripts\/lib\/(claude-code|conversation)\.mjs$/,
      /^(@bomb\.sh\/tab\/commander|@clack\/prompts|commander|env-paths|jsonc-parser|picocolors|string-width|write-file-atomic)$/,
      /^node:/,
    ],
    instead: 'the command line imports the client, its own libraries and Node, and never Firebase',
  },
  {
    area: /^web\/src\/firebase\/services\.ts$/,
    may: [/^web\/src\//, /^firebase\//],
    instead: 'services starts Firebase as the page uses it',
  },
  {
    area: /^web\/src\//,
    may: [
      /^web\/src\//,
      /^@quarterdeck\/(client|contract|contract\/(views|limits))$/,
      /^preact(\/hooks|-iso)?$/,
      /^@preact\/signals$/,
      /^uplot(\/|$)/,
      /^scripts\/lib\/(claude-code|conversation)\.mjs$/,
      /^firebase\/(auth|firestore)$/,
      /^virtual:pwa-register$/,
    ],
    instead:
      'the dashboard imports the client, what the clock says of documents, its own libraries, what agents are told of a deployment, and Firebase for listening and signing in',
  },
];

const sources: readonly Source[] = WORKSPACES.flatMap((workspace) => sourcesUnder(`${workspace}/src`));
const inArea = (area: RegExp) => sources.filter(({ path }) => area.test(path));

/** Every problem is a sentence, so that a red test says what to do. */
function expectNone(problems: readonly string[]): void {
  expect(problems).toEqual([]);
}

test('the sources are seen, with their imports', () => {
  expect(sources.length).toBeGreaterThan(60);
  const compose = sources.find(({ path }) => path === 'functions/src/compose.ts');
  expect(compose?.imports).toEqual(
    expect.arrayContaining([
      { from: 'firebase-admin/app', typeOnly: false, lazy: false },
      { from: 'functions/src/operations/ports', typeOnly: true, lazy: false },
      { from: 'functions/src/store/pubsub-bus', typeOnly: false, lazy: true },
    ]),
  );
});

test('what is neither contract, domain, operations, store, log, entry, settings, compose, client, command line nor dashboard does not exist', () => {
  const known =
    /^((contract|client|cli|web)\/src\/|functions\/src\/(domain|operations|store|log|entries)\/|functions\/src\/(compose|settings)\.ts$)/;
  expectNone(
    sources
      .filter(({ path }) => !known.test(path))
      .map(({ path }) => `${path} is in no area: put it where its imports belong, or give it a rule here.`),
  );
});

test('imports follow the arrows', () => {
  const problems = sources.flatMap((source) => {
    const rule = RULES.find(({ area }) => area.test(source.path));
    if (rule === undefined) return [];
    return source.imports
      .filter(({ from }) => !rule.may.some((pattern) => pattern.test(from)))
      .map(({ from }) => `${source.path} imports "${from}", but ${rule.instead}.`);
  });
  expectNone(problems);
});

test('the dashboard takes no more than types from the contract itself, because zod comes with its schemas', () => {
  const problems = inArea(/^web\/src\//).flatMap(({ path, imports }) =>
    imports
      .filter(({ from, typeOnly }) => CONTRACT.test(from) && !typeOnly)
      .map(({ from }) => `${path} imports "${from}" when it runs: take it from @quarterdeck/contract/views or limits.`),
  );
  expectNone(problems);
});

test('only compose takes the classes of the store', () => {
  const problems = sources
    .filter(({ path }) => !STORE.test(path) && path !== 'functions/src/compose.ts')
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => STORE.test(from))
        .map(({ from }) => `${path} imports "${from}", but only functions/src/compose.ts wires stores.`),
    );
  expectNone(problems);
});

test('entries load what does the work when it is called: compose, operations and the store are lazy there', () => {
  const heavy = (from: string) => COMPOSE.test(from) || OPERATIONS.test(from) || STORE.test(from);
  const problems = inArea(/^functions\/src\/entries\//).flatMap(({ path, imports }) =>
    imports
      .filter(({ from, typeOnly, lazy }) => heavy(from) && !typeOnly && !lazy)
      .map(({ from }) => `${path} imports "${from}" at start-up: load it with import() inside the function.`),
  );
  expectNone(problems);
});

test('the command line loads the mapping of CacheBash, and the schemas that come with it, for such an import alone', () => {
  const problems = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ from, typeOnly, lazy }) => CACHEBASH.test(from) && !typeOnly && !lazy)
      .map(({ from }) => `${path} imports "${from}" at start-up: load it with import() where it is needed.`),
  );
  expectNone(problems);
  const users = sources.filter(({ imports }) => imports.some(({ from, lazy }) => CACHEBASH.test(from) && lazy));
  expect(users.map(({ path }) => path)).toEqual(['cli/src/transfer/import-cachebash.ts']);
});

test('nothing imports an entry but what deploys', () => {
  const problems = sources
    .filter(({ path }) => !/^functions\/src\/entries\//.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /^functions\/src\/entries\//.test(from))
        .map(({ from }) => `${path} imports "${from}", but entries are the outermost: move what it needs inwards.`),
    );
  expectNone(problems);
});

test('the domain has no clock, no chance, no surroundings and no waiting', () => {
  const FORBIDDEN: readonly [pattern: RegExp, instead: string][] = [
    [/\bDate\.now\b/, 'takes the time as `now`'],
    [/\bnew Date\(\s*\)/, 'takes the time as `now`'],
    [/(?<!new )\bDate\(/, 'takes the time as `now`'],
    [/\bperformance\b/, 'takes the time as `now`'],
    [/\bMath\.random\b|\brandom(UUID|Bytes)\b/, 'takes what is random as a value'],
    [/\basync\b/, 'decides at once'],
    [/\bawait\b/, 'decides at once'],
    [/\bPromise\b/, 'decides at once'],
    [/\bset(Timeout|Interval|Immediate)\b/, 'decides at once'],
    [/\bprocess\./, 'takes settings as values'],
    [/\bconsole\./, 'says what it has to say in its answer'],
    [/\bfetch\(/, 'has no effects'],
  ];
  const problems = inArea(DOMAIN).flatMap(({ path, code }) =>
    FORBIDDEN.flatMap(([pattern, instead]) => {
      const found = pattern.exec(code);
      return found ? [`${path} has "${found[0]}", but the domain ${instead}.`] : [];
    }),
  );
  expectNone(problems);
});

test('whatever functions log goes through the log, which says what it belongs to', () => {
  // The first is for the emulator, where no push reaches a device; the second takes a line away.
  const OTHERS = ['functions/src/compose.ts', 'functions/src/entries/quiet-debug.ts'];
  const talkers = inArea(/^functions\/src\//).filter(({ code }) => /\bconsole\.|process\.std(out|err)\b/.test(code));
  expect(talkers.map(({ path }) => path)).toEqual(OTHERS);
});

test('operations ask the clock of the ports, and take chance from them', () => {
  const problems = inArea(OPERATIONS).flatMap(({ path, code }) => {
    const found = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandom(UUID|Bytes)\b|\bprocess\.env\b/.exec(code);
    return found ? [`${path} has "${found[0]}", but operations take it from their ports.`] : [];
  });
  expectNone(problems);
});

test('a file is read in one sitting: at most 300 lines', () => {
  const written = sources.filter(({ path }) => !GENERATED.test(path));
  const problems = written.flatMap(({ path }) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1;
    return lines > 300 ? [`${path} has ${lines} lines and may have 300: it holds more than one idea.`] : [];
  });
  expectNone(problems);
});

test('no module imports itself through others', () => {
  const graph = new Map(
    sources.map(({ path, imports }) => [
      path.replace(/\.tsx?$/, ''),
      imports.filter(({ typeOnly, lazy }) => !typeOnly && !lazy).map(({ from }) => from),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (module: string, trail: readonly string[]): void => {
    if (trail.includes(module)) {
      circles.push(`${[...trail.slice(trail.indexOf(module)), module].join(' → ')} is a circle.`);
      return;
    }
    if (done.has(module)) return;
    for (const next of graph.get(module) ?? []) visit(next, [...trail, module]);
    done.add(module);
  };
  for (const module of graph.keys()) visit(module, []);
  expectNone(circles);
});

test('exports have names', () => {
  expectNone(
    sources
      .filter(({ code }) => /\bexport default\b/.test(code))
      .map(({ path }) => `${path} has a default export: name it.`),
  );
});

test('packages of Node are imported as node:', () => {
  const bare = new Set(builtinModules);
  const problems = sources.flatMap(({ path, imports }) =>
    imports.filter(({ from }) => bare.has(from)).map(({ from }) => `${path} imports "${from}": write "node:${from}".`),
  );
  expectNone(problems);
});

test('packages that are imported are declared by the workspace that imports them', () => {
  const problems = WORKSPACES.flatMap((workspace) => {
    // What is bundled is needed only to build.
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
    const declared = { ...dependencies, ...devDependencies };
    const used = new Set(
      sources
        .filter(({ path }) => path.startsWith(`${workspace}/`))
        .flatMap(({ imports }) => imports.map(({ from }) => from))
        .filter(
          (from) =>
            !from.startsWith('node:') && !/^((contract|functions|client|cli|web|scripts)\/|virtual:)/.test(from),
        )
        .map((from) =>
          from
            .split('/')
            .slice(0, from.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    );
    return [...used]
      .filter((name) => !(name in declared))
      .map((name) => `${workspace}/package.json does not declare "${name}", which its sources import.`);
  });
  expectNone(problems);
});

function sourcesUnder(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .map((name) => readSource(join(folder, name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(path: string): Source {
  const code = withoutComments(readFileSync(join(root, path), 'utf8'));
  const statements = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm);
  const calls = code.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g);
  const imports = [
    ...[...statements].map(([, type, names, from]) => ({
      from,
      typeOnly: type !== undefined || onlyTypes(names),
      lazy: false,
    })),
    ...[...calls].map(([, from]) => ({ from, typeOnly: false, lazy: true })),
  ].map((one) => ({ ...one, from: resolved(one.from as string, path) }));
  return { path, code, imports };
}

/** `{ type A, type B }`. */
function onlyTypes(names: string | undefined): boolean {
  const inner = /^\{(.*)\}$/s.exec(names?.trim() ?? '')?.[1];
  if (inner === undefined) return false;
  return inner.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim()));
}

function resolved(from: string, importer: string): string {
  if (!from.startsWith('.')) return from;
  return relative(root, normalize(join(root, dirname(importer), from))).replace(/\.(js|ts)$/, '');
}

/** Comments speak of what code must not do. A `//` inside a text is kept when a colon comes before it. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}
