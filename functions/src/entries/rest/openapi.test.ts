import { execFileSync } from 'node:child_process';
import { openApi } from './openapi.js';
import { v2Path } from './openapi-v2.js';
import { sampleInput } from './samples.js';
import { OTHER, tagOf } from './tags.js';
import { restOperations } from './v1.js';
import { v2Routes } from './v2-routes.js';

interface Described {
  readonly operationId: string;
  readonly parameters: readonly { readonly $ref?: string; readonly name?: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
const api = JSON.parse(JSON.stringify(openApi())) as { paths: Record<string, Record<string, Described>> };
const operationAt = (path: string, method: string): Described => {
  const found = api.paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not described`);
  return found;
};
const described = Object.values(api.paths).flatMap((path) => Object.values(path));

/** The validator is an ES module, which jest can't load: a Node of its own runs it. */
function validate(document: object): unknown {
  const script = `
    import { readFileSync } from 'node:fs';
    import { Validator } from '@seriousme/openapi-schema-validator';
    const result = await new Validator().validate(JSON.parse(readFileSync(0, 'utf8')));
    console.log(JSON.stringify(result));`;
  const options = { input: JSON.stringify(document), encoding: 'utf8' as const };
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options));
}

test('the description is valid OpenAPI 3.1, and the validator would notice if it were not', () => {
  expect(validate(api)).toEqual({ valid: true });
  expect(validate({ ...api, paths: { 'v1/heartbeat': {} } })).toMatchObject({ valid: false });
});

test('every operation of the REST door and every v2 route is described, and nothing else', () => {
  const v1 = [...restOperations.keys()].map((name) => `post /v1/${name}`);
  const v2 = v2Routes.map((route) => `${route.method.toLowerCase()} ${v2Path(route)}`);
  const found = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  expect(found.sort()).toEqual([...v1, ...v2].sort());
});

test('operation ids are unique, and those of v1 are the names of the operations', () => {
  const ids = described.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...restOperations.keys()]));
});

test.each([...restOperations.values()])(
  '$name says with which reasons it refuses, and takes an idempotency key if it writes',
  (operation) => {
    const { parameters, responses } = operationAt(`/v1/${operation.name}`, 'post');
    const said = Object.values(responses)
      .map(({ description }) => description)
      .join(' ');
    for (const reason of ['INVALID_FIELD', 'NO_CREDENTIAL', ...operation.errors]) expect(said).toContain(`${reason}:`);
    const takesKey = parameters.some(({ $ref }) => $ref?.endsWith('IdempotencyKey'));
    expect(takesKey).toBe(operation.effect !== 'read');
  },
);

test.each([...restOperations.values()])('$name takes the input that its curl line shows', (operation) => {
  expect(operation.input.safeParse(sampleInput(operation))).toMatchObject({ success: true });
});

test('every operation has a noun of its own to be found under', () => {
  expect([...restOperations.values()].filter((operation) => tagOf(operation) === OTHER)).toEqual([]);
});

test('every field of a v2 route is one that its operation has', () => {
  const unknown = v2Routes.flatMap((route) => {
    const { parameters } = operationAt(v2Path(route), route.method.toLowerCase());
    return parameters.filter((one) => 'schema' in one && Object.keys(one.schema as object).length === 0);
  });
  expect(unknown).toEqual([]);
});
