import type { Client } from '@quarterdeck/client';
import { DIRECTORY_PAGE_MAX } from '@quarterdeck/contract/limits';
import type { Key } from './standing.js';

/** Every key of the account, newest first. */
export async function allKeys(client: Pick<Client, 'listKeys'>): Promise<Key[]> {
  const keys: Key[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.listKeys({ limit: DIRECTORY_PAGE_MAX, pageToken });
    keys.push(...page.keys);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return keys;
}
