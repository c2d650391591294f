// @ts-check
/**
 * One cold start, in the process that this is: loads the deployed module, lets the function answer one request, and prints what that took as JSON.
 *
 * `FUNCTION_TARGET=<function> node bench/cold-start.mjs <module> [<JSON of the request: path, headers, body>]`
 *
 * The request comes over HTTP, through the same reading of bodies as Cloud Run's; without one only the loading is measured.
 */
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import express from 'express';

const [module, request] = process.argv.slice(2);
const name = process.env.FUNCTION_TARGET;
if (module === undefined || name === undefined) throw new Error('module and FUNCTION_TARGET are missing');

/** @type {import('express').RequestHandler} */
let handler = (_request, response) => void response.sendStatus(503);
const app = express();
app.use(
  express.json({
    verify: (incoming, _response, body) => {
      Object.assign(incoming, { rawBody: body });
    },
  }),
);
app.use((...args) => handler(...args));
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = /** @type {import('node:net').AddressInfo} */ (server.address());

const started = performance.now();
const functions = await import(pathToFileURL(module).href);
const loadMs = performance.now() - started;
let answerMs = null;
if (request !== undefined) {
  handler = functions[name];
  const { path, headers, body } = JSON.parse(request);
  const answer = await fetch(`http://127.0.0.1:${address.port}${path}`, { method: 'POST', headers, body });
  const text = await answer.text();
  answerMs = performance.now() - started;
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`);
}
// By hand, because an open Firestore channel keeps a process alive.
process.stdout.write(`\n${JSON.stringify({ loadMs, answerMs })}`, () => process.exit(0));
