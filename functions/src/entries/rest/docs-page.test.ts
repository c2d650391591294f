import { REASONS } from '@quarterdeck/contract';
import { docsPage } from './docs-page.js';
import { v2Path } from './openapi-v2.js';
import { restOperations } from './v1.js';
import { v2Routes } from './v2-routes.js';

const page = docsPage();

test('every operation has a section, a place in the contents and a curl line', () => {
  for (const name of restOperations.keys()) {
    expect(page).toContain(`<section id="${name}">`);
    expect(page).toContain(`<li><a href="#${name}">`);
    expect(page).toContain(`curl -sS $BASE/v1/${name} `);
  }
});

test('every reason has the anchor that problems point at', () => {
  for (const reason of Object.keys(REASONS)) expect(page).toContain(`<section id="${reason}"`);
});

test('every v2 route is there', () => {
  for (const route of v2Routes)
    expect(page).toContain(`<b class="method">${route.method}</b> <code>${v2Path(route)}</code>`);
});

test('every link within the page leads somewhere, and no anchor is there twice', () => {
  const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const targets = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(targets.filter((target) => !anchors.includes(target))).toEqual([]);
});

test('the page loads nothing and runs nothing', () => {
  expect(page).not.toMatch(
    /<(script|link|img|iframe|object|embed|form)\b| on[a-z]+="| style="|https?:\/\/(?!…|example\.com)|url\(|@import/i,
  );
});
