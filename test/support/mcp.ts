import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FormerTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { allOperations, type Operation } from '@quarterdeck/contract';
import { REFUSAL_META_KEY } from '../../functions/src/entries/mcp/answers.js';

/** What a tool answered, whichever client asked. */
export interface ToolResult {
  readonly isError?: boolean | undefined;
  readonly content?: unknown;
  readonly structuredContent?: unknown;
  readonly _meta?: Record<string, unknown> | undefined;
}

/** A connected client, as tests need it. */
export interface McpClient {
  /** The revision that it agreed on with the server. */
  readonly protocol: string | undefined;
  tools(): Promise<
    { name: string; inputSchema: object; outputSchema?: object | undefined; annotations?: object | undefined }[]
  >;
  call(tool: string, input?: Record<string, unknown>): Promise<ToolResult>;
  instructions(): string | undefined;
  close(): Promise<void>;
}

type Headers = Record<string, string>;

/** The SDK's v1 client: the revisions of 2025. */
export async function formerClient(url: string, headers: Headers): Promise<McpClient> {
  const client = new FormerClient({ name: 'test', version: '1' });
  const transport = new FormerTransport(new URL(url), { requestInit: { headers } });
  // The SDK's classes don't meet its own interface under exactOptionalPropertyTypes.
  await client.connect(transport as never);
  return {
    protocol: transport.protocolVersion,
    tools: async () => (await client.listTools()).tools,
    call: async (name, input) => (await client.callTool({ name, arguments: input })) as ToolResult,
    instructions: () => client.getInstructions(),
    close: () => client.close(),
  };
}

/** The SDK's v2 client, on the revision of 2026-07-28. */
export async function modernClient(url: string, headers: Headers): Promise<McpClient> {
  const client = new ModernClient({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new ModernTransport(new URL(url), { requestInit: { headers } }));
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    tools: async () => (await client.listTools()).tools,
    call: async (name, input) => (await client.callTool({ name, arguments: input ?? {} })) as ToolResult,
    instructions: () => client.getInstructions(),
    close: () => client.close(),
  };
}

export const CLIENTS = { v1: formerClient, v2: modernClient } as const;

/** `failed-precondition SESSION_ENDED`, from where programs read it. */
export function refusalOf(result: ToolResult): string {
  const refusal = result._meta?.[REFUSAL_META_KEY] as { code: string; reason: string } | undefined;
  if (!result.isError || refusal === undefined) return 'accepted';
  return `${refusal.code} ${refusal.reason}`;
}

/** The operations that a role finds at this door, straight from the registry. */
export function operationsFor(role: string): Operation[] {
  return allOperations.filter(
    ({ doors, access }) => doors.includes('mcp') && (access as readonly string[]).includes(role),
  );
}

/** Posts one request of a 2025 revision, without a client. */
export function post(url: string, body: unknown, headers: Headers = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A `tools/call` as JSON-RPC. */
export function toolCall(name: string, input: object = {}, id: string | number = 1) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input } };
}
