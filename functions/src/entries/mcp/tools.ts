import type { Tool } from '@modelcontextprotocol/server';
import {
  type Access,
  type Effect,
  type Operation,
  type OperationName,
  operations,
  type Role,
} from '@quarterdeck/contract';
import { toJSONSchema, type z } from 'zod';

/** Operations that agents call, by the name of their tool. */
const keys: ReadonlyMap<string, OperationName> = new Map(
  (Object.entries(operations) as [OperationName, Operation][])
    .filter(([, { doors }]) => doors.includes('mcp'))
    .map(([key, { name }]) => [name, key]),
);

const lists = new Map<Role, Tool[]>();

/** The operation behind a tool, whoever may call it; undefined: there is no such tool. */
export function findTool(name: string): OperationName | undefined {
  return keys.get(name);
}

/** What a caller of this role may call. Made when it is first asked for: calls don't need it, and it takes longer than they do. */
export function toolsFor(role: Role): Tool[] {
  const known = lists.get(role);
  if (known !== undefined) return known;
  const callers: readonly Access[] = [role, 'person', 'anyone'];
  const list = [...keys.values()]
    .map((key): Operation => operations[key])
    .filter(({ access }) => access.some((one) => callers.includes(one)))
    .map(toTool);
  lists.set(role, list);
  return list;
}

function toTool({ name, title, description, effect, input, output }: Operation): Tool {
  return {
    name,
    title,
    description,
    inputSchema: objectSchema(toJSONSchema(input, { io: 'input', override: withoutPatternOfFormat })),
    outputSchema: objectSchema(toJSONSchema(output, { io: 'output', override: openToNewFields })),
    annotations: { title, ...HINTS[effect], openWorldHint: false },
  };
}

/** What each effect tells a client that decides whether to ask its person, or to repeat a call. */
const HINTS: Readonly<Record<Effect, { readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean }>> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
  create: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  idempotent: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  destructive: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
};

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Without `$schema`: the dialect is the protocol's own, and older clients know no other name for it. */
function objectSchema({ $schema: _dialect, ...schema }: JsonSchema): Tool['inputSchema'] {
  return schema as Tool['inputSchema'];
}

/** A date's pattern says nothing that its format doesn't, in 280 characters for every date. */
function withoutPatternOfFormat({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** A client may hold a list from before an answer got another field, and must not refuse the answer. */
function openToNewFields(context: { jsonSchema: JsonSchema }): void {
  withoutPatternOfFormat(context);
  if (context.jsonSchema.additionalProperties === false) delete context.jsonSchema.additionalProperties;
}
