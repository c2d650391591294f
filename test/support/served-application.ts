import { claimsOf, serveEveryDoor } from './every-door.js';
import { sendToThisMachine } from './webhooks.js';
import { anInstance, recordedAuth } from './world.js';

/** An application at all its doors, as a process of its own: see served-process.ts. */
async function serveApplication(): Promise<void> {
  const keys = JSON.parse(process.env.SESSION_TOKEN_KEYS ?? '');
  const instance = anInstance({ auth: recordedAuth(async (token) => claimsOf(token)), sessionTokenKeys: () => keys });
  sendToThisMachine(instance);
  const { addresses } = await serveEveryDoor(instance.app);
  console.log(`ready ${JSON.stringify(addresses)}`);
}

void serveApplication();
