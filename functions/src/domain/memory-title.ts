import { limits } from '@quarterdeck/contract';
import { shorten } from './shorten.js';

/** What a memory is called that was given no title: the beginning of its first line. */
export function titleOf(content: string): string {
  const [firstLine = ''] = content.trim().split('\n', 1);
  return shorten(firstLine.trim(), limits.MEMORY_TITLE_MAX_CHARS);
}
