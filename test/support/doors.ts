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
    // As scripts/serve.mjs does it: the door says itself what is wrong with a body that is no JSON.
    (error: { type?: string }, _request: express.Request, _response: express.Response, next: express.NextFunction) =>
      next(error.type === 'entity.parse.failed' ? undefined : error),
  );
  app.use(path === '' ? '/' : path, (request, response) => door(request as never, response as never));
  const server = createServer(app);
  // After Node's five seconds it would be closed, on a busy machine just as a client uses it again.
  server.keepAliveTimeout = 0;
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
