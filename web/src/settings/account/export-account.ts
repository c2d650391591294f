import type { Client } from '@quarterdeck/client';
import { EXPORT_PAGE_MAX } from '@quarterdeck/contract/limits';
import { exportHeader } from '@quarterdeck/contract/views';

/** A page holds up to four million characters, and comes over any connection. */
const PAGE_TIMEOUT_MS = 60_000;

interface Exporting {
  readonly signal: AbortSignal;
  /** Told after every page: records so far. */
  readonly onProgress: (count: number) => void;
}

/**
 * The whole account as JSON Lines: what `quarterdeck export` writes, and `quarterdeck import` reads.
 * @returns the parts of the file
 * @throws what the signal was aborted with, and QuarterdeckError: half an export is none
 */
export async function exportAccount(
  client: Pick<Client, 'exportAccount' | 'serverNow'>,
  { signal, onProgress }: Exporting,
): Promise<string[]> {
  const parts = [`${exportHeader(client.serverNow())}\n`];
  let count = 0;
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const options = { signal, timeoutMs: PAGE_TIMEOUT_MS };
    const page = await client.exportAccount({ limit: EXPORT_PAGE_MAX, pageToken }, options);
    parts.push(...page.records.map((record) => `${JSON.stringify(record)}\n`));
    count += page.records.length;
    onProgress(count);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return parts;
}

/** "quarterdeck-lab-2026-03-01.jsonl": what is no letter or digit of a file's name is a dash. */
export function exportName(account: string, now: Date): string {
  const name = account
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return ['quarterdeck', name, now.toISOString().slice(0, 10)].filter(Boolean).join('-').concat('.jsonl');
}
