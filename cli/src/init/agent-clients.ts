import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { claudeCodeSettings } from '../../../scripts/lib/claude-code.mjs';
import { mcpConfiguration } from '../../../scripts/lib/conversation.mjs';
import { Failure } from '../failure.js';
import { isSame, readJson, setValue, valueAt } from './edit-json.js';

/** What a client has to know of the deployment. */
export interface Connection {
  readonly origin: string;
  readonly key: string;
}

/** For this project, in its folder; or for everything that this person does, in the home folder. */
export type Scope = 'project' | 'user';

/** A change of one file. */
export interface FileEdit {
  readonly file: string;
  /** What it is for, in words. */
  readonly what: string;
  /** How the file names the key without holding it, where version control has the file; null: the client knows no such way. */
  readonly keyReference: string | null;
  /** The text with our part in it. @throws Failure when the text can't be read */
  readonly apply: (text: string, connection: Connection) => string;
}

/** A program that runs agents, and where its configuration lies. */
export interface AgentClient {
  readonly id: 'claude-code' | 'cursor' | 'vscode';
  readonly title: string;
  /** Folders or files of which one is there when it is used, below the project's or the home folder. */
  readonly traces: readonly string[];
  edits(scope: Scope, folder: string): readonly FileEdit[];
}

const NAME = 'quarterdeck';
/** What tells our hooks from others'. */
const HOOKS_PATH = '/hooks/claude-code';

export const AGENT_CLIENTS: readonly AgentClient[] = [
  {
    id: 'claude-code',
    title: 'Claude Code',
    traces: ['.claude', '.mcp.json', '.claude.json'],
    edits: (scope, folder) => [
      {
        file: scope === 'project' ? join(folder, '.mcp.json') : join(homedir(), '.claude.json'),
        what: 'the MCP server, for its tools',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code replaces it
        keyReference: '${QUARTERDECK_KEY}',
        apply: serverAt(['mcpServers', NAME], mcpServer),
      },
      {
        file:
          scope === 'project' ? join(folder, '.claude/settings.local.json') : join(homedir(), '.claude/settings.json'),
        what: 'the hooks that keep a session up to date',
        keyReference: null,
        apply: withHooks,
      },
    ],
  },
  {
    id: 'cursor',
    title: 'Cursor',
    traces: ['.cursor'],
    edits: (scope, folder) => [
      {
        file: join(scope === 'project' ? folder : homedir(), '.cursor/mcp.json'),
        what: 'the MCP server, for its tools',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Cursor replaces it
        keyReference: '${env:QUARTERDECK_KEY}',
        apply: serverAt(['mcpServers', NAME], (connection) => {
          const { type: _type, ...server } = mcpServer(connection);
          return server;
        }),
      },
    ],
  },
  {
    id: 'vscode',
    title: 'VS Code',
    traces: ['.vscode'],
    edits: (scope, folder) => [
      {
        file: scope === 'project' ? join(folder, '.vscode/mcp.json') : join(codeUserFolder(), 'mcp.json'),
        what: 'the MCP server, for its tools',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code replaces it
        keyReference: '${env:QUARTERDECK_KEY}',
        apply: serverAt(['servers', NAME], mcpServer),
      },
    ],
  },
];

function mcpServer({ origin, key }: Connection) {
  return mcpConfiguration({ mcp: `${origin}/mcp`, programKey: key }).mcpServers.quarterdeck;
}

/** Where VS Code keeps what belongs to its user (code.visualstudio.com/docs/configure/settings). */
function codeUserFolder(): string {
  const home = homedir();
  switch (platform()) {
    case 'darwin':
      return join(home, 'Library/Application Support/Code/User');
    case 'win32':
      return join(process.env.APPDATA ?? join(home, 'AppData/Roaming'), 'Code/User');
    default:
      return join(process.env.XDG_CONFIG_HOME ?? join(home, '.config'), 'Code/User');
  }
}

function serverAt(path: readonly string[], server: (connection: Connection) => object): FileEdit['apply'] {
  return (text, connection) => {
    const before = valueAt(readJson('The file', text), [...path]);
    const wanted = server(connection);
    return isSame(before, wanted) ? text : setValue(text, [...path], wanted);
  };
}

interface HookGroup {
  readonly hooks?: readonly unknown[];
}

/** Each event's hook of ours is put where it was, else behind those that are there. Hooks of others stay. */
function withHooks(text: string, connection: Connection): string {
  const before = readJson('The file', text);
  const events = valueAt(before, ['hooks']) ?? {};
  if (typeof events !== 'object' || Array.isArray(events))
    throw new Failure('"hooks" is no object there. It was left as it is.');
  let edited = text;
  const wanted = claudeCodeSettings({ hooks: `${connection.origin}/hooks`, programKey: connection.key });
  for (const [event, [group]] of Object.entries<HookGroup[]>(wanted.hooks)) {
    const groups: unknown = valueAt(before, ['hooks', event]) ?? [];
    if (!Array.isArray(groups)) throw new Failure(`"hooks.${event}" is no list there. It was left as it is.`);
    const place = placeOfOurs(groups);
    const ours = group?.hooks?.[0];
    if (place !== undefined) {
      const path = ['hooks', event, place.group, 'hooks', place.hook];
      if (!isSame(valueAt(before, path), ours)) edited = setValue(edited, path, ours);
    } else if (groups.length === 0) edited = setValue(edited, ['hooks', event], [group]);
    else edited = setValue(edited, ['hooks', event, groups.length], group, true);
  }
  return edited;
}

function placeOfOurs(groups: readonly HookGroup[]): { group: number; hook: number } | undefined {
  for (const [group, { hooks }] of groups.entries()) {
    const hook = (hooks ?? []).findIndex((one) => JSON.stringify(one).includes(HOOKS_PATH));
    if (hook >= 0) return { group, hook };
  }
  return undefined;
}
