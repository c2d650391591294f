// @ts-check
/**
 * The least that a beat over HTTP can be: a server of Node alone that does a bare `update()` of the Admin SDK for each request, without a key, a door or a line of ours.
 *
 * `node bench/bare-server.mjs` says where it listens; measured by run.mjs, started by stage.mjs.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

// The project is that of the environment.
const db = getFirestore(initializeApp());
const server = createServer(async (request, response) => {
  try {
    const { path, contextBytes } = JSON.parse(await text(request));
    await db.doc(path).update(beatFields(contextBytes));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`bare-server ready on http://127.0.0.1:${port}/`);
});

/** @param {number} contextBytes */
function beatFields(contextBytes) {
  const at = new Date();
  return { lastHeartbeat: at, lastActivityAt: at, contextBytes };
}
