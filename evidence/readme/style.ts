// How the README looks, on a screen and on paper. Nothing is fetched: no fonts, no pictures.
import type { ReportFacts } from '../report/facts'
import { cssText, Html } from './html'
import { incompleteMark, when } from './words'

const SHEET = `
:root { color-scheme: light dark; --text: #16181d; --muted: #565b66; --line: #cfd3da; --soft: #f4f5f7; --page: #fff;
  --bad: #9f1c1c; --bad-soft: #fdecec; --doubt: #7a4b00; --doubt-soft: #fdf3dd; --good: #14532d; --good-soft: #e8f5ec; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e6e8ec; --muted: #a5abb6; --line: #3a3f49; --soft: #1f232a;
  --page: #14171c; --bad: #ffb0ab; --bad-soft: #3a1a1b; --doubt: #f3cf8a; --doubt-soft: #38290c; --good: #a6e0b8; --good-soft: #14301e; } }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 2rem 0 .25rem; }
h4 { font-size: .9rem; margin: 1rem 0 .25rem; }
p, ul, ol { margin: .5rem 0; max-width: 46rem; }
li { margin: .25rem 0; }
code { font: .88em ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: .375rem; padding: .75rem; white-space: pre-wrap; max-width: 46rem; }
a { color: inherit; text-underline-offset: .15em; }
.muted { color: var(--muted); }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
table.data { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; margin: .5rem 0; font-variant-numeric: tabular-nums; }
table.data th, table.data td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
table.data thead th { background: var(--soft); border-bottom: 2px solid var(--line); font-weight: 600; overflow-wrap: normal; }
table.data th .muted { font-weight: 400; }
table.data tbody th { font-weight: 600; }
table.data .n { text-align: right; white-space: nowrap; }
table.data .w { min-width: 12rem; }
table.data .m { min-width: 8rem; }
table.data .t { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 1rem 0; }
dt { color: var(--muted); }
dd { margin: 0; }
.state { font-weight: 600; white-space: nowrap; overflow-wrap: normal; }
.failing { color: var(--bad); } .cannot-tell { color: var(--doubt); } .no-failure { color: var(--good); }
.note { border: 1px solid; border-left-width: .35rem; border-radius: .375rem; padding: .6rem .9rem; margin: 1rem 0; }
.note p, .note ul { margin: .2rem 0; max-width: none; }
.note li { color: var(--text); }
.note.bad { color: var(--bad); background: var(--bad-soft); } .note.good { color: var(--good); background: var(--good-soft); }
.frame, .frame > thead, .frame > tbody, .frame > * > tr, .frame > * > tr > td { display: block; }
.frame > thead { display: none; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } h1 { font-size: 1.5rem; } }
@media print {
  html { font-size: 10pt; background: #fff; }
  body { max-width: none; padding: 0; }
  h2 { margin-top: 1.5rem; } h2, h3, h4 { break-after: avoid; }
  tr, .note, dl > * { break-inside: avoid; }
  .scroll { overflow: visible; }
  table.data { font-size: 7.5pt; } table.data th, table.data td { padding: .2rem .3rem; }
  table.data .w { min-width: 30mm; } table.data .m { min-width: 24mm; }
  table.data thead { display: table-header-group; }
  .frame { display: table; width: 100%; border-collapse: collapse; table-layout: fixed; } .frame > tbody { display: table-row-group; }
  .frame > * > tr { display: table-row; break-inside: auto; } .frame > * > tr > td { display: table-cell; padding: 0; }
  .frame > thead { display: table-header-group; }
  .frame > thead p { border: 1px solid; padding: 2pt 5pt; margin: 0 0 8pt; max-width: none; font-weight: 600; font-size: 8pt; color: #9f1c1c; }
  * { print-color-adjust: exact; }
}
`

/** Header and footer of printed pages, where the browser knows them: title and moment, and the number of each page. */
export function styleOf(facts: ReportFacts): Html {
  const { title, asOf } = facts
  const mark = incompleteMark(facts)
  const head = cssText(title.length > 80 ? `${title.slice(0, 80)}…` : title)
  const moment = cssText(`As of ${when(asOf.valid)}${mark ? ' · incomplete' : ''}`)
  const box = 'font: 8pt system-ui, sans-serif; color: #565b66'
  return new Html(`${SHEET}
@page { size: A4; margin: 18mm 14mm 16mm;
  @top-left { content: ${head.text}; ${box}; } @top-right { content: ${moment.text}; ${box}; }
  @bottom-left { content: "Rollcall evidence pack"; ${box}; } @bottom-right { content: "Page " counter(page) " of " counter(pages); ${box}; } }
`)
}
