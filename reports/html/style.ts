/** The look of the page: light and dark by the system or by the switch, paper always light. */
import { type Colour, darkPalette, palette } from '../charts/palette.ts'

const inks = (colours: Readonly<Record<Colour, string>>): string =>
  (Object.keys(colours) as Colour[]).map((name) => `--${name}:${colours[name]}`).join(';')
const light = `color-scheme:light;--card:#f6f8fa;--edge:#dfe4ea;--link:#00568a;--good:#00694d;--good-paper:#dff3ec;--bad:#a03a00;--bad-paper:#fbe6da;--open:#6b5300;--open-paper:#fbf1cf;${inks(palette)}`
const dark = `color-scheme:dark;--card:#1a2129;--edge:#323c47;--link:#7cc4f2;--good:#62d9b3;--good-paper:#12372c;--bad:#ffa36b;--bad-paper:#43240f;--open:#f0cf6a;--open-paper:#3a310f;${inks(darkPalette)}`

export const style = `
:root{${light};font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif;font-size:16px;line-height:1.6}
main[lang=en],[lang=en]{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,Helvetica,"Noto Sans CJK SC",sans-serif}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
@media screen{:root[data-theme=dark]{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink)}
a{color:var(--link)}
.skip{position:absolute;left:-999em}.skip:focus{position:static;display:inline-block;padding:.5rem}
.bar{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;justify-content:flex-end;padding:.6rem 1rem;border-bottom:1px solid var(--edge);font-size:.875rem}
.bar fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem;align-items:center}
.bar legend{float:left;padding:0;margin-right:.4rem;color:var(--muted)}
button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:.15rem .7rem;cursor:pointer;min-height:2rem}
button[aria-pressed=true]{border-color:var(--link);color:var(--link);font-weight:600}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
main{max-width:60rem;margin:0 auto;padding:1rem}.hero,.sections{min-width:0}
html[data-language=zh] main[lang=en],html[data-language=en] main[lang^=zh]{display:none}
main+main{break-before:page}
html[data-language=zh] .only-en,html[data-language=en] .only-zh{display:none}
h1{font-size:2rem;line-height:1.25;margin:.2rem 0 1rem;letter-spacing:-.01em}h2{font-size:1.4rem;margin:0 0 .35rem;line-height:1.35}.hero>h2{font-size:.875rem;font-weight:600;color:var(--muted);margin:1.5rem 0 .3rem}.kicker{color:var(--muted);font-size:.875rem;margin:.6rem 0 0}h3{font-size:1rem;margin:0;line-height:1.4}
section{margin:3rem 0 0;padding-top:1.6rem;scroll-margin-top:.5rem;border-top:1px solid var(--edge)}
p{margin:.4rem 0}main>h2{margin-top:1.1rem}main>h3{margin-top:1.3rem}.intro,.note,.small{color:var(--muted)}.note,.small{font-size:.875rem}.intro{max-width:48rem}
nav{margin-top:1.5rem;padding:.8rem 1rem;background:var(--card);border-radius:8px}nav ul{list-style:none;padding:0;margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.25rem 1.2rem;font-size:.9rem}nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.mark{margin:0 0 .2rem;font-size:.75rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--open)}.lead{font-size:1.05rem}
.question{font-size:1.2rem;line-height:1.55;max-width:52rem;margin:0}
.answer{border:1px solid var(--edge);border-left:6px solid var(--blue);background:var(--card);border-radius:8px;padding:.9rem 1.1rem;margin:.9rem 0}
.answer p{margin:.3rem 0}.answer.main p:first-child{font-size:1.2rem;line-height:1.6;font-weight:500}.answer:not(.main){padding:.6rem 1.1rem;border-left-width:4px;background:none}.answer.good{border-left-color:var(--green)}.answer.bad{border-left-color:var(--vermillion)}.answer.open{border-left-color:var(--orange)}
.banner{border:2px solid var(--vermillion);background:var(--bad-paper);border-radius:8px;padding:.7rem 1rem;margin:.9rem 0}.banner.open{border-color:var(--orange);background:var(--open-paper)}
.banner h2{font-size:1.1rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:.9rem 0;padding:0;list-style:none}
.cards li{border:1px solid var(--edge);border-radius:8px;padding:.7rem .9rem}
.cards .name{color:var(--muted);font-size:.875rem;line-height:1.4}.cards .big{font-size:1.75rem;font-weight:650;line-height:1.3;margin:.15rem 0;font-variant-numeric:tabular-nums}.cards.trust{grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))}.cards.trust li{font-size:.9rem;line-height:1.5;background:var(--card)}.plain{padding-left:1.1rem;margin:.3rem 0;font-size:.9rem}
figure{margin:1.4rem 0;padding:1rem;border:1px solid var(--edge);border-radius:8px;break-inside:avoid}
.chart svg{display:block;width:100%;height:auto;font-size:12px}.chart text{dominant-baseline:central}.chart text:not([fill]){fill:var(--ink)}.chart text.k:not([fill]){fill:var(--muted);font-size:11px}.chart text.m{text-anchor:middle}.chart text.e{text-anchor:end}.chart :is(path,polyline,line,circle,rect):not([fill]){fill:none}.chart.narrow{max-width:430px}.chart.wide{display:none}
@media (min-width:760px),print{.chart.narrow{display:none}.chart.wide{display:block}}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.4rem 0;font-size:.875rem}.legend svg{margin-right:.4rem;vertical-align:-.05em}
details{margin:.5rem 0 0}summary{cursor:pointer;color:var(--link);font-size:.9rem;padding:.25rem 0}
.scroll{overflow-x:auto;max-width:100%}.scroll:focus-visible{outline-offset:0}
table{border-collapse:collapse;font-size:.875rem;line-height:1.45;margin:.5rem 0;min-width:min(100%,30rem)}
.caption{font-weight:600;font-size:.9rem;margin:1rem 0 .2rem}thead .n{white-space:normal;min-width:5.2rem}tbody th{min-width:7.5rem}td{min-width:4.6rem}thead th{min-width:3.6rem}
th,td{padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--edge);text-align:left;vertical-align:top}
thead th{color:var(--muted);font-weight:600;border-bottom-width:2px;vertical-align:bottom}tbody th{font-weight:500}
.n,.v td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.badge{display:inline-block;border-radius:999px;padding:0 .6rem;font-size:.8125rem;font-weight:600;border:1px solid currentColor;white-space:nowrap}
.badge.good{color:var(--good);background:var(--good-paper)}.badge.bad{color:var(--bad);background:var(--bad-paper)}.badge.open{color:var(--open);background:var(--open-paper)}.badge.plain{color:var(--muted)}
input[type=search]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.3rem .6rem;width:min(100%,24rem)}
code,.hash{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.85em;overflow-wrap:anywhere}
dl.facts{display:grid;grid-template-columns:minmax(7rem,14rem) 1fr;gap:.25rem 1rem;font-size:.9rem}dl.facts dt{color:var(--muted)}dl.facts dd{margin:0;overflow-wrap:anywhere}
.reason{display:inline-block;min-width:13rem}.numbers tbody th{min-width:13rem;max-width:20rem;overflow-wrap:anywhere}.numbers .n,.numbers .v td{white-space:normal}.numbers td:last-child{min-width:16rem}
@media screen and (min-width:1180px){main{max-width:80rem;display:grid;grid-template-columns:minmax(0,60rem) 15rem;gap:0 3rem;padding:1rem 2rem;justify-content:center}nav{grid-column:2;grid-row:1/span 2;margin:0;padding:1rem 0 0;background:none}nav ul{position:sticky;top:1rem;grid-template-columns:1fr;gap:.45rem;border-left:2px solid var(--edge);padding-left:1rem;max-height:calc(100vh - 2rem);overflow-y:auto}.hero,.sections{grid-column:1}}
@media (max-width:480px){.cards{grid-template-columns:1fr 1fr}.cards .big{font-size:1.35rem}dl.facts{grid-template-columns:1fr;gap:0}dl.facts dd{margin:0 0 .5rem}main{padding:.8rem}figure{padding:.7rem}h1{font-size:1.55rem}.question,.answer.main p:first-child{font-size:1.08rem}}
@media print{@page{margin:14mm}:root{font-size:13px}.bar,nav,.skip,input[type=search],summary{display:none}details:not([open]){display:none}main{max-width:none;padding:0}section{margin-top:1.4rem}.scroll{overflow:visible}table{min-width:0;font-size:.8rem}th,td{padding-right:.6rem}th,td,thead .n,tbody th,.reason,.numbers td:last-child{min-width:0!important}.n,.v td{white-space:normal}.cards{grid-template-columns:repeat(4,1fr)}.cards .big{font-size:1.3rem}a{color:inherit;text-decoration:none}tr,figure,.cards li{break-inside:avoid}.mark,h2,h3,.caption,.intro,p.lead,h3+.note{break-inside:avoid;break-after:avoid}}
`
