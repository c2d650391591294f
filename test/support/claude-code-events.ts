import type { SessionView } from '@quarterdeck/contract';

/** The JSON of a hook event as Claude Code sends it. */
export type HookBody = Readonly<Record<string, unknown>> & {
  readonly session_id: string;
  readonly hook_event_name: string;
};

/** One moment of a conversation, and what its session is from then on. */
export interface Moment {
  readonly event: HookBody;
  readonly becomes: Partial<SessionView>;
}

const CWD = '/home/ada/projects/storefront';

/** Texts that must never reach a log: what people and agents wrote, and where they work. */
export const PRIVATE_TEXTS = ['login test', 'flaky', 'npm test', 'apiKeyOfTheShop', 'projects/storefront', '.jsonl'];

export function aHookBody(name: string, fields: Readonly<Record<string, unknown>> = {}): HookBody {
  return {
    session_id: '3f0c2a54-9d1b-4c57-8a52-6f1f1f6a8f10',
    transcript_path: `/home/ada/.claude/projects/storefront/3f0c2a54.jsonl`,
    cwd: CWD,
    permission_mode: 'default',
    hook_event_name: name,
    ...fields,
  };
}

const bash = {
  tool_name: 'Bash',
  tool_use_id: 'toolu_01H8bashRunsTheTests',
  tool_input: { command: 'npm test -- login', description: 'Run the tests', timeout: 300_000 },
};
const edit = {
  tool_name: 'Edit',
  tool_use_id: 'toolu_01K2editTheHandler',
  tool_input: {
    file_path: `${CWD}/src/login.ts`,
    old_string: 'apiKeyOfTheShop',
    new_string: 'key',
    replace_all: false,
  },
};
const grep = {
  agent_id: 'agent-7c1f',
  agent_type: 'Explore',
  tool_name: 'Grep',
  tool_use_id: 'toolu_01M9grepForCallers',
  tool_input: { pattern: 'signIn', path: CWD, output_mode: 'content' },
};
const bashResponse = { stdout: '41 passed, 1 failed', stderr: '', interrupted: false, isImage: false };

/** A conversation with every event of Claude Code's that says something here, and one that is not known. */
export function aConversation(sessionId: string): Moment[] {
  const at = (name: string, fields: Readonly<Record<string, unknown>>, becomes: Partial<SessionView>): Moment => ({
    event: aHookBody(name, { ...fields, session_id: sessionId }),
    becomes,
  });
  const active = { state: 'working', activity: 'active' } as const;
  const waits = { state: 'blocked', activity: 'waiting_input' } as const;
  const ready = { state: 'working', activity: 'ready' } as const;
  const first = 'Fix the failing login test.';
  return [
    at('SessionStart', { source: 'startup', model: 'claude-opus-4-5' }, { ...ready, status: null }),
    at('UserPromptSubmit', { prompt: `${first}\n\nIt is flaky on Mondays only.` }, { ...active, status: first }),
    at('PreToolUse', bash, active),
    at(
      'Notification',
      {
        message: 'Claude needs your permission to use Bash',
        title: 'Permission',
        notification_type: 'permission_prompt',
      },
      { ...waits, status: 'Claude needs your permission to use Bash' },
    ),
    at('PostToolUse', { ...bash, tool_response: bashResponse }, active),
    at('PostToolUseFailure', { ...edit, error: 'String to replace not found in file.', is_interrupt: false }, active),
    at('SubagentStart', { agent_id: 'agent-7c1f', agent_type: 'Explore' }, active),
    at('PostToolUse', { ...grep, tool_response: { mode: 'content', numFiles: 3, content: 'src/login.ts:4' } }, active),
    at(
      'SubagentStop',
      {
        stop_hook_active: false,
        agent_id: 'agent-7c1f',
        agent_type: 'Explore',
        last_assistant_message: 'Three callers.',
      },
      active,
    ),
    at('PermissionRequest', { ...bash, permission_suggestions: [] }, active),
    at('Notification', { message: 'Signed in.', notification_type: 'auth_success' }, active),
    at('Stop', { stop_hook_active: false, last_assistant_message: 'Is the clock mocked?' }, ready),
    at(
      'Notification',
      { message: 'Claude is waiting for your input', notification_type: 'idle_prompt' },
      { ...waits, status: 'Claude is waiting for your input' },
    ),
    at('UserPromptSubmit', { prompt: 'Yes. Go on.' }, { ...active, status: 'Yes. Go on.' }),
    at(
      'StopFailure',
      { error: 'rate_limit', error_details: '429 Too Many Requests' },
      { state: 'working', activity: 'blocked', status: 'rate_limit: 429 Too Many Requests' },
    ),
    at('UserPromptSubmit', { prompt: 'Try again.' }, { ...active, status: 'Try again.', handoffRequired: false }),
    at('PreCompact', { trigger: 'auto', custom_instructions: '' }, { ...active, handoffRequired: true }),
    at('PostCompact', { trigger: 'auto', compact_summary: 'The login test…' }, { ...active, handoffRequired: false }),
    at('SessionStart', { source: 'compact', model: 'claude-opus-4-5' }, { ...active, handoffRequired: false }),
    at(
      'Notification',
      { message: 'The tracker asks for a project', notification_type: 'elicitation_dialog' },
      { ...waits, status: 'The tracker asks for a project' },
    ),
    at('Notification', { message: 'Answered.', notification_type: 'elicitation_response' }, waits),
    at('Notification', { message: 'Done.', notification_type: 'elicitation_complete' }, waits),
    at('PostToolUse', { ...edit, tool_response: { filePath: `${CWD}/src/login.ts`, success: true } }, active),
    at('Notification', { message: 'Background agent is done', notification_type: 'agent_completed' }, active),
    at(
      'Notification',
      { message: 'Which branch?', notification_type: 'agent_needs_input' },
      { ...waits, status: 'Which branch?' },
    ),
    at('PostToolUse', { ...bash, tool_response: { ...bashResponse, stdout: '42 passed' } }, active),
    at('UserPromptSubmit', { prompt: 'Thank you, commit it.' }, { ...active, status: 'Thank you, commit it.' }),
    at('PostToolUse', { ...bash, tool_response: bashResponse }, active),
    at('Stop', { stop_hook_active: false, last_assistant_message: 'Committed.' }, ready),
    at(
      'SessionEnd',
      { reason: 'prompt_input_exit' },
      { state: 'complete', outcome: 'completed', activity: 'exited', status: 'Thank you, commit it.' },
    ),
  ];
}
