// @ts-check

/**
 * Lines for a shell that show what an agent and its orchestrator say to Quarterdeck. Each can be pasted and run again.
 *
 * @param {object} local
 * @param {string} local.functions the address that a function's name is appended to
 * @param {string} local.adminKey
 * @param {string} local.programKey
 * @returns {{ says: string, line: string }[]}
 */
export function conversation({ functions, adminKey, programKey }) {
  const line = (/** @type {string} */ name, /** @type {string} */ key, /** @type {object} */ data) =>
    `curl -sS -w '\\n' ${functions}/${name} -H 'Content-Type: application/json' -H 'X-Api-Key: ${key}' -d '${JSON.stringify({ data })}'`;
  return [
    {
      says: 'An agent starts a session',
      line: line('createSession', programKey, {
        sessionId: 'first-session',
        name: 'First session',
        status: 'Reading the code',
      }),
    },
    {
      says: 'says what it is doing, and that it is alive',
      line: line('updateSession', programKey, {
        sessionId: 'first-session',
        status: 'Running the tests',
        progress: 40,
        lastHeartbeat: true,
      }),
    },
    { says: 'and sees who else is at work.', line: line('listSessions', programKey, {}) },
    { says: 'Its orchestrator asks how the fleet is.', line: line('getFleetHealth', adminKey, {}) },
  ];
}

/**
 * What clients of the Model Context Protocol take as their configuration, with small differences between them.
 *
 * @param {object} local
 * @param {string} local.mcp
 * @param {string} local.programKey
 */
export function mcpConfiguration({ mcp, programKey }) {
  return {
    mcpServers: { quarterdeck: { type: 'http', url: mcp, headers: { Authorization: `Bearer ${programKey}` } } },
  };
}
