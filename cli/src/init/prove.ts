import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from '@quarterdeck/client';
import { Failure } from '../failure.js';
import { readJson, valueAt } from './edit-json.js';
import type { PlannedFile } from './plan.js';

const TIMEOUT_MS = 10_000;
/** What the protocol's revision of 2025-11-25 says at the beginning; the door takes it and later ones. */
const HELLO = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'quarterdeck-init', version: '1' } },
};

interface HttpEntry {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Does with a written file what its client will do: asks the MCP server for its tools, or plays a session of hooks.
 * @param key stands in for the reference where the file doesn't hold it
 * @returns what was seen, in words
 * @throws Failure when it does not work
 */
export async function proveFile({ client, file }: PlannedFile, key: string, origin: string): Promise<string> {
  const settings = readJson(file, readFileSync(file, 'utf8'));
  const hooks = valueAt(settings, ['hooks', 'SessionStart']);
  if (basename(file).startsWith('settings') && hooks !== undefined) return proveHooks(settings, key, origin);
  const servers = client.id === 'vscode' ? 'servers' : 'mcpServers';
  return proveServer(valueAt(settings, [servers, 'quarterdeck']) as HttpEntry, key);
}

async function proveServer({ url, headers }: HttpEntry, key: string): Promise<string> {
  const known = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(/\$\{[^}]*\}/, key)]),
  );
  const ask = async (message: object) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...known, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said = await response.text();
    if (!response.ok) throw new Failure(`${url} answered ${response.status}: ${said.slice(0, 200)}`);
    return JSON.parse(said) as { result?: { tools?: unknown[] } };
  };
  await ask(HELLO);
  const { result } = await ask({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
  const count = result?.tools?.length ?? 0;
  if (count === 0) throw new Failure(`${url} offers no tools to this key.`);
  return `the MCP server answers and offers ${count} tools`;
}

/** The very command and address of the file, with a session that begins and ends. */
async function proveHooks(settings: unknown, key: string, origin: string): Promise<string> {
  const sessionId = `init-${randomUUID()}`;
  const start = valueAt(settings, ['hooks', 'SessionStart']) as { hooks: { command: string }[] }[];
  const end = valueAt(settings, ['hooks', 'SessionEnd']) as { hooks: HttpEntry[] }[];
  const command = start
    .flatMap((group) => group.hooks)
    .find((hook) => hook.command?.includes('/hooks/claude-code'))?.command;
  const last = end.flatMap((group) => group.hooks).find((hook) => hook.url?.includes('/hooks/claude-code'));
  if (command === undefined || last === undefined) throw new Failure('The hooks are not where they were written.');
  const event = { session_id: sessionId, cwd: process.cwd(), transcript_path: '' };
  const started = JSON.stringify({ ...event, hook_event_name: 'SessionStart', source: 'startup' });
  const brief = platform() === 'win32' ? await post(last, started) : await runCommand(command, started);
  const answer = JSON.parse(brief || '{}') as {
    hookSpecificOutput?: { additionalContext?: string };
    systemMessage?: string;
  };
  if (answer.hookSpecificOutput?.additionalContext === undefined) {
    throw new Failure(
      answer.systemMessage ??
        'The hook of SessionStart had no answer: curl is needed for it, and has to reach the deployment.',
    );
  }
  await post(last, JSON.stringify({ ...event, hook_event_name: 'SessionEnd', reason: 'other' }));
  const { session } = await createClient({ origin, apiKey: key }).getSession({ sessionId });
  if (session.state !== 'complete')
    throw new Failure(`The hooks began a session, and it did not end: it is ${session.state}.`);
  return 'a session began by its hook, got its handoff brief, and ended';
}

async function post({ url, headers }: HttpEntry, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return response.text();
}

async function runCommand(command: string, input: string): Promise<string> {
  const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS });
  child.stdin.end(input);
  return text(child.stdout);
}
