import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** What a page tells a person to type. */
export interface Block {
  /** The heading that it stands below. */
  readonly heading: string;
  readonly text: string;
  /** It asks a cloud, through `gcloud` or the Firebase CLI. */
  readonly needsCloud: boolean;
}

const root = join(__dirname, '../..');

/** The shell blocks of a page of docs, in order; those in lists without their indentation. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { readonly indent: string; readonly lines: string[] } | undefined;
  for (const line of readFileSync(join(root, 'docs', page), 'utf8').split('\n')) {
    const fence = /^( *)```(\w*)$/.exec(line);
    if (open === undefined) {
      heading = /^##+ (.*)$/.exec(line)?.[1] ?? heading;
      if (fence?.[2] === 'sh') open = { indent: String(fence[1]), lines: [] };
    } else if (fence) {
      const text = `${open.lines.join('\n')}\n`;
      blocks.push({ heading, text, needsCloud: /\b(gcloud|firebase) [a-z]/.test(text) });
      open = undefined;
    } else {
      open.lines.push(line.slice(open.indent.length));
    }
  }
  return blocks;
}

/** Headings of a page as its links name them: `the-sweep-is-behind`. */
export function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  return [...text.matchAll(/^##+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The rows of the table below a heading, without its head; cells without their blanks. */
export function tableOf(page: string, heading: string): readonly (readonly string[])[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  const section = text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const rows = [...section.matchAll(/^\| (.*) \|$/gm)].map(([, cells = '']) =>
    cells.split(' | ').map((cell) => cell.trim()),
  );
  return rows.filter(([first = '']) => !/^-+$/.test(first)).slice(1);
}

/** What the secret of session tokens is before anybody sets it. */
export const OLD_KEYS = { keys: [{ kty: 'oct', kid: 'old', k: 'k'.repeat(43) }] };

/** What was asked of the cloud: a command and its arguments; after a secret was set, `set` and its value. */
export type Asked = readonly string[];

/**
 * Types blocks into one shell, where `gcloud` and `firebase` only write down what they are asked, after a look into the files that they are handed. What a secret is set
 * to is what it is afterwards.
 * @throws Error when the shell ends with a failure, an unset variable among them
 */
export async function askedOfCloud(
  blocks: readonly Block[],
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly Asked[]> {
  const place = mkdtempSync(join(tmpdir(), 'quarterdeck-runbook-'));
  try {
    const bin = join(place, 'bin');
    mkdirSync(bin);
    for (const name of ['monitoring', 'scripts']) symlinkSync(join(root, name), join(place, name));
    for (const name of ['gcloud', 'firebase']) {
      writeFileSync(join(bin, name), scribe(place));
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
    const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), ...variables };
    const script = blocks.map(({ text }) => text).join('\n');
    await promisify(execFile)('bash', ['-eu', '-o', 'pipefail', '-c', script], { cwd: place, env });
    const written = readFileSync(join(place, 'asked'), 'utf8').trimEnd().split('\n');
    return written.map((line) => JSON.parse(line) as Asked);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param place a folder for what it writes down */
function scribe(place: string): string {
  return `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const name = require('node:path').basename(process.argv[1]);
const secret = ${JSON.stringify(join(place, 'secret'))};
appendFileSync(${JSON.stringify(join(place, 'asked'))}, JSON.stringify([name, ...args]) + '\\n');
for (const [at, arg] of args.entries()) {
  const handed = /^--(config-from-file|policy-from-file|data-file)(?:=(.*))?$/.exec(arg);
  if (!handed) continue;
  const file = handed[2] ?? args[at + 1];
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  JSON.parse(text);
  if (args[0] === 'functions:secrets:set') {
    writeFileSync(secret, text);
    appendFileSync(${JSON.stringify(join(place, 'asked'))}, JSON.stringify(['set', text]) + '\\n');
  }
}
if (args[0] !== 'functions:secrets:access') console.log('projects/my-project/things/1');
else console.log(existsSync(secret) ? readFileSync(secret, 'utf8') : ${JSON.stringify(JSON.stringify(OLD_KEYS))});
`;
}
