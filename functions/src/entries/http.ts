import { onRequest } from 'firebase-functions/https';
import { runsAs } from './identities.js';
import { SECRETS } from './secrets.js';

/** Where agents come in with the Model Context Protocol. */
export const mcp = onRequest({ ...runsAs('doors'), invoker: 'public', secrets: SECRETS }, async (request, response) => {
  const [{ deployedApp }, { createMcpDoor }] = await Promise.all([import('../compose.js'), import('./mcp/door.js')]);
  await createMcpDoor(deployedApp())(request, response);
});

/** Where scripts come in: `/v1/<operation>`, the routes of session windows at `/api/v2`, and their documentation. */
export const api = onRequest(
  { ...runsAs('doors'), invoker: 'public', secrets: SECRETS, cors: true },
  async (request, response) => {
    const [{ deployedApp }, { createRestDoor }] = await Promise.all([
      import('../compose.js'),
      import('./rest/door.js'),
    ]);
    await createRestDoor(deployedApp())(request, response);
  },
);
