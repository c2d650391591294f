import { type Operation, operations } from '@quarterdeck/contract';
import { reasonsOf, refusalResponses, v2Status } from './refusals.js';
import { inputSchemaOf, type JsonSchema, jsonSchemaOf } from './schemas.js';
import type { V2Field, V2Fields } from './v2-fields.js';
import type { V2Route } from './v2-route.js';
import { v2Routes } from './v2-routes.js';

export const V2_TAG = 'Session windows (v2)';

/** The paths of `/api/v2`, out of its table of routes. */
export function v2Paths(): Record<string, object> {
  const paths: Record<string, object> = {};
  for (const route of v2Routes) {
    const path = v2Path(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: v2Operation(route) };
  }
  return paths;
}

/** As a client sees it: `/api/v2/agents/{agent_id}`. */
export function v2Path({ path }: V2Route): string {
  return `/api/v2${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** What the fields of a route look like: what the operation says of each, by the name that the route gives it. */
export function v2FieldSchemas({ fields, operation }: V2Route): Record<string, JsonSchema> {
  return schemasOf(fields, inputSchemaOf(operations[operation]));
}

function v2Operation(route: V2Route): object {
  const { method, path, summary, status = 200, needsToken, fields } = route;
  const operation: Operation = operations[route.operation];
  const schemas = v2FieldSchemas(route);
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: inputSchemaOf(operation).properties?.programId,
  }));
  const inQuery = Object.entries(schemas)
    .filter(([name]) => fields[name]?.kind !== 'batch')
    .map(([name, schema]) => ({ name, in: 'query', description: schema.description ?? '', schema }));
  const ofWrites = operation.effect === 'read' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }];
  const takesBody = method === 'POST' && Object.keys(schemas).length > 0;
  const schema = { type: 'object', properties: schemas, additionalProperties: false };
  const token = needsToken ? { sessionToken: [] } : {};
  return {
    operationId: v2Id(route),
    tags: [V2_TAG],
    summary,
    description: `${operation.name}, in snake_case.${takesBody ? ' Fields come in the query or in a JSON body.' : ''}`,
    parameters: [...inPath, ...inQuery, ...ofWrites],
    security: [
      { bearer: [], ...token },
      { apiKey: [], ...token },
    ],
    ...(takesBody ? { requestBody: { content: { 'application/json': { schema } } } } : {}),
    responses: {
      [status]: {
        description: 'Done.',
        content: { 'application/json': { schema: jsonSchemaOf(route.answer, 'output') } },
      },
      ...refusalResponses([...reasonsOf(operation), ...(needsToken ? (['NO_SESSION_TOKEN'] as const) : [])], v2Status),
    },
  };
}

/** `GET /agents/:agent_id` → `v2_get_agents_agent_id`: several routes share an operation, and its name is taken. */
export function v2Id({ method, path }: V2Route): string {
  return `v2_${method.toLowerCase()}${path.replace(/\W+/g, '_')}`;
}

function schemasOf(fields: V2Fields, { properties = {} }: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, schemaOf(field, properties)] as const),
  );
}

function schemaOf({ as, fields }: V2Field, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  if (as === null) return { description: 'Accepted from older clients, and not used.' };
  const schema = properties[as] ?? {};
  if (fields === undefined) return schema;
  const items = { type: 'object', properties: schemasOf(fields, schema.items ?? {}), additionalProperties: false };
  return { ...schema, items };
}
