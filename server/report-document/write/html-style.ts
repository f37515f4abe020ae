/** The look of the page: quiet, light and dark, on paper black on white. Nothing in it is fetched. */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #fdfdfb; --raised: #f5f5f1; --ink: #1a1b1d; --quiet: #55595f; --rule: #deded8; --strong: #85898f;
  --attention: #7a4a00; --attention-soft: #fbf1dd; --accent: #0d6557; --tie: #d4d4d4; --tie-mark: #7a7a7a; --on-tie: #111; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #17181a; --raised: #1f2124; --ink: #e7e6e2; --quiet: #a9adb4; --rule: #34373c; --strong: #7d828a;
  --attention: #edbd72; --attention-soft: #352a17; --accent: #74cbb8; --tie: #6a6e73; --tie-mark: #a6aab0; --on-tie: #fff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-inline-size: 62rem; margin-inline: auto; padding: 2rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; margin-block: 0 .5rem; }
h2 { font-size: 1.375rem; margin-block: 3.5rem .75rem; padding-block-start: .75rem; border-block-start: 2px solid var(--ink); }
h3 { font-size: 1.0625rem; margin-block: 2.25rem .5rem; }
p, ul { max-inline-size: 44rem; margin-block: .5rem; overflow-wrap: anywhere; }
ul { padding-inline-start: 1.25rem; }
.about p { margin-block: .25rem; color: var(--quiet); }
.about p:last-child { color: var(--ink); font-variant-numeric: tabular-nums; }
.notes { margin-block: 1.5rem; padding: .75rem 1.25rem; background: var(--attention-soft);
  border: 2px solid var(--attention); border-inline-start-width: .5rem; }
.notes h2 { margin: 0; padding: 0; border: 0; font-size: 1rem; }
.notes p { font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; max-inline-size: none; list-style: none; }
a { color: var(--accent); display: inline-block; padding-block: .25rem; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
figure { margin: 1.5rem 0 2rem; }
figcaption { max-inline-size: 44rem; margin-block-start: .75rem; color: var(--quiet); font-size: .875rem; }
figure svg { display: block; max-inline-size: 100%; block-size: auto; }
.narrow { display: none; }
.table { margin-block: 1.25rem 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; border-block: 1.5px solid var(--ink); }
caption, .caption { padding-block: .375rem; text-align: start; font-size: .875rem; font-weight: 600; }
th, td { padding: .25rem .75rem; text-align: end; white-space: nowrap; vertical-align: baseline; font-weight: 400; }
th:first-child { padding-inline-start: 0; text-align: start; white-space: normal; min-inline-size: 7rem; max-inline-size: 22rem;
  overflow-wrap: anywhere; }
td:last-child, thead th:last-child { padding-inline-end: 0; }
thead th { border-block-end: 1px solid var(--strong); color: var(--quiet); vertical-align: bottom; }
tbody tr + tr > * { border-block-start: 1px solid var(--rule); }
.interval, .guide { color: var(--quiet); } th.words, td.words { text-align: start; } .flag > * { font-weight: 600; }
.methods { margin-block: .375rem; padding: 0; list-style: none; color: var(--quiet); font-size: .8125rem; }
summary { inline-size: fit-content; padding-block: .5rem; color: var(--accent); font-size: .875rem; cursor: pointer; }
blockquote { max-inline-size: 44rem; margin: .5rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule);
  white-space: pre-wrap; overflow-wrap: anywhere; }
footer { margin-block-start: 3.5rem; padding-block-start: .75rem; border-block-start: 1px solid var(--rule);
  color: var(--quiet); font-size: .875rem; }
.tb-paper { fill: none; } .tb-ink { fill: var(--ink); } .tb-quiet { fill: var(--quiet); }
.tb-whisker, .tb-outline, .tb-dot, .tb-line { stroke: var(--ink); } .tb-dot { fill: var(--ink); }
.tb-dot-hollow { fill: var(--paper); stroke: var(--quiet); }
.tb-rule, .tb-grid { stroke: var(--rule); } .tb-half, .tb-empty { stroke: var(--quiet); }
.tb-tie-fill { fill: var(--tie); } .tb-tie-mark { fill: var(--tie-mark); } .tb-on-tie { fill: var(--on-tie); }
@media screen and (max-width: 40rem) {
  main { padding: 1.25rem 1rem 3rem; } h1 { font-size: 1.375rem; } h2 { font-size: 1.1875rem; }
  table caption > span { position: sticky; inset-inline-start: 0; display: inline-block; max-inline-size: calc(100vw - 2rem); }
  th:first-child { position: sticky; inset-inline-start: 0; background: var(--paper); min-inline-size: 5rem; max-inline-size: 9rem; }
  .wide { display: none; } .narrow { display: block; } th, td { padding-inline: .5rem; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --quiet: #333; --rule: #ccc; }
  @page { margin: 18mm 16mm; }
  body { font-size: 9.5pt; } main { max-inline-size: none; padding: 0; }
  nav, details { display: none; } p, ul, figcaption, blockquote { max-inline-size: none; }
  h1 { font-size: 16pt; } h2 { font-size: 13pt; margin-block-start: 20pt; } h3 { font-size: 10.5pt; margin-block-start: 12pt; }
  h2, h3, caption { break-after: avoid; } figure, tr, .notes { break-inside: avoid; }
  .scroll { overflow: visible; } table { font-size: 8pt; } th, td { padding: 1.5pt 5pt; } caption, .methods, figcaption { font-size: 8pt; }
  thead { display: table-header-group; } .table { margin-block: 8pt 12pt; }
}
`.trim();
