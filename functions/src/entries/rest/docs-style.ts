/** The style of the documentation, as it stands in the page: the policy allows it by its hash. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5a6675; --line: #dde2e8; --ground: #fff; --panel: #f5f7f9; --accent: #0b62a4; --mark: #fff3cd; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e9ef; --soft: #9aa7b5; --line: #2c3642; --ground: #12171d; --panel: #1a2129; --accent: #74b8f0; --mark: #4a3c10; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { display: flex; flex-direction: column; margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .875em; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { font-size: .8125rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--ground); }
header { position: sticky; top: 0; z-index: 1; display: flex; justify-content: space-between; background: var(--ground); border-bottom: 1px solid var(--line); padding: .6rem 1rem; }
.brand { margin: 0; font-weight: 650; }
.brand a { color: inherit; }
.brand span { color: var(--soft); font-weight: 400; }
nav { order: 1; padding: 1.5rem 1rem 3rem; border-top: 1px solid var(--line); }
.contents { columns: 10rem; }
.contents > li { break-inside: avoid; }
.contents, .contents ul { list-style: none; margin: 0; padding: 0; }
.contents > li { margin: 0 0 .9rem; }
.contents ul a { display: block; padding: .15rem 0; font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
.contents .tag { font-weight: 600; font-size: .9rem; color: var(--ink); }
main { padding: 1rem 1rem 4rem; max-width: 54rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.35rem; margin: 3.5rem 0 .5rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h3 a { color: inherit; }
h3 code { font-size: 1em; }
h3 small { color: var(--soft); font-weight: 400; margin-left: .4rem; }
.method { font-size: .75rem; color: var(--accent); margin-right: .3rem; }
.lead { font-size: 1.1rem; margin-top: 0; }
section { padding: 1.5rem 0 .75rem; }
section + section { border-top: 1px solid var(--line); }
section:target > h3 { background: var(--mark); box-shadow: 0 0 0 .3rem var(--mark); border-radius: .1rem; }
section p { margin: .3rem 0 .6rem; }
.reason { padding: .6rem 0 .3rem; }
.facts { color: var(--soft); font-size: .875rem; }
.facts span + span::before { content: "· "; }
.reasons { font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; padding: .2rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin-bottom: .5rem; }
tr { border-top: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; font-weight: 400; overflow-wrap: anywhere; }
th { width: 14rem; }
th em { color: var(--accent); font-size: .75rem; font-style: normal; white-space: nowrap; }
.type { color: var(--soft); width: 13rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  tr, th, td, .type { display: block; width: auto; padding-right: 0; }
  tr { padding: .5rem 0; }
  th, td { padding: 0; }
  td:empty { display: none; }
}
@media (min-width: 64rem) {
  html { scroll-padding-top: 1.5rem; }
  body { display: grid; grid-template: auto 1fr / 16rem minmax(0, 1fr); }
  header { position: static; border: 0; padding: 1.5rem 1.25rem .75rem; }
  .to-contents { display: none; }
  header, nav { border-right: 1px solid var(--line); }
  nav { position: sticky; top: 0; order: 0; grid-column: 1; height: 100vh; overflow-y: auto; padding: .75rem 1.25rem; border-top: 0; }
  .contents { columns: auto; }
  main { grid-column: 2; grid-row: 1 / span 2; padding: 1.5rem 3rem 5rem; }
}
`;
