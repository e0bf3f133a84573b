// One function per kind of message. Each takes what the server sent and gives back nodes.

import { blocks, el, hidden, icon, inline, link, mailLink } from "./dom.js";
import { fill, nl } from "./nl.js";

const BEST = 3; // routes shown before "toon alle", unless the text tells of more
const LONG_BUTTON = 26; // a title longer than this puts the buttons below each other
const KINDS = { question, trajectory, comparison, timeline, checklist, words: wordList };
const NOTE_ICONS = { handover: "person", error: "warning" };
const MARKED = new Set(["question", "handover", "error"]); // kinds whose bubble looks different

/** A message as a list item. `context`: {words, onChoice, isTicked, onTick, speech}. */
export function message(item, context) {
  const body = item.role === "user" ? [userText(item)] : botBody(item, context);
  return el(`li.message.${item.role === "user" ? "user" : "bot"}`, { tabIndex: -1 }, hidden(`${nl.says[item.role] ?? ""} `), ...body);
}

/** The words with a meaning in a run of messages, as Map of lower-case word to meaning. */
export function meanings(items) {
  const terms = items.flatMap((item) => (item.data?.type === "words" ? item.data.terms ?? [] : []));
  return new Map(terms.map((term) => [term.word.toLowerCase(), term.meaning]));
}

function userText(item) {
  return el("div.bubble", null, ...(item.text ?? "").split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line])));
}

function botBody(item, context) {
  const type = item.data?.type;
  const card = attempt(KINDS[type], item, context);
  const parts = card && type === "comparison" ? [compared(card, item, context)] : said(item, card, context);
  // "Toon alle routes" would ask the server for what the card can unfold at once
  const buttons = (item.buttons ?? []).filter((button) => !(card && type === "trajectory" && button.title === nl.trajectory.all));
  if (buttons.length) parts.push(choices(item, buttons, context));
  return parts;
}

/** The bubble with the words, and the card after it; the progress of a question stands in its bubble. */
function said(item, card, context) {
  const type = item.data?.type;
  const bubble = el(`div.bubble.${MARKED.has(type) ? type : "plain"}`);
  if (NOTE_ICONS[type]) bubble.append(el("p.note", null, icon(NOTE_ICONS[type]), nl.notes[type]));
  if (type === "question" && card) bubble.append(card);
  bubble.append(...(type === "trajectory" && card ? leadText(item.text, context) : textNodes(bare(item), context)));
  bubble.append(...sourceNote(item.data?.sources));
  if (context.speech && item.text) bubble.append(context.speech(item));
  return [bubble.childNodes.length ? bubble : null, type === "question" ? null : card].filter(Boolean);
}

/** The table leads; the same in words and the sources unfold below it. */
function compared(card, item, context) {
  card.append(copy(nl.asText, ...textNodes(bare(item), context)), ...sourceNote(item.data.sources));
  if (context.speech) card.append(context.speech(item));
  return card;
}

/** A card that can't be drawn (malformed, or of an unknown kind) is left out: the text remains. */
function attempt(draw, item, context) {
  try {
    return draw ? draw(item.data, context, item) : null;
  } catch (error) {
    console.warn("wegwijs: card left out", error);
    return null;
  }
}

function textNodes(text, context) {
  const words = context.words ?? new Map();
  return blocks(text, [...words.keys()], (word) => explained(word, words.get(word.toLowerCase())));
}

/** The text without its last line when that only names the sources, which the source note does better. */
export function bare(item) {
  const text = item.text ?? "";
  return item.data?.sources?.length ? text.replace(/\s*\nBron: .*$/, "") : text;
}

/** The advice in words: what comes before its first route ends with what was found; the routes and the closing words follow. */
export function adviceParts(text) {
  const paragraphs = (text ?? "").trim().split(/\n\s*\n/);
  const routes = paragraphs.filter((one) => /^\d+\. /.test(one));
  const at = paragraphs.indexOf(routes[0]);
  const [before, after] = at < 0 ? [paragraphs, []] : [paragraphs.slice(0, at), paragraphs.slice(at + routes.length)];
  return { found: before.pop() ?? "", known: before, routes, closing: after };
}

