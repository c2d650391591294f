import { allOperations, type Effect, Role } from '@quarterdeck/contract';
import { findTool, toolsFor } from './tools.js';

const everyTool = Role.options.flatMap(toolsFor);
const toolOf = (effect: Effect) => {
  const operation = allOperations.find((one) => one.effect === effect && one.doors.includes('mcp'));
  return everyTool.find(({ name }) => name === operation?.name);
};

test.each<[effect: Effect, readOnlyHint: boolean, destructiveHint: boolean, idempotentHint: boolean]>([
  ['read', true, false, true],
  ['create', false, false, false],
  ['idempotent', false, false, true],
  ['destructive', false, true, false],
])('an operation whose effect is %s says so to clients', (effect, readOnlyHint, destructiveHint, idempotentHint) => {
  expect(toolOf(effect)?.annotations).toMatchObject({
    readOnlyHint,
    destructiveHint,
    idempotentHint,
    openWorldHint: false,
  });
});

test('every tool has a title, a description and both schemas, and its operation is found by its name', () => {
  for (const { name, title, description, inputSchema, outputSchema } of everyTool) {
    const operation = allOperations.find((one) => one.name === name);
    expect({ title, description }).toEqual({ title: operation?.title, description: operation?.description });
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(outputSchema).toMatchObject({ type: 'object', properties: { success: { const: true } } });
    expect(findTool(name)).toBeDefined();
  }
});

test('an operation without this door is no tool', () => {
  const elsewhere = allOperations.filter(({ doors }) => !doors.includes('mcp'));
  expect(elsewhere.length).toBeGreaterThan(0);
  for (const { name } of elsewhere) expect(findTool(name)).toBeUndefined();
});

test('answers may gain fields while a client still holds an older list', () => {
  const outputs = everyTool.map(({ outputSchema }) => outputSchema);
  expect(JSON.stringify(outputs)).not.toContain('"additionalProperties":false');
});

test('the list is short: no dialect, and no pattern where a format says it', () => {
  const text = JSON.stringify(toolsFor('admin'));
  expect(text).not.toContain('$schema');
  expect(text).not.toMatch(/"format":"date-time","pattern"/);
});

test('the list of a role is made once', () => {
  expect(toolsFor('program')).toBe(toolsFor('program'));
});
