/**
 * The URL that a text is; undefined: it is none. Not by `URL.canParse`: once it is called often, Node 20's takes a host with an umlaut for no URL, because its
 * compiled path reads Latin-1 as UTF-8.
 * @param base what a relative one is relative to
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
