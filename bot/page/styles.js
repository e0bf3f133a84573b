// How the chat looks. Sizes are in em, so that everything grows with the letters.
//
// Theming: set --wegwijs-accent, -on-accent, -accent-soft, -accent-text, -background, -surface (cards, bars), -text, -muted,
// -line (hairlines), -rail (behind bars), -border (fields), -focus (its ring), -font, -radius or -size on <wegwijs-chat>.

const LIGHT = {
  accent: "#125b57", "on-accent": "#fff", "accent-soft": "#e4efea", "accent-text": "#0e4f4b", background: "#faf5ed", surface: "#fffdfa",
  text: "#2a2521", muted: "#62594f", line: "#e8dccb", border: "#8a7d6e", focus: "#2a2521", rail: "#e8dccb", sun: "#f2b56b",
  "open-bg": "#dcefdd", "open-fg": "#17552a", "bijna-bg": "#fde9c4", "bijna-fg": "#6b4300", "nog_te_weten-bg": "#dfeaf6", "nog_te_weten-fg": "#1b4a73",
  "onbekend-bg": "#ece6f3", "onbekend-fg": "#513c75", "niet-bg": "#f6e1dc", "niet-fg": "#84301d",
};
const DARK = {
  accent: "#8fd3c8", "on-accent": "#0b2826", "accent-soft": "#263632", "accent-text": "#a5e0d6", background: "#191613", surface: "#25211d",
  text: "#f5eee4", muted: "#c9bdae", line: "#3d362f", border: "#93877a", focus: "#ffc46b", rail: "#3d362f", sun: "#7a5f3c", picture: ".82",
  "open-bg": "#1f3b27", "open-fg": "#b5e6bf", "bijna-bg": "#46340f", "bijna-fg": "#ffd98a", "nog_te_weten-bg": "#1e3449", "nog_te_weten-fg": "#b9dcff",
  "onbekend-bg": "#372d47", "onbekend-fg": "#dccbf7", "niet-bg": "#48261e", "niet-fg": "#ffc2b3",
};
const CONTRAST = {
  ...DARK, accent: "#ffe600", "on-accent": "#000", "accent-soft": "#1a1a1a", "accent-text": "#ffe600", background: "#000", surface: "#000",
  text: "#fff", muted: "#fff", line: "#fff", border: "#fff", focus: "#4df3ff", rail: "#6b6b6b", sun: "#000",
};

const declare = (colours, lead = "--wegwijs-") => Object.entries(colours).map(([name, value]) => `--${name}:var(${lead}${name},${value});`).join("");

