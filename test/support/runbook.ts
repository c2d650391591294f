import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
