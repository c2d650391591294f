import type { IncomingHttpHeaders } from 'node:http';
import {
  classifyInboundRequest,
  createMcpHandler,
  isJSONRPCRequest,
  type JSONRPCRequest,
  type Server,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { encodeMessage } from './answers.js';
import { exchange } from './exchange.js';
import { type HttpAnswer, protocolError } from './http.js';

/** Messages in one batch, which only clients of 2025-03-26 and before send. */
const BATCH_MAX = 100;
/** Headers that the protocol itself reads. */
const PROTOCOL_HEADERS = ['content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name'] as const;

/**
 * Answers what was posted, in whichever revision of the protocol it speaks: 2026-07-28, whose requests say so themselves, or one of 2025 and before.
 * Stateless: every message gets a server of its own.
 */
export async function answerMessage(
  headers: IncomingHttpHeaders,
  body: unknown,
  newServer: (message: unknown) => Server,
): Promise<HttpAnswer> {
  const version = headers['mcp-protocol-version'];
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    body,
    ...named('protocolVersionHeader', version),
    ...named('mcpMethodHeader', headers['mcp-method']),
    ...named('mcpNameHeader', headers['mcp-name']),
  });
  if (route.kind !== 'legacy') return answerModern(headers, body, newServer);
  if (route.reason === 'notification' || route.reason === 'response') return { status: 202 };
  if (route.reason !== 'initialize' && typeof version === 'string' && !SUPPORTED_PROTOCOL_VERSIONS.includes(version)) {
    const supported = SUPPORTED_PROTOCOL_VERSIONS.join(', ');
    return protocolError(400, `MCP-Protocol-Version: ${version} is not supported; supported are ${supported}.`, body);
  }
  const answerTo = async (request: JSONRPCRequest) => encodeMessage(await exchange(newServer(request), request));
  if (!Array.isArray(body)) return { status: 200, text: await answerTo(body as JSONRPCRequest) };
  if (body.length > BATCH_MAX) {
    return protocolError(400, `The batch has ${body.length} messages and may have ${BATCH_MAX}.`, body);
  }
  const requests = body.filter(isJSONRPCRequest);
  if (requests.length === 0) return { status: 202 };
  return { status: 200, text: `[${(await Promise.all(requests.map(answerTo))).join(',')}]` };
}

function named<Name extends string>(name: Name, value: string | string[] | undefined): { [N in Name]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

/** The SDK serves the newest revision whole, with its checks of headers against bodies; it also words the refusal of what is neither. */
async function answerModern(
  headers: IncomingHttpHeaders,
  parsedBody: unknown,
  newServer: (message: unknown) => Server,
): Promise<HttpAnswer> {
  const handler = createMcpHandler(() => newServer(parsedBody), { legacy: 'reject' });
  const read = new Headers();
  for (const name of PROTOCOL_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') read.set(name, value);
  }
  const request = new Request('http://quarterdeck/mcp', { method: 'POST', headers: read });
  const response = await handler.fetch(request, { parsedBody });
  // It ends by itself: who listens for changes is told at once that none will come, because our servers announce none.
  const text = await response.text();
  return { status: response.status, ...(text === '' ? {} : { text, type: response.headers.get('content-type') }) };
}