const css = `
:host {
  ${declare(LIGHT)}
  --pad: 1.05em;
  --radius: var(--wegwijs-radius, 1.1em);
  --shadow: 0 1px 2px #2a252110, 0 6px 20px #2a25210d;
  color-scheme: light;
  display: block;
  font: 400 max(17px, 1.0625rem)/1.55 var(--wegwijs-font, system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif);
  font-size: calc(var(--wegwijs-size, max(17px, 1.0625rem)) * var(--zoom, 1));
  color: var(--text);
  text-align: start;
}
:host([size="2"]) { --zoom: 1.2 }
:host([size="3"]) { --zoom: 1.45 }
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"], [theme="contrast"])) { ${declare(DARK)} --shadow: none; color-scheme: dark }
}
:host([theme="dark"]) { ${declare(DARK)} --shadow: none; color-scheme: dark }
:host([theme="contrast"]) { ${declare(CONTRAST, "--wegwijs-contrast-")} --shadow: none; color-scheme: dark }
@media (prefers-contrast: more) {
  :host { --muted: var(--text); --line: var(--text); --border: var(--text) }
}
:host([mode="page"]) { position: fixed; inset: 0; container: page / inline-size }

*, ::before, ::after { box-sizing: border-box }
[hidden] { display: none !important }
h1, h2, h3, h4, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0 }
h1, h2, h3, h4 { font-weight: 650; line-height: 1.25; text-wrap: balance }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.icon { width: 1.35em; height: 1.35em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
button, textarea, input { font: inherit; color: inherit }
button { cursor: pointer; min-height: 44px; border-radius: var(--radius); touch-action: manipulation }
a { padding-block: .25em; color: var(--accent-text); text-decoration-thickness: 1px; text-underline-offset: .2em; overflow-wrap: anywhere }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
[tabindex="-1"]:focus { outline: 0 }
[tabindex="-1"]:focus-visible .bubble { outline: 3px solid var(--focus); outline-offset: 2px }
.small { font-size: .9em; color: var(--muted) }

/* ---- the frame ---- */
.page { display: grid; grid-template-columns: minmax(0, 1fr); height: 100%; background: var(--background) }
.intro { display: none }
.chat { position: relative; display: flex; flex-direction: column; height: 100%; min-height: 0; min-width: 0; background: var(--background); color: var(--text); container: chat / inline-size }
.header { display: flex; align-items: center; gap: .7em; padding: .55em .8em; background: var(--surface); border-bottom: 1px solid var(--line); z-index: 2 }
.mark { display: grid; place-items: center; width: 2.5em; height: 2.5em; flex: none; border-radius: .8em; background: var(--accent); color: var(--on-accent) }
.mark .icon { width: 1.75em; height: 1.75em; stroke-width: 1.8 }
.titles { flex: 1; min-width: 0 }
.titles :is(h1, h2) { font-size: 1.15em; letter-spacing: -.01em }
.titles p { display: none; font-size: .85em; line-height: 1.3; color: var(--muted) }
.tool { display: flex; align-items: center; justify-content: center; gap: .4em; min-width: 44px; padding: 0 .7em; border: 1px solid transparent; background: none; font-weight: 550 }
.tool[aria-label] { padding: 0 }
.tool:hover, .tool[aria-expanded="true"] { background: var(--accent-soft) }
.log { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1.1em .9em 1.4em; outline-offset: -4px }
.log > * { max-width: 40em; margin-inline: auto }

/* ---- the first screen ---- */
.privacy { display: flex; gap: .7em; margin-bottom: 1.4em; padding: .85em 1em .35em; border-radius: var(--radius); background: var(--accent-soft); border: 1px solid transparent }
.privacy p { font-size: .96em }
.privacy .icon { margin-top: .1em; color: var(--accent-text) }
.quiet { padding: 0; border: 0; background: none; color: var(--accent-text); font-weight: 600; text-decoration: underline; text-underline-offset: .2em; text-decoration-thickness: 1px; border-radius: .3em }
.quiet:hover { text-decoration-thickness: 2px }

/* ---- messages ---- */
.messages { list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: .6em }
.message { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6em; justify-items: start }
.message + .message.user, .message.user + .message.bot { margin-top: .7em }
.bubble { max-width: 100%; padding: .75em var(--pad); border-radius: var(--radius); border: 1px solid var(--line); background: var(--surface); box-shadow: var(--shadow); overflow-wrap: break-word }
.bot > .bubble { border-start-start-radius: .3em }
.user { justify-items: end }
.user > .bubble { max-width: 85%; background: var(--accent); color: var(--on-accent); border-color: transparent; box-shadow: none; border-end-end-radius: .3em; overflow-wrap: anywhere }
.unsent { font-size: .85em; color: var(--muted) }
.bubble > * + *, .unfolded > * + *, .part > p + p, .steps p + p { margin-top: .65em }
:is(ul, ol):not([class], [role]) { padding-inline-start: 1.25em }
ol:not([role]) { padding-inline-start: 1.6em }
.message ul:not([role]) { list-style: disc }
.message li::marker { color: var(--accent-text) }
:is(ul, ol):not([role]) > li + li { margin-top: .3em }
.title { font-weight: 650; line-height: 1.35; text-wrap: balance }
.bubble > .title + *, .unfolded > .title + * { margin-top: .25em }
.bubble strong { font-weight: 650 }
.bubble.question > p:last-of-type { font-weight: 650 }
.note { display: flex; align-items: center; gap: .45em; font-weight: 650; color: var(--accent-text) }
.bubble.handover { border: 2px solid var(--accent) }
.handover :is(li, p) > a { display: flex; align-items: center; width: fit-content; min-height: 44px; padding: .3em 0 }
.bubble.error { border: 2px solid var(--niet-fg) }
.error .note { color: var(--niet-fg) }
.typing .bubble { display: flex; gap: .35em; padding: 1em 1.1em }
.typing i { width: .5em; height: .5em; border-radius: 50%; background: var(--muted); margin: 0; animation: breathe 1.2s infinite ease-in-out }
.typing i + i { animation-delay: .2s } .typing i + i + i { animation-delay: .4s }
@keyframes breathe { 0%, 60%, 100% { opacity: .3 } 30% { opacity: 1 } }
.speak { display: flex; align-items: center; gap: .4em; padding: 0 .6em; margin-inline-start: -.6em; margin-bottom: -.4em; border: 0; background: none; font-size: .9em; font-weight: 600; color: var(--accent-text) }
.speak:hover { background: var(--accent-soft) }
.thumbs { display: flex; align-items: center; gap: .3em; margin-block: -.35em -.2em; padding-inline-start: .4em; font-size: .9em; color: var(--muted) }
.thumbs p { padding-block: .5em }
.thumbs button { display: grid; place-items: center; min-width: 44px; border: 0; background: none; color: var(--accent-text) }
.thumbs button:hover { background: var(--accent-soft) }
.thumbs .down .icon { transform: scaleY(-1) }

/* ---- buttons to choose from ---- */
.choices { display: flex; flex-wrap: wrap; gap: .55em }
.choices.stacked { flex-direction: column; align-items: stretch; width: 100% }
.choice, .no { padding: .5em 1.1em; border: 1.5px solid var(--accent); background: var(--surface); color: var(--accent-text); font-weight: 600; line-height: 1.3; text-align: start; overflow-wrap: anywhere; max-width: 100% }
.choice:hover, .no:hover { background: var(--accent-soft) }
.choice:active { background: var(--accent); color: var(--on-accent) }

/* ---- what unfolds ---- */
details { max-width: 100% }
summary { display: flex; align-items: center; gap: .5em; min-height: 44px; width: fit-content; max-width: 100%; cursor: pointer; font-weight: 600; color: var(--accent-text); list-style: none; border-radius: .4em }
summary::-webkit-details-marker { display: none }
summary::before { content: ""; flex: none; width: .5em; height: .5em; margin: 0 .15em .1em; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform .15s }
details[open] > summary::before { transform: translateY(-.1em) rotate(45deg) }
summary:hover { text-decoration: underline; text-underline-offset: .2em }
.unfolded { padding: .1em 0 .5em 1.35em }
.unfolded > .sources { padding: 0 }
.bubble > details { font-size: .94em; margin-top: .25em; margin-bottom: -.35em }
.sources { list-style: none }
.sources li { padding-inline-start: .8em; border-inline-start: 3px solid var(--line); color: var(--muted) }
.word { display: inline; min-height: 0; padding: .1em .1em .05em; border: 0; border-bottom: 2px dotted var(--accent-text); border-radius: .15em; background: none; text-align: start }
.word:hover, .word[aria-expanded="true"] { background: var(--accent-soft) }
.meaning { display: block; margin: .35em 0; padding: .55em .8em; border-radius: .6em; background: var(--accent-soft); border: 1px solid transparent }

/* ---- cards ---- */
.card { width: 100%; overflow-wrap: break-word; padding: 1em var(--pad); border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: var(--shadow) }
.card > h3, .segments legend { font-size: 1.1em; font-weight: 650; margin-bottom: .8em; padding: 0 }
.part, .card > .ask { margin-top: 1.2em }
.part > h4 { margin-bottom: .4em }
.card > :is(.facts, .ways, .bars, .steps) + * { margin-top: .9em }
.card > .ways, .part > .small { margin-top: .6em }
.steps p + .facts { margin-top: .35em }
.progress { display: grid; gap: .35em; font-size: .88em; color: var(--muted) }
progress { appearance: none; width: 100%; min-width: min(15em, 50vw); height: .5em; border: 0; border-radius: 1em; background: var(--rail); overflow: hidden }
progress::-webkit-progress-bar { background: var(--rail) }
progress::-webkit-progress-value { background: var(--accent); border-radius: 1em }
progress::-moz-progress-bar { background: var(--accent); border-radius: 1em }

.routes { list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.3em }
.route { display: grid; grid-template-columns: minmax(0, 1fr); gap: .55em }
.route + .route { padding-top: 1.3em; border-top: 1px solid var(--line) }
.route h4 { font-size: 1.12em }
.verdict { display: flex; align-items: center; gap: .4em; width: fit-content; padding: .2em .8em .2em .6em; border-radius: 2em; font-size: .9em; font-weight: 650; border: 1px solid transparent }
.verdict .icon { width: 1.15em; height: 1.15em; stroke-width: 2.4 }
${["open", "bijna", "nog_te_weten", "onbekend", "niet"].map((name) => `.verdict.${name}{background:var(--${name}-bg);color:var(--${name}-fg)}`).join("")}
.facts { display: grid; gap: .3em 2em; grid-template-columns: minmax(0, 1fr) }
dt, .label { display: block; font-size: .85em; line-height: 1.3; color: var(--muted) }
.reason { padding-inline-start: .8em; border-inline-start: 3px solid var(--line) }
.ask { padding: .7em .95em .2em; border-radius: .8em; background: var(--accent-soft); border: 1px solid transparent }
.ask strong { display: block; font-weight: 650 }
.ask > p:only-child { padding-bottom: .5em }
.ways { display: flex; flex-wrap: wrap; column-gap: 1.4em }
.ways a { display: inline-flex; align-items: center; min-height: 44px; font-weight: 600 }
.trajectory > .quiet { margin-top: .9em; min-height: 44px }
.route > details { margin-block: -.2em -.4em }

.comparison > table { margin-bottom: .6em }
table { width: 100%; border-collapse: collapse; line-height: 1.4 }
caption { font-size: 1.1em; font-weight: 650; text-align: start; padding-bottom: .6em }
table, caption, tbody, tr, th, td { display: block; text-align: start }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
tr + tr { margin-top: 1.1em }
tbody th { font-weight: 650; padding-bottom: .3em; color: var(--accent-text) }
td { padding: .45em 0; border-top: 1px solid var(--line) }
.column { display: block; font-size: .85em; color: var(--muted) }
@container chat (min-width: 34em) {
  table:not(.many) { display: table; table-layout: fixed }
  table:not(.many) caption { display: table-caption }
  table:not(.many) thead { display: table-header-group; position: static; clip-path: none }
  table:not(.many) tbody { display: table-row-group }
  table:not(.many) tr { display: table-row }
  table:not(.many) :is(th, td) { display: table-cell; padding: .65em .9em .65em 0; vertical-align: top; border-top: 1px solid var(--line) }
  table:not(.many) thead th { border: 0; padding-top: 0; color: var(--accent-text); font-weight: 650 }
  table:not(.many) thead th:first-child { width: 18%; color: var(--muted); font-weight: 400 }
  table:not(.many) tbody th { color: inherit }
  table:not(.many) .column { display: none }
}

.steps { list-style: none }
.steps > li { position: relative; display: grid; grid-template-columns: 2.1em minmax(0, 1fr); gap: .9em; padding-bottom: 1.3em }
.steps > li:last-child { padding-bottom: 0 }
.steps > li:not(:last-child)::before { content: ""; position: absolute; top: 2.3em; bottom: .2em; inset-inline-start: calc(1.05em - 1px); width: 2px; background: var(--line) }
.number { display: grid; place-items: center; width: 2.1em; height: 2.1em; border-radius: 50%; background: var(--accent-soft); color: var(--accent-text); font-weight: 700; border: 1px solid transparent }
.steps h4 { margin-bottom: .2em }
.bars { list-style: none; display: grid; gap: .8em }
.bars li { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; column-gap: 1em }
.track { flex-basis: 100%; margin-top: .3em; border-radius: 1em; background: var(--rail) }
.track i { display: block; min-width: .6em; height: .6em; border-radius: 1em; background: var(--accent) }
.when { font-size: .88em; color: var(--muted); line-height: 1.35 }

.tick { display: flex; align-items: center; gap: .8em; min-height: 44px; padding: .4em 0; cursor: pointer; line-height: 1.35 }
.checklist > h3 { margin-bottom: .5em }
.checklist :is(.small + p, fieldset) { margin-top: .6em }
.card .choices { margin-block: 1em }
.checklist .tick { border-top: 1px solid var(--line) }
.tick span { min-width: 0; overflow-wrap: anywhere }
.tick input { width: 1.5em; height: 1.5em; margin: 0; flex: none; accent-color: var(--accent) }
.checklist legend { padding: .9em 0 .3em; font-weight: 650 }
.checklist > .choices, .draft { margin-block: .8em }
.draft { width: 100%; min-height: 15em; max-height: none; resize: vertical }
.tally { padding-top: .7em; border-top: 1px solid var(--line); font-weight: 650 }

/* ---- the bottom ---- */
.newer-row { position: relative; height: 0; z-index: 1 }
.newer { position: absolute; bottom: .7em; left: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: .45em; padding: 0 1.1em; border: 0; border-radius: 3em; background: var(--accent); color: var(--on-accent); font-weight: 600; white-space: nowrap; box-shadow: 0 4px 16px #0004 }
.footer { padding: .6em .9em .35em; background: var(--surface); border-top: 1px solid var(--line) }
.footer > * { max-width: 40em; margin-inline: auto }
.status { display: flex; align-items: center; justify-content: space-between; gap: 1em; font-size: .94em; color: var(--muted); line-height: 1.35 }
.status p:not(:empty) { padding-bottom: .5em }
.status .quiet { flex: none }
.composer { display: flex; align-items: flex-end; gap: .55em }
textarea { flex: 1; min-width: 0; min-height: 50px; max-height: 8em; padding: .72em .95em; border: 1.5px solid var(--border); border-radius: var(--radius); background: var(--background); line-height: 1.4; resize: none; overflow-y: auto }
textarea:focus-visible { outline: 2px solid var(--accent); outline-offset: 0; border-color: var(--accent) }
textarea::placeholder { color: var(--muted); opacity: 1 }
.send { display: flex; align-items: center; justify-content: center; gap: .45em; min-width: 50px; min-height: max(50px, 2.9em); padding: 0 .8em; border: 1px solid transparent; background: var(--accent); color: var(--on-accent); font-weight: 650 }
.send:hover, .yes:hover, .launcher:hover { filter: brightness(1.12) }
.send span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.human { display: flex; align-items: center; justify-content: center; gap: .5em; width: fit-content; min-height: 44px; padding: 0 .8em; border: 0; background: none; color: var(--accent-text); font-weight: 600 }
.human:hover { background: var(--accent-soft) }

/* ---- menu and confirmation ---- */
.menu { position: absolute; z-index: 3; top: 3.9em; inset-inline-end: .6em; width: min(29em, 100% - 1.2em); max-height: calc(100% - 4.6em); overflow-y: auto; display: grid; gap: 1.1em; padding: 1.1em; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: 0 12px 40px #0003 }
.actions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr)); gap: .45em }
.action { display: flex; align-items: center; gap: .6em; padding: .3em .8em; border: 1px solid var(--line); background: none; text-align: start; line-height: 1.25 }
.action:hover { background: var(--accent-soft) }
.action .icon { color: var(--accent-text) }
.segments legend { font-size: .94em; margin-bottom: .4em }
.segments label { position: relative; display: inline-flex; margin: 0 .4em .4em 0 }
.segments input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; pointer-events: none }
.segments span { cursor: pointer; display: flex; align-items: center; min-height: 44px; padding: 0 .95em; border: 1.5px solid var(--border); border-radius: 3em }
.segments :checked + span { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
.segments :focus-visible + span { outline: 3px solid var(--focus); outline-offset: 2px }
.confirm { max-width: min(26em, 100vw - 2em); padding: 1.5em; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); color: var(--text); box-shadow: 0 20px 60px #0005 }
.confirm::backdrop, .panel::backdrop { background: #1b171399 }
.confirm h2 { font-size: 1.25em; margin-bottom: .4em }
.confirm .choices { margin-top: 1.3em }
.yes { padding: .5em 1.1em; border: 1.5px solid transparent; background: var(--accent); color: var(--on-accent); font-weight: 650 }

/* ---- in the corner of another page ---- */
.launcher { position: fixed; z-index: 2147483000; inset-block-end: 1.2em; inset-inline-end: 1.2em; display: flex; align-items: center; gap: .6em; max-width: calc(100vw - 2em); min-height: 3.3em; padding: .6em 1.3em .6em 1em; border: 1px solid transparent; border-radius: 3em; background: var(--accent); color: var(--on-accent); font-weight: 650; line-height: 1.25; box-shadow: 0 6px 24px #0003 }
.panel { position: fixed; z-index: 2147483000; inset: auto 1.2em 1.2em auto; margin: 0; width: min(27em, 100vw - 2.4em); height: min(46em, 100vh - 2.4em); max-width: none; max-height: none; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: var(--radius); background: var(--background); box-shadow: 0 16px 60px #0004 }
@media (max-width: 40em), (max-height: 34em) {
  .panel { inset: 0; width: 100%; height: 100%; height: 100dvh; border: 0; border-radius: 0 }
}

/* ---- more room ---- */
@container chat (min-width: 30em) {
  .titles p { display: block }
  .header { padding: .75em 1.2em }
  .log { padding: 1.8em 1.5em 2em }
  .footer { padding: .9em 1.5em .5em }
  .bubble, .card { --pad: 1.3em }
  .card { padding-block: 1.3em }
  .choices.stacked { align-items: flex-start }
  .send { padding: 0 1.2em }
  .send span { position: static; width: auto; height: auto; clip-path: none }
}
@container page (min-width: 60em) {
  .page { grid-template-columns: minmax(20em, 27em) minmax(0, 1fr) }
  .page .chat { border-inline-start: 1px solid var(--line) }
  .intro { display: flex; flex-direction: column; justify-content: center; gap: 1.1em; padding: 2em 2.6em; overflow-y: auto; background: var(--surface); background: color-mix(in srgb, var(--sun) 13%, var(--surface)); color: var(--text) }
  .intro img { width: min(100%, 19em); margin-bottom: .6em }
  .intro img { filter: brightness(var(--picture, 1)) }
  .intro > p { font-size: 1.08em; color: var(--muted) }
  .intro > .title { font-size: 1.9em; font-weight: 650; line-height: 1.15; letter-spacing: -.02em; color: var(--text); text-wrap: balance }
  .intro ul { list-style: none; display: grid; gap: .7em }
  .intro li { display: flex; gap: .7em; align-items: center }
  .intro li .icon { color: var(--accent-text) }
  .intro .free { font-size: .94em }
}

/* ---- less room: on a very low screen everything scrolls together ---- */
@media (max-height: 26em) {
  .chat { display: block; overflow-y: auto }
  .log { overflow: visible }
  .newer { position: fixed }
}
@container chat (max-width: 20em) {
  .bubble, .card { hyphens: auto }
  .tool span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
}

@container chat (max-width: 14em) {
  .mark { display: none }
  .card, .bubble { padding: .7em .8em }
  .log, .footer { padding-inline: .5em }
}

@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation: none !important; transition: none !important }
  .typing i { opacity: .7 }
}
@media (forced-colors: active) {
  .segments :checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText }
  progress { border: 1px solid CanvasText; forced-color-adjust: none; background: Canvas }
  progress::-webkit-progress-bar { background: Canvas }
  progress::-webkit-progress-value { background: Highlight }
  .typing i { background: CanvasText; forced-color-adjust: none }
  .track { border: 1px solid } .track i { background: Highlight; forced-color-adjust: none }
  .user > .bubble, .number, .mark { border: 1px solid }
}

/* ---- on paper ---- */
.paper { ${declare(LIGHT)} color-scheme: light; font-size: 11pt; color: #000 }
.paper h1 { font-size: 1.4em; margin-bottom: 1em }
.paper .messages { margin-bottom: 1.5em }
.paper :is(.bubble, .card, .ask) { box-shadow: none; background: none; max-width: 100%; break-inside: avoid }
.paper .card { break-inside: auto }
.paper .user > .bubble { color: #000; border: 1px solid #000 }
.paper :is(.trajectory > .quiet, .speak, .thumbs, .choices, .copy) { display: none }
.paper .sr { position: static; clip-path: none; width: auto; height: auto; white-space: normal; font-weight: 650 }
.paper a .sr, .paper thead { display: none }
.paper a[href^="http"]::after { content: " (" attr(href) ")"; font-weight: 400 }
.paper .ways { display: block; padding-bottom: .5em }
.paper .ways a { display: block; min-height: 0 }
`;

export const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
