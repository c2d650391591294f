// @ts-check
import { projectId } from './paths.mjs';

/** Topics that others subscribe to beside our functions, so they are there before the first message, whatever the suite makes. */
const TOPICS = ['events'];

const ALREADY_EXISTS = 6;

/** @param {string} pubsub the emulator's host:port */
export async function createTopics(pubsub) {
  // The client looks for a cloud around it, and says loudly that there is none.
  process.env.METADATA_SERVER_DETECTION ??= 'none';
  const { PubSub } = await import('@google-cloud/pubsub');
  const client = new PubSub({ projectId, apiEndpoint: pubsub, emulatorMode: true });
  for (const name of TOPICS) {
    await client.createTopic(name).catch((error) => {
      if (error.code !== ALREADY_EXISTS) throw error;
    });
  }
  await client.close();
}
