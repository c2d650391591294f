// @ts-check

/**
 * What an agent and its orchestrator say to Quarterdeck, in order.
 *
 * @type {{ says: string, name: string, by: 'program' | 'admin', data: object }[]}
 */
const STEPS = [
  {
    says: 'An agent starts a session',
    name: 'createSession',
    by: 'program',
    data: { sessionId: 'first-session', name: 'First session', status: 'Reading the code' },
  },
  {
    says: 'says what it is doing, and that it is alive',
    name: 'updateSession',
    by: 'program',
    data: { sessionId: 'first-session', status: 'Running the tests', progress: 40, lastHeartbeat: true },
  },
  { says: 'and sees who else is at work.', name: 'listSessions', by: 'program', data: {} },
  { says: 'Its orchestrator asks how the fleet is.', name: 'getFleetHealth', by: 'admin', data: {} },
];

/**
 * Lines for a shell with the whole conversation, over callables. Each can be pasted and run again.
 *
 * @param {object} local
 * @param {string} local.functions the address that a function's name is appended to
 * @param {string} local.adminKey
 * @param {string} local.programKey
 * @returns {{ says: string, line: string }[]}
 */
export function conversation({ functions, adminKey, programKey }) {
  const keys = { admin: adminKey, program: programKey };
  return STEPS.map(({ says, name, by, data }) => ({
    says,
    line: curl(`${functions}/${name}`, `X-Api-Key: ${keys[by]}`, { data }),
  }));
}

/**
 * The same over REST, as far as one key may say it: a program's key speaks for the agent, any other for whoever looks after it.
 *
 * @param {object} deployment
 * @param {string} deployment.rest the address that an operation's name is appended to
 * @param {string} deployment.key
 * @param {string} deployment.role of the key
 * @returns {{ says: string, line: string }[]}
 */
export function restConversation({ rest, key, role }) {
  return STEPS.filter(({ by }) => (by === 'program') === (role === 'program')).map(({ says, name, data }) => ({
    says,
    line: curl(`${rest}/${inSnakeCase(name)}`, `Authorization: Bearer ${key}`, data),
  }));
}

/**
 * @param {string} address
 * @param {string} credential
 * @param {object} body
 */
function curl(address, credential, body) {
  return `curl -sS -w '\\n' ${address} -H 'Content-Type: application/json' -H '${credential}' -d '${JSON.stringify(body)}'`;
}

/** @param {string} name */
function inSnakeCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
