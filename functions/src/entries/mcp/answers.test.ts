import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { encodeMessage, toolAnswer, toolRefusal } from './answers.js';

const refusal = { code: 'not-found', reason: 'SESSION_UNKNOWN', message: 'No.', details: { sessionId: 'x' } } as const;

test.each<[what: string, answer: object]>([
  ['data', { result: toolAnswer({ success: true, name: '"}}, \u2028\\', rows: [{ at: null }, {}] }) }],
  ['data with what a later version of the protocol adds', { result: { ...toolAnswer({ a: 1 }), _meta: { b: 2 } } }],
  ['a refusal', { result: toolRefusal(refusal) }],
  ['a list of tools', { result: { tools: [{ name: 'boot' }] } }],
  ['nothing', { result: {} }],
  ['an error of the protocol', { error: { code: -32602, message: 'Unknown tool' } }],
])('a message with %s is encoded as JSON encodes it', (_what, answer) => {
  const message = { jsonrpc: '2.0', id: 'a"b', ...answer } as JSONRPCMessage;
  expect(JSON.parse(encodeMessage(message))).toEqual(JSON.parse(JSON.stringify(message)));
});
