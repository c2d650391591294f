// @ts-check
/**
 * One cold start, in the process that this is: loads the deployed module, lets one function answer, and prints what that took as JSON.
 *
 * `node bench/cold-start.mjs <module> <function> [<JSON of the request>]`
 */
import { pathToFileURL } from 'node:url';

const [module, name, request = '{}'] = process.argv.slice(2);
if (module === undefined || name === undefined) throw new Error('module and function are missing');

const started = performance.now();
const functions = await import(pathToFileURL(module).href);
const loadMs = performance.now() - started;
await functions[name].run(JSON.parse(request));
const answerMs = performance.now() - started;
// By hand, because an open Firestore channel keeps a process alive.
process.stdout.write(JSON.stringify({ loadMs, answerMs }), () => process.exit(0));