/** What was found leads. What it rests on, and the routes in words (the card says the same), unfold. */
function leadText(text, context) {
  const { found, known, routes, closing } = adviceParts(text);
  const note = closing.filter((one) => !one.startsWith("Bron: "));
  const folded = (title, paragraphs, make = unfold) => (paragraphs.length ? [make(title, ...textNodes(paragraphs.join("\n\n"), context))] : []);
  return [el("p.title", null, ...inline(found)), ...textNodes(note.join("\n\n"), context), ...folded(nl.trajectory.known, known), ...folded(nl.asText, routes, copy)];
}

/** A difficult word in a sentence: a tap shows its meaning below the sentence's paragraph or list item. */
function explained(word, meaning) {
  const button = el("button.word", { type: "button", "aria-expanded": "false" }, word);
  const box = el("span.meaning", null, el("strong", null, word), `: ${meaning}`);
  button.addEventListener("click", () => {
    const open = box.isConnected;
    if (open) box.remove();
    else button.closest("p, li").append(box);
    button.setAttribute("aria-expanded", String(!open));
  });
  return button;
}

function unfold(title, ...content) {
  return el("details", null, el("summary", null, title), el("div.unfolded", null, ...content));
}

/** What unfolds to the same in other words; left out on paper. */
function copy(title, ...content) {
  const details = unfold(title, ...content);
  details.className = "copy";
  return details;
}

function sourceNote(sources) {
  const list = sourceList(sources);
  return list ? [unfold(nl.sources.one, list)] : [];
}

/** Titles and dates, each once; line numbers are for staff and never shown. */
function sourceList(sources) {
  const lines = new Set((sources ?? []).filter((source) => source.title).map(sourceLine));
  return lines.size ? el("ul.sources", { role: "list" }, ...[...lines].map((line) => el("li", null, line))) : null;
}

export function sourceLine(source) {
  return [source.title, source.date].filter(Boolean).join(", ");
}

function choices(item, buttons, context) {
  const stacked = buttons.some((button) => button.title.length > LONG_BUTTON);
  const group = el(`div.choices${stacked ? ".stacked" : ""}`, { role: "group", "aria-label": nl.choices });
  for (const button of buttons) {
    group.append(el("button.choice", { type: "button", onclick: () => context.onChoice?.(button) }, button.title));
  }
  if (item.data?.type === "question") group.classList.add("answers");
  return group;
}

function question(data) {
  const label = fill(nl.question.progress, { step: data.step, most: data.at_most });
  const bar = el("progress", { max: data.at_most, value: data.step, "aria-label": label });
  return el("div.progress", null, el("span", null, label), bar);
}

function trajectory(data, context, item) {
  const { title, more, less } = nl.trajectory;
  const several = new Set(data.routes.map((one) => one.country)).size > 1;
  const routes = data.routes.map((one) => route(one, several));
  const card = el("div.card.trajectory", { role: "group", "aria-label": title }, el("h3", null, title), el("ol.routes", { role: "list" }, ...routes));
  const rest = routes.slice(Math.max(BEST, adviceParts(item.text).routes.length));
  if (!rest.length) return card;
  const show = (all) => rest.forEach((node) => (node.hidden = !all));
  const label = fill(more, { count: routes.length });
  const toggle = el("button.quiet", { type: "button", "aria-expanded": "false" }, label);
  toggle.addEventListener("click", () => {
    const all = rest[0].hidden;
    show(all);
    toggle.textContent = all ? less : label;
    toggle.setAttribute("aria-expanded", String(all));
  });
  show(false);
  card.append(toggle);
  return card;
}

