import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

/** An HTTP handler as functions export it. */
type Door = (request: never, response: never) => unknown;

export interface ServedDoor {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a door on this machine the way Cloud Run's framework does: the body parsed, and kept as it came.
 * @param path of the URL below which the door sees its requests
 */
export async function serveDoor(door: Door, path = ''): Promise<ServedDoor> {
  const app = express();
  const keepRaw = {
    limit: '10mb',
    verify: (request: object, _response: unknown, body: Buffer) => {
      Object.assign(request, { rawBody: body });
    },
  };
  app.use(
    express.json(keepRaw),
    express.text(keepRaw),
    express.urlencoded({ ...keepRaw, extended: true }),
    express.raw({ ...keepRaw, type: () => true }),
  );
  app.use(path === '' ? '/' : path, (request, response) => door(request as never, response as never));
  const server = createServer(app);
  // A client on a busy machine would take a connection that is about to be closed.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
