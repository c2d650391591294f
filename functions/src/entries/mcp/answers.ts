import type { CallToolResult, JSONRPCMessage } from '@modelcontextprotocol/server';
import type { Failure } from '../errors.js';

/** Where a refused call says why, for programs: `{ code, reason, message, details }`. */
export const REFUSAL_META_KEY = 'quarterdeck/refusal';

/** An operation's answer: as data, and as text for clients that know no data. */
export function toolAnswer(answer: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer };
}

/** The JSON of a message. The data of a toolAnswer stand in it twice, and are encoded once: its text is their JSON already. */
export function encodeMessage(message: JSONRPCMessage): string {
  const result: Partial<CallToolResult> = 'result' in message ? (message.result as CallToolResult) : {};
  const [text] = result.content ?? [];
  if (result.structuredContent === undefined || text?.type !== 'text') return JSON.stringify(message);
  const { structuredContent: _data, ...rest } = result;
  const others = JSON.stringify({ ...message, result: undefined }).slice(0, -1);
  return `${others},"result":${JSON.stringify(rest).slice(0, -1)},"structuredContent":${text.text}}}`;
}

/**
 * A refusal that the agent is meant to read: what was wrong first, then what tells cases apart. Not as `structuredContent`, which has to fit the
 * tool's output schema: some clients hold it against that even when the call failed.
 */
export function toolRefusal({ code, reason, message, details }: Failure): CallToolResult {
  const texts = [`${code} ${reason}: ${message}`];
  if (Object.keys(details).length > 0) texts.push(JSON.stringify(details));
  return {
    isError: true,
    content: texts.map((text) => ({ type: 'text', text })),
    _meta: { [REFUSAL_META_KEY]: { code, reason, message, details } },
  };
}
