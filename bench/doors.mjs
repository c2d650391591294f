// @ts-check

/** @typedef {'mcp' | 'mcpNewest' | 'rest' | 'callable' | 'hooks'} DoorName */

/**
 * @typedef {object} HttpRequest
 * @property {Record<string, string>} headers
 * @property {string} body
 * @property {'GET' | 'PATCH' | 'POST'} [method] absent: POST. Only where many ask at once
 * @property {string} [path] absent: that of the URL. Only where many ask at once
 */

/**
 * How a request looks at one door, and where its answer is.
 *
 * @typedef {object} Door
 * @property {(functions: string, operation: string) => string} url
 * @property {(operation: string, key: string, input: object) => HttpRequest} http
 * @property {(answer: any, headers: import('node:http').IncomingHttpHeaders) => any} result of the parsed body
 */

/** The revision that most clients speak. */
const MCP_REVISION = '2025-11-25';
/** The one after it: without initialize, everything about the request in the request. */
const NEWEST_MCP_REVISION = '2026-07-28';

/**
 * @param {string} revision
 * @param {string} name of the tool
 * @param {string} key
 * @param {object} params
 */
function callTool(revision, name, key, params) {
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${key}`,
      'mcp-protocol-version': revision,
      'mcp-method': 'tools/call',
      'mcp-name': name,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  };
}

/** @type {Record<DoorName, Door>} */
export const doors = {
  mcp: {
    url: (functions) => `${functions}/mcp`,
    http: (name, key, input) => callTool(MCP_REVISION, name, key, { name, arguments: input }),
    result: ({ result }) => result.structuredContent,
  },
  mcpNewest: {
    url: (functions) => `${functions}/mcp`,
    http: (name, key, input) => {
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': NEWEST_MCP_REVISION,
        'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      };
      return callTool(NEWEST_MCP_REVISION, name, key, { name, arguments: input, _meta });
    },
    result: ({ result }) => result.structuredContent,
  },
  rest: {
    url: (functions, operation) => `${functions}/api/v1/${operation}`,
    http: (_name, key, input) => ({
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(input),
    }),
    result: (answer) => answer,
  },
  callable: {
    url: (functions, operation) =>
      `${functions}/${operation.replace(/_([a-z])/g, (_, /** @type {string} */ letter) => letter.toUpperCase())}`,
    http: (_name, key, input) => ({
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ data: input }),
    }),
    result: ({ result }) => result,
  },
  // The operation is the name of the event.
  hooks: {
    url: (functions) => `${functions}/api/hooks/claude-code`,
    http: (name, key, input) => ({
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ hook_event_name: name, cwd: '/home/ada/bench', ...input }),
    }),
    // It answers 200 whatever happened.
    result: (_answer, headers) => ({ outcome: headers['quarterdeck-outcome'] }),
  },
};
