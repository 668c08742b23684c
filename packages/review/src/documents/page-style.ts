/** The style sheet of every document: light, dark, paper, phone. Contrast of texts is at least 4.5 : 1 in both themes. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #18202b; --quiet: #556072; --paper: #fff; --soft: #f4f6f9; --line: #d9dfe7; --link: #1a50b0;
  --good: #146c39; --good-soft: #e5f4ea; --watch: #855300; --watch-soft: #fcf1d4;
  --bad: #ae2018; --bad-soft: #fcebe9; --info: #2257a5; --info-soft: #e7effb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e5e9ef; --quiet: #a2adbc; --paper: #12161c; --soft: #1b2129; --line: #343e4b; --link: #8db6fa;
    --good: #7fd49e; --good-soft: #153021; --watch: #efc368; --watch-soft: #352a12;
    --bad: #ff9f96; --bad-soft: #3c1c19; --info: #a0c4ff; --info-soft: #1a2a44;
  }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
body { margin: 0; font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: var(--paper) }
.top, .frame { max-width: 82rem; margin: 0 auto; padding: 0 1.25rem }
.top { padding-top: 1.75rem }
main { min-width: 0; padding-bottom: 4rem } main:focus { outline: none }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper) } .skip:focus { left: .5rem; top: .5rem }
a { color: var(--link) }
h1, h2, h3, h4, h5 { line-height: 1.25; overflow-wrap: anywhere; text-wrap: balance }
h1 { font-size: 1.9rem; letter-spacing: -.015em; margin: 0 }
h2 { font-size: 1.3rem; margin: 0 0 .9rem } section + section { margin-top: 3rem }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .6rem } h4 { font-size: .95rem; margin: 1.3rem 0 .4rem } h5 { font-size: .95rem; margin: 0 }
p { margin: .35rem 0; overflow-wrap: anywhere } .quiet { color: var(--quiet) }
code, pre { font: .867em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
pre { margin: .4rem 0; padding: .7rem .8rem; background: var(--soft); border-radius: 6px; white-space: pre-wrap }
.kind { color: var(--quiet); font-size: .8rem; font-weight: 600; letter-spacing: .09em; text-transform: uppercase; margin: 0 0 .2rem }
.facts { display: flex; flex-wrap: wrap; gap: .7rem 2.2rem; margin: 1rem 0 0 } .facts dt { color: var(--quiet); font-size: .8rem } .facts dd { margin: 0; overflow-wrap: anywhere }
.note { color: var(--quiet); font-weight: 400; font-size: .85em; font-variant-numeric: tabular-nums }
.contents { padding: 1.5rem 0 0; font-size: .9rem } .contents ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem }
.contents a { display: inline-block; padding: .15rem 0; text-decoration: none } .contents a:hover { text-decoration: underline }
main { padding-top: 2rem }
.mark { display: inline-flex; align-items: center; gap: .35em; font-weight: 600; white-space: nowrap } .icon { flex: none } .shapes { position: absolute }
.good { color: var(--good) } .watch { color: var(--watch) } .bad { color: var(--bad) } .info { color: var(--info) } .plain { color: var(--quiet) }

.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100%; font-size: .933rem }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem; border-top: 1px solid var(--line); overflow-wrap: break-word; unicode-bidi: isolate }
thead th { border-top: 0; background: var(--soft); color: var(--quiet); font-size: .8rem; font-weight: 600; white-space: nowrap }
tbody th { font-weight: 600; min-width: 10rem } td { min-width: 5.5rem } .wide { width: 36%; min-width: 15rem } .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; min-width: 9rem }
.number { text-align: right; font-variant-numeric: tabular-nums; min-width: 3rem }
tr:target > * { background: var(--info-soft) }
details > summary { cursor: pointer; color: var(--link); padding: .1rem 0 } summary code { word-break: break-all } details[open] > summary { margin-bottom: .3rem }

.panel { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 1rem 2.5rem; align-items: center; padding: 1.1rem 1.3rem; border: 1px solid var(--line); border-radius: 10px }
.score { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6rem; margin: 0 } .score .figure { font-size: 3rem; font-weight: 700; line-height: 1.1; letter-spacing: -.03em; font-variant-numeric: tabular-nums } .score .of { color: var(--quiet); margin-right: auto }
.bar { display: block; width: 100%; height: 12px; border-radius: 6px; margin: .5rem 0 .2rem } .zone { fill: currentColor; opacity: .22 }
.scale { display: grid; grid-template-columns: 75fr 15fr 8fr 2fr; margin: 0; color: var(--quiet); font-size: .8rem; white-space: nowrap }
.counters { align-self: stretch; padding-left: 1.6rem; border-left: 1px solid var(--line) } .label { font-size: .8rem; font-weight: 600; margin: 0 0 .2rem; color: var(--quiet) } .counters dl { display: grid; gap: .15rem; margin: 0 } .counters dl div { display: flex; justify-content: space-between; gap: 1.4rem } .counters dd { margin: 0; font-weight: 700; font-variant-numeric: tabular-nums }
.cards { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .8rem; margin: .8rem 0 }
.card { padding: .8rem 1rem; border-radius: 10px; border: 1px solid currentColor } .card p { margin: 0; color: var(--ink) } .card .figure { font-size: 1.7rem; font-weight: 700; line-height: 1.25; font-variant-numeric: tabular-nums }
.card.good { background: var(--good-soft) } .card.watch { background: var(--watch-soft) } .card.bad { background: var(--bad-soft) }
.strip { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; margin: 0; padding: .6rem 1rem; background: var(--soft); border-radius: 10px } .strip div { display: flex; gap: .5rem } .strip dt { color: var(--quiet) } .strip dd { margin: 0 }
.settings { margin: 0; border-top: 1px solid var(--line) } .settings div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .8rem; padding: .5rem 0; border-bottom: 1px solid var(--line) } .settings dt { font-weight: 600 } .settings dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.severity { border-bottom: 2px solid var(--info); padding-bottom: .3rem } .severity.of-error { border-color: var(--bad) } .severity.of-warning { border-color: var(--watch) } h3 .mark { font-weight: 700 }
.rule { border-left: 4px solid var(--info); padding: .1rem 0 .1rem 1rem; margin: .8rem 0 1.4rem } .rule.of-error { border-color: var(--bad) } .rule.of-warning { border-color: var(--watch) } .rule b { color: var(--quiet); font-weight: 600; margin-right: .35em }
.places { list-style: none; margin: .6rem 0 0; padding: 0 } .places li { padding: .5rem .8rem; background: var(--soft); border-radius: 6px; margin-bottom: .35rem } .places p { margin: 0 }
.place { color: var(--quiet); font-size: .867rem; margin: 0 } .place code { word-break: break-all } .count { font-size: .867rem; white-space: nowrap; margin-left: .3rem; font-weight: 400 } .count .mark { gap: .25em }
.depth-1 { padding-left: .9rem } .depth-2 { padding-left: 1.8rem } .depth-3 { padding-left: 2.7rem } .depth-4 { padding-left: 3.6rem } .depth-5 { padding-left: 4.5rem } .depth-6 { padding-left: 5.4rem } [class^=depth-] { display: inline-block }
.drawing svg { display: block; margin: 0 auto; max-width: none } @media print { .drawing svg { max-width: 100%; height: auto } }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; margin: 0 0 .6rem; padding: 0; border: 0 } .tools legend { float: left; padding: 0; color: var(--quiet) }
.tools label { display: inline-flex; align-items: center; gap: .3rem; min-height: 1.75rem }
button, input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 6px }
button { padding: .25rem .7rem; font-size: .867rem; cursor: pointer } button:hover { background: var(--soft) }
.filters td { background: var(--soft); padding-top: 0; border-top: 0 } .filters input { width: 100%; min-width: 4rem; padding: .15rem .4rem; font-size: .867rem }
@media screen { .out { display: none } }

@media screen and (min-width: 68rem) {
  .frame { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 0 2.5rem }
  .contents { padding: 2.4rem 0 1rem; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto } .contents ol { display: block } .contents a { padding: .2rem 0 }
}
@media screen and (max-width: 46rem) {
  .top, .frame { padding-left: 1rem; padding-right: 1rem } h1 { font-size: 1.5rem }
  .panel { grid-template-columns: minmax(0, 1fr) } .counters { padding: .7rem 0 0; border-left: 0; border-top: 1px solid var(--line) } .cards { grid-template-columns: 1fr 1fr } .strip { display: grid } .strip div { justify-content: space-between }
  [class^=depth-] { padding-left: 0 }
  .facts { gap: .5rem 1.5rem } .contents ol { gap: .1rem .9rem }
  .contents a { min-height: 1.75rem }
  .listing { border: 0; border-radius: 0; overflow-x: visible }
  table, tbody, tr, th, td { display: block } thead, thead tr { display: block } thead tr:first-child { display: none }
  .filters[hidden] { display: none }
  tbody tr { border: 1px solid var(--line); border-radius: 8px; padding: .5rem .75rem; margin-bottom: .6rem }
  th, td { border: 0; padding: .1rem 0; text-align: left; min-width: 0; width: auto } .wide, .code { width: auto; min-width: 0 } .number { text-align: left }
  tbody th { font-size: 1rem; padding-bottom: .25rem; overflow-wrap: anywhere }
  tbody td, .filters td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .6rem; overflow-wrap: anywhere; background: none }
  tbody td::before, .filters td::before { content: attr(data-label); color: var(--quiet); font: 400 .867rem/1.7 system-ui, sans-serif }
  tbody td.wide { display: block } tbody td.wide::before { display: block }
  .settings div { grid-template-columns: minmax(0, 1fr); gap: .1rem }
  tbody td:empty { display: none } .filters { padding-bottom: .8rem } .filters td { background: none; margin-bottom: .35rem; align-items: center }
  tr:target { background: var(--info-soft) } tr:target > * { background: none }
}
@media print {
  @page { margin: 14mm 12mm }
  body { font-size: 10pt } .top, .frame { max-width: none; padding: 0 } main { padding: 1rem 0 0 }
  .skip, .contents, .tools, .filters { display: none }
  .scroll { overflow: visible; border-radius: 0; border: 0 } thead { display: table-header-group } tr, .keep { break-inside: avoid } h2, h3, h4, h5 { break-after: avoid }
  th, td { padding: 3pt 5pt; min-width: 0 } .wide, .code, tbody th { min-width: 0 } a { color: inherit; text-decoration: none }
  details::details-content { content-visibility: visible; display: block; block-size: auto } pre { background: none; border: 1px solid var(--line) }
  .card, .panel, .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
