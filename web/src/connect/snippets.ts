import { claudeCodeSettings } from '../../../scripts/lib/claude-code.mjs';
import { mcpConfiguration, restConversation } from '../../../scripts/lib/conversation.mjs';

/** What somebody pastes somewhere to use a key. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  /** Where it goes. */
  readonly where: string;
  readonly text: string;
}

/** How agents are told of a deployment, with the key filled in: what `quarterdeck init` writes. */
export function snippetsOf(origin: string, key: string, role: string): Snippet[] {
  const json = (value: object) => JSON.stringify(value, null, 2);
  const hooks: Snippet = {
    id: 'claude-code',
    title: 'Claude Code',
    where:
      'Into .claude/settings.local.json of your project, or ~/.claude/settings.json for all of them. Claude Code (2.1.101 or newer) then keeps its session up to date by itself.',
    text: json(claudeCodeSettings({ hooks: `${origin}/hooks`, programKey: key })),
  };
  const mcp: Snippet = {
    id: 'mcp',
    title: 'MCP client',
    where:
      'Into the configuration of the client: .mcp.json for Claude Code, .cursor/mcp.json for Cursor; in .vscode/mcp.json of VS Code “mcpServers” is called “servers”.',
    text: json(mcpConfiguration({ mcp: `${origin}/mcp`, programKey: key })),
  };
  const curl: Snippet = {
    id: 'curl',
    title: 'curl',
    where: 'Into a shell, one after the other. Each can be run again.',
    text: restConversation({ rest: `${origin}/v1`, key, role })
      .map(({ says, line }) => `# ${says}\n${line}`)
      .join('\n'),
  };
  // Hooks report for a program; whoever looks after programs has nothing to report.
  return role === 'program' ? [hooks, mcp, curl] : [mcp, curl];
}
