import { limits, type Operation, REASONS, type Reason } from '@quarterdeck/contract';
import { html, raw } from 'hono/html';
import { DOCS_STYLE } from './docs-style.js';
import { V2_TAG, v2FieldSchemas, v2Id, v2Path } from './openapi-v2.js';
import { titleOf } from './problem.js';
import { REASON_TEXTS } from './reasons.js';
import { COMMON_REASONS, v1Status } from './refusals.js';
import { sampleInput } from './samples.js';
import { inputSchemaOf, type JsonSchema, jsonSchemaOf, outputSchemaOf } from './schemas.js';
import { byTag } from './tags.js';
import { typeWords } from './type-words.js';
import { restOperations } from './v1.js';
import type { V2Route } from './v2-route.js';
import { v2Routes } from './v2-routes.js';

type Html = ReturnType<typeof html>;

const EFFECTS: Readonly<Record<Operation['effect'], string>> = {
  read: 'reads',
  create: 'makes something each time',
  idempotent: 'safe to repeat',
  destructive: 'takes something away',
};

const WINDOW = `curl -sS -X POST $BASE/api/v2/agents/builder/activate -H "Authorization: Bearer $KEY"

TOKEN=…   # the session_token that this answers
curl -sS -X POST "$BASE/api/v2/agents/builder/remember?content=Ada+prefers+e-mail&type=preference" \\
  -H "Authorization: Bearer $KEY" -H "X-Session-Token: $TOKEN"`;

const REFUSAL = `{
  "type": "/docs#SESSION_LIMIT",
  "title": "Session limit",
  "status": 429,
  "detail": "The account has 5 of 5 live sessions. …",
  "code": "resource-exhausted",
  "reason": "SESSION_LIMIT",
  "details": { "limit": 5, "active": 5, "tier": "pro", "holders": […] }
}`;

