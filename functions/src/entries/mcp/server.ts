import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import type { App } from '../../compose.js';
import type { Caller } from '../../domain/caller.js';
import { endsWith, observe } from '../../log/log.js';
import type { CallOptions } from '../../operations/dispatch.js';
import type { Credentials } from '../../operations/identify-caller.js';
import { failureOf } from '../errors.js';
import { toolAnswer, toolRefusal } from './answers.js';
import { findTool, toolsFor } from './tools.js';

/** Where a call may name itself in its `_meta`, so that repeating it has one effect and one answer. It goes before the header `Idempotency-Key`. */
export const IDEMPOTENCY_META_KEY = 'quarterdeck/idempotencyKey';

/** Who sent a request, and how it wants to be called. */
export interface Sender {
  readonly role: Caller['role'];
  readonly credentials: Credentials;
  readonly options: CallOptions;
}

/** The version of functions/package.json: server.test.ts holds them together. */
export const VERSION = '0.1.0';

/** The first thing that an agent reads of us. */
export const INSTRUCTIONS = `Quarterdeck keeps track of a fleet of AI agents: what each is doing, whether it is alive, and what it leaves to its next session.
1. Start with boot: it says what the former session of your program left behind.
2. Call create_session, with a sessionId of your own, so that a repetition makes no second session.
3. While you work, call update_session with a one-line status and lastHeartbeat true, or heartbeat when nothing changed. nextHeartbeatBy says by when.
4. Before your context ends, leave what the next session needs with update_program_state; then end with update_session and state "complete".
remember, recall and answer need an open window: call activate_agent first.
A refused call says its code, its REASON, and what to do about it.`;

/** Tools change with a deployment only. */
const TOOLS_FRESH_MS = 300_000;

/**
 * A server for one request: nothing of a caller is on an object that another request can see.
 * @param message the request as it came. The SDK hands on a copy of the arguments without names such as `__proto__`, which every door refuses.
 */
export function createServer(app: App, { role, credentials, options }: Sender, message: unknown): Server {
  const server = new Server(
    { name: 'quarterdeck', title: 'Quarterdeck', version: VERSION },
    {
      capabilities: { tools: {} },
      instructions: INSTRUCTIONS,
      cacheHints: { 'tools/list': { ttlMs: TOOLS_FRESH_MS, cacheScope: 'private' } },
    },
  );
  server.setRequestHandler('tools/list', () => ({ tools: toolsFor(role) }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const operation = findTool(params.name);
    if (operation === undefined) {
      endsWith('not-found', 'OPERATION_UNKNOWN');
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}. tools/list names them.`);
    }
    return observe('mcp', params.name, async () => {
      try {
        const answer = await app.dispatch(operation, argumentsOf(message), credentials, {
          ...options,
          ...repetition(message),
        });
        return toolAnswer(answer);
      } catch (error) {
        return toolRefusal(failureOf(error));
      }
    });
  });
  return server;
}

/** A call of a tool, as the protocol has already found it to be. */
interface ToolCall {
  readonly params: { readonly arguments?: unknown; readonly _meta?: Readonly<Record<string, unknown>> };
}

function argumentsOf(message: unknown): unknown {
  return (message as ToolCall).params.arguments;
}

/** Most clients set their headers once; so a call may bring its idempotency key along. What is no text is refused like any key that is none. */
function repetition(message: unknown): CallOptions {
  const key = (message as ToolCall).params._meta?.[IDEMPOTENCY_META_KEY];
  if (key === undefined) return {};
  return { idempotencyKey: typeof key === 'string' ? key : '' };
}
