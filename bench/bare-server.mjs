// @ts-check
/**
 * The least that a beat over HTTP can be: a server of Node alone that does a bare `update()` of the Admin SDK for each request, without a key or a door.
 *
 * `node bench/bare-server.mjs` says where it listens; beats.mjs starts and measures it.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { bareBeat } from './bare-beat.mjs';

// The project is that of the environment.
const db = getFirestore(initializeApp());
const server = createServer(async (request, response) => {
  try {
    const { path, contextBytes } = JSON.parse(await text(request));
    await bareBeat(db, path, contextBytes);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`bare-server ready on http://127.0.0.1:${port}/`);
});