/** The documentation of the REST door, for people: one page that loads nothing else. */
export function docsPage(): string {
  const groups = byTag(restOperations.values());
  const reasons = Object.keys(REASONS) as Reason[];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Quarterdeck: REST</title>
<style>${raw(DOCS_STYLE)}</style>
</head>
<body>
<a class="skip" href="#start">To the text</a>
<header><p class="brand"><a href="#start">Quarterdeck</a> <span>REST</span></p><a class="to-contents" href="#contents">Contents</a></header>
<nav id="contents" aria-label="Contents">${contents(groups)}</nav>
<main id="start">
${introduction()}
${groups.map(({ tag, operations }) => html`<h2 id="${anchorOf(tag)}">${tag}</h2>${operations.map(operationSection)}`)}
<h2 id="${anchorOf(V2_TAG)}">${V2_TAG}</h2>
<p>The same windows and memories in the form that clients of the agent-session routes know: snake_case, an agent’s id in the path, fields in the query or in a JSON body.
What is wrong in a field is answered with 422; a refusal also has <code>error</code> and <code>message</code>.</p>
<pre><code>${WINDOW}</code></pre>
${v2Routes.map(routeSection)}
<h2 id="errors">Refusals</h2>
<p>Every refusal is <code>application/problem+json</code>. <code>reason</code> is for programs, <code>detail</code> says what to do.
Any operation may be refused with ${COMMON_REASONS.map((reason) => html`${reasonLink(reason)} `)}.</p>
${reasons.map(reasonSection)}
<footer><a href="/v1/openapi.json">OpenAPI 3.1</a> · generated from the same registry as this page</footer>
</main>
</body>
</html>`;
  return String(page);
}

function contents(groups: ReturnType<typeof byTag>): Html {
  return html`<ul class="contents">
${groups.map(
  ({ tag, operations }) =>
    html`<li><a class="tag" href="#${anchorOf(tag)}">${tag}</a><ul>${operations.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}</ul></li>
`,
)}<li><a class="tag" href="#${anchorOf(V2_TAG)}">${V2_TAG}</a></li>
<li><a class="tag" href="#errors">Refusals</a></li>
</ul>`;
}

function introduction(): Html {
  return html`<h1>The REST door</h1>
<p class="lead">Each operation is a POST to <code>/v1/&lt;operation&gt;</code>. The JSON body is its input, the answer its output.</p>
<pre><code>BASE=https://…   # where this page is from
KEY=cb_…         # an API key

${curl('list_sessions', {})}</code></pre>
<p>A program says who it is with an API key: <code>Authorization: Bearer cb_…</code>, or <code>X-Api-Key: cb_…</code>. A person sends a Firebase ID token as the bearer.
What belongs to a window also takes its session token, as <code>X-Session-Token</code>.
Instants are ISO 8601 in UTC. Unknown fields are refused.</p>
<p>A write may carry an <code>Idempotency-Key</code>, such as a UUID: repeated with the same key, it has one effect and the same answer for ${limits.IDEMPOTENCY_HOURS} hours.</p>
<p>A refusal says what was wrong, with which field, and what to do. Where repeating helps, <code>Retry-After</code> says when.</p>
<pre><code>${REFUSAL}</code></pre>`;
}

function operationSection(operation: Operation): Html {
  const { name, title, description, access, effect, errors } = operation;
  return html`<section id="${name}">
<h3><a href="#${name}"><code>${name}</code></a> <small>${title}</small></h3>
<p>${description}</p>
<p class="facts"><span>for ${access.join(', ')}</span> <span>${EFFECTS[effect]}</span></p>
<pre><code>${curl(name, sampleInput(operation))}</code></pre>
${fieldTable('Fields', inputSchemaOf(operation))}
${fieldTable('Answer', outputSchemaOf(operation))}
${errors.length === 0 ? '' : html`<p class="reasons">Refused with ${errors.map((reason) => html`${reasonLink(reason)} `)}</p>`}
</section>
`;
}

function routeSection(route: V2Route): Html {
  const schema = { properties: v2FieldSchemas(route) };
  const id = v2Id(route);
  return html`<section id="${id}">
<h3><a href="#${id}"><b class="method">${route.method}</b> <code>${v2Path(route)}</code></a></h3>
<p>${route.summary}.${route.needsToken ? html` Needs <code>X-Session-Token</code>.` : ''}</p>
${fieldTable('Fields', schema)}
${fieldTable('Answer', jsonSchemaOf(route.answer, 'output'))}
</section>
`;
}

function fieldTable(caption: string, { properties = {}, required = [] }: JsonSchema): Html | '' {
  const isInput = caption === 'Fields';
  const rows = Object.entries(properties).filter(([name]) => name !== 'success');
  if (rows.length === 0) return '';
  return html`<details${isInput ? raw(' open') : ''}><summary>${caption}</summary><table><tbody>
${rows.map(
  ([
    name,
    field,
  ]) => html`<tr><th scope="row"><code>${name}</code>${isInput && required.includes(name) ? html` <em>required</em>` : ''}</th>
<td class="type">${typeWords(field)}</td><td>${field.description ?? ''}${defaultWords(isInput, field)}</td></tr>
`,
)}</tbody></table></details>`;
}

function defaultWords(isInput: boolean, { default: standard }: JsonSchema): string {
  return !isInput || standard === undefined ? '' : ` Default ${JSON.stringify(standard)}.`;
}

function reasonSection(reason: Reason): Html {
  return html`<section id="${reason}" class="reason">
<h3><a href="#${reason}"><code>${reason}</code></a> <small>${v1Status(reason)} ${REASONS[reason]}</small></h3>
<p>${REASON_TEXTS[reason]}</p>
</section>
`;
}

function reasonLink(reason: Reason): Html {
  return html`<a href="#${reason}" title="${titleOf(reason)}"><code>${reason}</code></a>`;
}

function curl(name: string, input: object): string {
  const body = JSON.stringify(input).replaceAll("'", "'\\''");
  return `curl -sS $BASE/v1/${name} -H "Authorization: Bearer $KEY" \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

/** `Program state` → `tag-program-state`. */
function anchorOf(tag: string): string {
  return `tag-${tag.toLowerCase().replace(/\W+/g, '-')}`;
}
