#!/usr/bin/env node
// @ts-check
/**
 * A small Pub/Sub emulator for machines without the official one: topics, subscriptions, publish, pull, streaming pull,
 * acknowledgement and redelivery; in memory, without push, ordering, filters or dead letters.
 *
 * Alone: `node scripts/pubsub-emulator.mjs --host=127.0.0.1 --port=8085` (port 0 takes any free one and says which).
 * The Firebase CLI starts it in the same way when `PUBSUB_EMULATOR_BINARY_PATH` names this file.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMain, option } from './lib/command-line.mjs';
import { root } from './lib/paths.mjs';
import { Broker } from './pubsub-emulator/broker.mjs';
import { publisherService, subscriberService } from './pubsub-emulator/services.mjs';

/** The service takes requests of up to 10 MB; a little more for what wraps them. */
const LARGEST_REQUEST_BYTES = 11 * 1024 * 1024;

/**
 * gRPC and the protocol, as the Pub/Sub client itself uses them. The root of node_modules may hold an older gRPC, of the web SDK.
 */
function loadProtocol() {
  const ours = createRequire(join(root, 'functions/package.json'));
  const client = createRequire(ours.resolve('@google-cloud/pubsub'));
  const transport = createRequire(client.resolve('google-gax'));
  const definitions = transport('@grpc/proto-loader').fromJSON(
    client('@google-cloud/pubsub/build/protos/protos.json'),
    {
      longs: String,
      enums: String,
      defaults: true,
      oneofs: true,
    },
  );
  return {
    grpc: transport('@grpc/grpc-js'),
    publisher: definitions['google.pubsub.v1.Publisher'],
    subscriber: definitions['google.pubsub.v1.Subscriber'],
  };
}

/**
 * @param {object} options
 * @param {string} [options.host]
 * @param {number} [options.port] 0 for any free one
 * @returns {Promise<{ port: number, stop: () => void }>}
 */
export async function startPubsubEmulator({ host = '127.0.0.1', port = 0 } = {}) {
  const { grpc, publisher, subscriber } = loadProtocol();
  const broker = new Broker();
  const server = new grpc.Server({ 'grpc.max_receive_message_length': LARGEST_REQUEST_BYTES });
  server.addService(publisher, publisherService(broker));
  server.addService(subscriber, subscriberService(broker));
  const bound = await new Promise((done, failed) => {
    const insecure = grpc.ServerCredentials.createInsecure();
    server.bindAsync(`${host}:${port}`, insecure, (/** @type {Error | null} */ error, /** @type {number} */ at) =>
      error ? failed(error) : done(at),
    );
  });
  // Newer versions start by themselves and call this deprecated; an older one that is bound but not started lets every client hang for a minute.
  process.noDeprecation = true;
  server.start();
  process.noDeprecation = false;
  return {
    port: bound,
    stop() {
      broker.close();
      server.forceShutdown();
    },
  };
}

if (isMain(import.meta.url)) {
  const host = option('host') ?? '127.0.0.1';
  const emulator = await startPubsubEmulator({ host, port: Number(option('port') ?? 8085) });
  console.log(`Pub/Sub emulator ready on ${host}:${emulator.port}`);
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(name, () => process.exit(0));
}
