import { limits, type Operation } from '@quarterdeck/contract';
import { V2_TAG, v2Paths } from './openapi-v2.js';
import { Problem } from './problem.js';
import { reasonsOf, refusalResponses, v1Status } from './refusals.js';
import { sampleInput } from './samples.js';
import { inputSchemaOf, jsonSchemaOf, outputSchemaOf } from './schemas.js';
import { byTag, tagOf } from './tags.js';
import { restOperations } from './v1.js';

/** The REST door as OpenAPI 3.1 describes it, out of the registry and the table of v2 routes. */
export function openApi(): object {
  const v1Paths = [...restOperations.values()].map((one) => [`/v1/${one.name}`, { post: v1Operation(one) }]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quarterdeck',
      version: '1',
      description:
        'Keeps track of a fleet of AI agents: sessions, heartbeats, program state, memories and fleet health. Each operation is a POST with its input as the JSON body.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: [...byTag(restOperations.values()).map(({ tag }) => ({ name: tag })), { name: V2_TAG }],
    paths: { ...Object.fromEntries(v1Paths), ...v2Paths() },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key (cb_…) or a Firebase ID token.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'An API key (cb_…).' },
        sessionToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Session-Token',
          description: 'What activating an agent answered; beside either of the others.',
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: `Repeating a call with the same key has one effect and gets the same answer for ${limits.IDEMPOTENCY_HOURS} hours.`,
          schema: { type: 'string', minLength: 1, maxLength: limits.IDEMPOTENCY_KEY_MAX_CHARS },
        },
      },
      schemas: { Problem: jsonSchemaOf(Problem, 'output') },
    },
  };
}

function v1Operation(operation: Operation): object {
  const { name, title, description, access, effect, errors } = operation;
  const schema = inputSchemaOf(operation);
  const schemes = [{ bearer: [] }, { apiKey: [] }];
  // Those that can find a window handed over look at the session token, where one comes.
  const withToken = errors.includes('SUPERSEDED') ? schemes.map((scheme) => ({ ...scheme, sessionToken: [] })) : [];
  return {
    operationId: name,
    tags: [tagOf(operation)],
    summary: title,
    description: `${description} For ${access.join(', ')}.`,
    parameters: effect === 'read' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }],
    security: [...schemes, ...withToken],
    requestBody: {
      required: schema.required !== undefined,
      content: { 'application/json': { schema, example: sampleInput(operation) } },
    },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: outputSchemaOf(operation) } } },
      ...refusalResponses(reasonsOf(operation), v1Status),
    },
  };
}
