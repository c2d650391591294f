import { createHash } from 'node:crypto';
import { docsPage } from './docs-page.js';
import { DOCS_STYLE } from './docs-style.js';
import type { RestRoutes } from './door.js';
import { openApi } from './openapi.js';
import { wrongMethod } from './v1.js';

/** Seconds for which browsers and Hosting may keep the documentation: a deployment is seen by everybody within minutes. */
const FRESH_SECONDS = 300;

/** What a page may load: nothing but the style that it brings. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /v1/openapi.json` and `GET /docs`: the same for everybody, made at the first request. */
export function publishDocumentation(routes: RestRoutes): void {
  publish(routes, '/v1/openapi.json', 'application/json', () => JSON.stringify(openApi()));
  publish(routes, '/docs', 'text/html; charset=utf-8', () => docsPage());
}

function publish(routes: RestRoutes, path: string, type: string, make: () => string): void {
  let page: { readonly text: string; readonly tag: string } | undefined;
  routes.get(path, (context) => {
    page ??= tagged(make());
    const headers = {
      'Content-Type': type,
      'Cache-Control': `public, max-age=${FRESH_SECONDS}`,
      ETag: page.tag,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    };
    const known = context.env.incoming.headers['if-none-match']?.split(/ *, */) ?? [];
    // A proxy that compresses marks the tag as weak: RFC 9110, 13.1.2, compares without the mark.
    if (known.some((one) => one.replace(/^W\//, '') === page?.tag)) return new Response(null, { status: 304, headers });
    return new Response(page.text, { headers });
  });
  routes.all(path, () => {
    throw wrongMethod(['GET']);
  });
}

function tagged(text: string): { readonly text: string; readonly tag: string } {
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}
