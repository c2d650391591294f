import { z } from 'zod';
import { ERROR_CODES, REASONS } from './errors.js';
import { callableName } from './operation.js';
import { allOperations, operations } from './registry.js';

test.each([
  ['create_session', 'createSession'],
  ['heartbeat', 'heartbeat'],
  ['get_fleet_health', 'getFleetHealth'],
])('%s is called %s at callables', (name, callable) => {
  expect(callableName(name)).toBe(callable);
});

test('every operation is in the registry once, under the name of its callable', () => {
  for (const [key, { name }] of Object.entries(operations)) expect(callableName(name)).toBe(key);
  expect(new Set(allOperations.map(({ name }) => name)).size).toBe(allOperations.length);
});

describe.each(allOperations.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  test('has a name that is a tool name, a title, and a description of one line', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(operation.title).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/);
    expect(operation.description).toMatch(/^[A-Z].{20,180}\.$/);
  });

  test('names somebody who may call it, and a door, each once', () => {
    for (const list of [operation.access, operation.doors, operation.errors] as const) {
      expect(new Set(list).size).toBe(list.length);
    }
    expect(operation.access.length).toBeGreaterThan(0);
    expect(operation.doors.length).toBeGreaterThan(0);
  });

  test('lets an auditor call what reads, and nothing that changes things of others', () => {
    const access: readonly string[] = operation.access;
    if (operation.effect === 'read' && !access.includes('anyone')) expect(access).toContain('auditor');
    // Whoever calls replaces its own key, writes the state of its own program, marks its own messages and has its own devices.
    if (operation.effect !== 'read' && access.includes('auditor')) {
      const itsOwn = ['rotate_key', 'update_program_state', 'get_messages', 'register_device', 'unregister_device'];
      expect(itsOwn).toContain(name);
    }
  });

  test('takes an object that refuses what it does not declare, and answers success', () => {
    expect(operation.input.safeParse({ surprise: 1 }).success).toBe(false);
    expect(Object.keys(operation.output.shape)).toContain('success');
  });
});

test('every reason has a code that callers know', () => {
  for (const code of Object.values(REASONS)) expect(ERROR_CODES).toContain(code);
});

/** Fields by the place of which they stand, of a schema as JSON. */
function fieldsOf(schema: unknown, path: string): [path: string, schema: { format?: string }][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...rest } = schema as { properties?: object };
  const own = Object.entries(properties).flatMap(([name, field]): [string, { format?: string }][] => [
    [`${path}.${name}`, field],
    ...fieldsOf(field, `${path}.${name}`),
  ]);
  return [...own, ...Object.values(rest).flatMap((inner) => fieldsOf(inner, path))];
}

test('only the clock of the server counts: no operation is told a moment, but for where a search begins and for what was elsewhere before', () => {
  const isMoment = ([path, { format }]: [string, { format?: string }]) =>
    format === 'date-time' || /(At|Since|Until|Time|Timestamp|Clock|Date)$|\.(after|before|now)$/.test(path);
  const told = allOperations.flatMap((operation) => {
    const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
    return fieldsOf(schema, operation.name)
      .filter(isMoment)
      .map(([path]) => path);
  });
  expect([...new Set(told)].filter((path) => !path.startsWith('import_account.'))).toEqual(['list_events.after']);
});
