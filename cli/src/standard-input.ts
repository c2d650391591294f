import { text } from 'node:stream/consumers';

/** All of standard input, until it ends. */
export async function readStandardInput(): Promise<string> {
  return text(process.stdin);
}
