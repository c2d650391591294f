// @ts-check

/** Seconds that Claude Code waits for an answer; the door gives one within one. */
const TIMEOUT_SECONDS = 2;

/**
 * Events that change something about a session, and the one that comes most often as its sign of life. `PreToolUse` would hold up every tool call for
 * what `PostToolUse` says a moment later, and a subagent's calls are tool calls too.
 */
const EVENTS = [
  'UserPromptSubmit',
  'PostToolUse',
  'PostToolUseFailure',
  'Notification',
  'Stop',
  'StopFailure',
  'PreCompact',
  'PostCompact',
  'SessionEnd',
];

/**
 * What Claude Code takes into its settings.json to keep a session of Quarterdeck up to date. `SessionStart` is a command, because Claude Code runs no
 * http hook for it; what the command prints is the hook's answer, so it prints nothing where there is none.
 *
 * @param {object} local
 * @param {string} local.hooks the address of the hooks, without a slash at its end
 * @param {string} local.programKey
 */
export function claudeCodeSettings({ hooks, programKey }) {
  const url = `${hooks}/claude-code`;
  const authorization = `Bearer ${programKey}`;
  const command = [
    `curl -sSf --max-time ${TIMEOUT_SECONDS}`,
    `-H 'Authorization: ${authorization}' -H 'Content-Type: application/json'`,
    `--data-binary @- '${url}' 2>/dev/null || true`,
  ].join(' ');
  const start = { type: 'command', command, timeout: TIMEOUT_SECONDS + 1 };
  const other = { type: 'http', url, headers: { Authorization: authorization }, timeout: TIMEOUT_SECONDS };
  return {
    hooks: Object.fromEntries([
      ['SessionStart', [{ hooks: [start] }]],
      ...EVENTS.map((event) => [event, [{ hooks: [other] }]]),
    ]),
  };
}
