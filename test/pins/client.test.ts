import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CreateSessionInput, createClient, OPERATIONS, type OperationMethods } from '@quarterdeck/client';
import { allOperations, callableName, type InputOf, type Operations, type OutputOf } from '@quarterdeck/contract';
import { DESCRIPTIONS } from '../../client/src/descriptions';

/** What the published client is: every operation, small, and without Firebase until somebody watches. */

/** What `index.js` loads at once, gzipped. A red pin asks: is it worth its bytes to everybody who never watches? */
const CORE_MAX_BYTES = 15_000;

const scripts = join(__dirname, '../../scripts');
const dist = mkdtempSync(join(tmpdir(), 'quarterdeck-client-dist-'));
let built: { files: string[]; coreBytes: number };

/** The scripts are ES modules, which jest can't load: a Node of its own evaluates the expression. */
function evaluate<T>(imports: string, expression: string): T {
  const code = `${imports}; console.log(JSON.stringify(await ${expression}));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', cwd: scripts }),
  );
}

beforeAll(() => {
  const script = pathToFileURL(join(scripts, 'build-client.mjs')).href;
  built = evaluate(`import { buildClient } from '${script}'`, `buildClient({ outdir: ${JSON.stringify(dist)} })`);
});

afterAll(() => rmSync(dist, { recursive: true, force: true }));

const textsOf = (ending: string) =>
  built.files
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(join(dist, name), 'utf8') }));

describe('what is generated', () => {
  test('client/src/operations.ts and descriptions.ts say what the registry says', () => {
    // It exits 1 and names the remedy when a file is behind.
    const check = () => execFileSync(process.execPath, [join(scripts, 'client-operations.mjs'), '--check']);
    expect(check).not.toThrow();
  });

  test('every operation that REST has is a method, in words too, with the same fields', () => {
    const client = createClient({ origin: 'http://127.0.0.1:1' });
    const expected = allOperations.filter(({ doors }) => doors.includes('rest'));
    const names = expected.map(({ name }) => callableName(name)).sort();
    expect(Object.keys(OPERATIONS).sort()).toEqual(names);
    expect(names.filter((name) => typeof client[name as keyof OperationMethods] !== 'function')).toEqual([]);
    const fields = expected.map(({ name, input }) => [callableName(name), Object.keys(input.shape)]);
    const words = Object.entries(DESCRIPTIONS).map(([name, description]) => [name, Object.keys(description.fields)]);
    expect(Object.fromEntries(words)).toEqual(Object.fromEntries(fields));
  });

  test('a field that is required, chosen among values, bounded, defaulted or nullable says so in words', () => {
    const { createSession, listSessions, updateProgram, recall } = DESCRIPTIONS;
    expect(createSession.fields.name).toEqual({
      type: 'string',
      required: true,
      description: 'What the agent is doing, for people to read. At most 200 characters.',
    });
    expect(createSession.fields.state?.values).toEqual(['working', 'blocked', 'pinned', 'complete']);
    expect(listSessions.fields.limit).toEqual({
      type: 'integer',
      required: false,
      description: 'Default 10. 1 to 50.',
    });
    expect(updateProgram.fields.color).toMatchObject({ type: 'string', nullable: true });
    expect(recall.fields.types).toMatchObject({ type: 'array', values: expect.arrayContaining(['fact', 'goal']) });
  });
});

/** Without the `undefined` that optional fields may also be. */
type Exact<T> = T extends readonly (infer Element)[]
  ? Exact<Element>[]
  : T extends object
    ? { [Field in keyof T]: Exact<Exclude<T[Field], undefined>> }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Input<Name extends keyof OperationMethods> = NonNullable<Parameters<OperationMethods[Name]>[0]>;
type Output<Name extends keyof OperationMethods> = Awaited<ReturnType<OperationMethods[Name]>>;
/** The methods whose types are not the contract's: none, or this file does not compile, and `npm run reference` writes them anew. */
type Different = {
  [Name in keyof OperationMethods & keyof Operations]:
    | (Same<Exact<Output<Name>>, Exact<OutputOf<Operations[Name]>>> extends true ? never : `${Name} answers`)
    | ([InputOf<Operations[Name]>] extends [Input<Name>] ? never : `${Name} takes less`)
    | ([Exact<Input<Name>>] extends [InputOf<Operations[Name]>] ? never : `${Name} takes more`);
}[keyof OperationMethods & keyof Operations];

describe('its types', () => {
  test("are the contract's, for every operation", () => {
    const different: readonly Different[] = [];
    different satisfies readonly never[];
    expect(different).toEqual([]);
  });

  test('take what is right, also undefined for a field that is left out, and refuse what is wrong', () => {
    const input = { name: 'Nightly build', state: 'pinned', progress: undefined } satisfies CreateSessionInput;
    // @ts-expect-error there is no such state
    const wrong = { name: 'Nightly build', state: 'asleep' } satisfies CreateSessionInput;
    // @ts-expect-error an input with a field that has to be there can't be left out
    const missing = (client: OperationMethods) => client.createSession();
    const optional = (client: OperationMethods) => client.listSessions();
    expect([input, wrong, missing, optional]).toHaveLength(4);
  });

  test('that are published mention neither zod, nor the contract, nor Node, nor Firebase', () => {
    const mentions = textsOf('.d.ts').filter(({ text }) =>
      /\bzod\b|@quarterdeck\/contract|node:|NodeJS|from 'firebase/.test(text),
    );
    expect(mentions.map(({ name }) => name)).toEqual([]);
    expect(readdirSync(dist).sort()).toEqual([...built.files].sort());
  });
});

describe('what is published', () => {
  const importsOf = (text: string) =>
    [...text.matchAll(/^(?:import|export|\}).*["']([^"']+)["'];$/gm)].map(([, from]) => from);

  test(`loads at most ${CORE_MAX_BYTES} bytes at once, gzipped`, () => {
    expect(built.coreBytes).toBeGreaterThan(2000);
    expect(built.coreBytes).toBeLessThanOrEqual(CORE_MAX_BYTES);
  });

  test('reaches Firebase only through the chunk that the first watch loads', () => {
    const withFirebase = textsOf('.js').filter(({ text }) => /firebase\/(app|auth|firestore)"/.test(text));
    expect(withFirebase.map(({ name }) => name.replace(/-\w+\./, '.'))).toEqual(['watch.js']);
    const core = textsOf('.js').filter(({ name }) => !name.startsWith('watch-'));
    expect(core.flatMap(({ text }) => importsOf(text)).filter((from) => !from?.startsWith('./chunk-'))).toEqual([]);
    expect(core.filter(({ text }) => /import\("\.\/watch-\w+\.js"\)/.test(text)).map(({ name }) => name)).toEqual([
      'index.js',
    ]);
  });

  test('has neither zod nor anything of Node in it', () => {
    const mentions = textsOf('.js').filter(({ text }) => /\bzod\b|ZodError|"node:|\bprocess\.|\bBuffer\b/.test(text));
    expect(mentions.map(({ name }) => name)).toEqual([]);
  });

  test('exports these names and no others', () => {
    const exported = evaluate<string[]>(
      `import * as client from '${pathToFileURL(join(dist, 'index.js')).href}'`,
      'Object.keys(client)',
    );
    expect(exported.sort()).toEqual([
      'OPERATIONS',
      'QuarterdeckError',
      'TERMINAL_ACTIVITIES',
      'TERMINAL_STATUSES',
      'createClient',
      'createSessionManager',
      'isRestorable',
      'isTerminalSession',
    ]);
  });
});