function route(data, withCountry) {
  const facts = [[nl.trajectory.duration, data.duration], [nl.trajectory.country, withCountry && nl.trajectory.countries[data.country]]].filter(([, value]) => value);
  const why = data.reasons ?? [];
  const shown = data.verdict === "open" ? 0 : 1; // what stands in the way is said at once
  return el("li.route", null,
    verdict(data.verdict),
    el("h4", null, data.name),
    data.summary ? el("p", null, data.summary) : null,
    ...why.slice(0, shown).map((reason) => el("p.reason", null, ...inline(reason.text))),
    facts.length ? el("dl.facts", null, ...facts.map(([label, value]) => el("div", null, el("dt", null, label), el("dd", null, value)))) : null,
    data.ask?.name ? askWhom(data.ask) : null,
    why.length > shown ? unfold(nl.trajectory.why, ...reasons(why, shown)) : null,
    ...(why.length === shown ? sourceNote(why.flatMap((reason) => reason.sources ?? [])) : []));
}

/** A verdict is always an icon and a word; the colour only helps. */
function verdict(name) {
  const known = nl.trajectory.verdicts[name] ? name : "onbekend";
  return el(`p.verdict.${known}`, null, icon(known), nl.trajectory.verdicts[known]);
}

function reasons(list, shown) {
  const sources = sourceList(list.flatMap((reason) => reason.sources ?? []));
  return [
    el("ul", null, ...list.slice(shown).map((reason) => el("li", null, ...inline(reason.text)))),
    ...(sources ? [el("p.label", null, sources.childNodes.length > 1 ? nl.sources.many : nl.sources.title), sources] : []),
  ];
}

function askWhom(ask) {
  const ways = [ask.website ? link(ask.website, nl.trajectory.website) : null, ask.email ? mailLink(ask.email) : null].filter(Boolean);
  return el("div.ask", null, el("p", null, el("span.label", null, nl.trajectory.ask), el("strong", null, capital(ask.name))),
    ways.length ? el("p.ways", null, ...ways) : null);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const enumerate = (names) => new Intl.ListFormat("nl").format(names);

/** Blocks below each other when narrow, a table when there is room. The roles keep it a table for screen readers. */
function comparison(data) {
  const header = el("tr", { role: "row" }, ...[nl.comparison.subject, ...data.columns].map((name) => el("th", { scope: "col", role: "columnheader" }, name)));
  const rows = data.rows.map((row) => el("tr", { role: "row" },
    el("th", { scope: "row", role: "rowheader" }, row.label),
    ...row.cells.map((cell, at) => el("td", { role: "cell" }, el("span.column", { "aria-hidden": "true" }, data.columns[at] ?? ""), el("span", null, ...inline(capital(cell)))))));
  return el("div.card.comparison", null, el(`table${data.columns.length > 3 ? ".many" : ""}`, { role: "table" },
    el("caption", null, nl.comparison.caption, hidden(`: ${enumerate(data.columns)}`)),
    el("thead", { role: "rowgroup" }, header), el("tbody", { role: "rowgroup" }, ...rows)));
}

function timeline(data) {
  return el("div.card.timeline", { role: "group", "aria-label": nl.timeline.title }, el("h3", null, nl.timeline.title),
    el("ol", { role: "list" }, ...data.steps.map((step, at) => el("li", null,
      el("span.number", { "aria-hidden": "true" }, String(at + 1)),
      el("div", null, step.when ? el("p.when", null, step.when) : null, el("h4", null, step.title), ...blocks(step.text))))));
}

function checklist(data, context) {
  const tally = el("p.tally");
  const boxes = data.items.map((item) => el("input", { type: "checkbox", checked: context.isTicked?.(item.id) ?? false }));
  const count = () => (tally.textContent = fill(nl.checklist.count, { done: boxes.filter((box) => box.checked).length, all: boxes.length }));
  boxes.forEach((box, at) => box.addEventListener("change", () => {
    context.onTick?.(data.items[at].id, box.checked);
    count();
  }));
  count();
  return el("div.card.checklist", { role: "group", "aria-label": nl.checklist.title }, el("h3", null, nl.checklist.title),
    ...data.items.map((item, at) => el("label.tick", null, boxes[at], el("span", null, item.text))),
    tally, el("p.small", null, nl.checklist.hint));
}

function wordList(data) {
  return el("div.card.words", { role: "group", "aria-label": nl.words.title }, el("h3", null, nl.words.title),
    ...data.terms.map((term) => unfold(term.word, el("p", null, term.meaning))));
}
