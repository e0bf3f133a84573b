// Parts that several cards are made of. Titles and labels come from nl.js, data from the server.

import { blocks, el, inline, link, mailLink } from "./dom.js";
import { fill, nl } from "./nl.js";

/** card("plan", "Jouw plan", …): a card with its title, named for a screen reader. */
export function card(kind, title, ...content) {
  return el(`div.card.${kind}`, { role: "group", "aria-label": title }, el("h3", null, title), ...content);
}

/** part("Geld", …): a part of a card under a smaller title; nothing when it would be empty. */
export function part(title, ...content) {
  const nodes = content.flat().filter(Boolean);
  return nodes.length ? el("section.part", { "aria-label": title }, el("h4", null, title), ...nodes) : null;
}

/** A title that opens what is below it. */
export function unfold(title, ...content) {
  return el("details", null, el("summary", null, title), el("div.unfolded", null, ...content));
}

/** facts([["Duur", "1 jaar"], …]): labels with their values; a pair without value is left out. Nothing when none is left. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value);
  return known.length ? el("dl.facts", null, ...known.map(([label, value]) => el("div", null, el("dt", null, label), el("dd", null, ...inline(value))))) : null;
}

/** Lines as a list; a label such as "Stage:" stands out. */
export const bullets = (lines) => blocks((lines ?? []).map((line) => `- ${line}`).join("\n"));

/** Links side by side, each large enough for a thumb: [{label, href}]; an e-mail address may stand for href. */
export function ways(links) {
  const nodes = links.map(({ label, href }) => (href.includes("@") ? mailLink(href) : link(href, label)));
  return nodes.length ? el("p.ways", null, ...nodes) : null;
}

/** Whom to ask: {name, website, email}. Nothing without a name. */
export function askWhom(ask) {
  if (!ask?.name) return null;
  const links = [ask.website, ask.email].filter(Boolean).map((href) => ({ label: nl.website, href }));
  return el("div.ask", null, el("p", null, el("span.label", null, nl.ask), el("strong", null, capital(ask.name))), ways(links));
}

/** Numbered steps one below the other; `draw(step, at)` gives the nodes of one. */
export function steps(list, draw) {
  return el("ol.steps", { role: "list" }, ...list.map((step, at) => el("li", null,
    el("span.number", { "aria-hidden": "true" }, String(at + 1)), el("div", null, ...draw(step, at)))));
}

/** A picture of what comes after what: [{label, from, to}], days as "2027-02-01"; they stand beside it in words. */
export function bars(spans) {
  const begin = Math.min(...spans.map(({ from }) => Date.parse(from)));
  const whole = Math.max(...spans.map(({ to }) => Date.parse(to))) - begin || 1;
  const share = (from, to) => `${(100 * (to - from)) / whole}%`;
  return el("ol.bars", { role: "list" }, ...spans.map(({ label, ...days }) => {
    const [from, to] = [Date.parse(days.from), Date.parse(days.to)];
    const bar = el("i", { style: `margin-inline-start: ${share(begin, from)}; width: ${share(from, to)}` });
    return el("li", null, el("span", null, label), " ", el("span.when", null, daysText(days.from, days.to)), el("span.track", null, bar));
  }));
}

/** Two days as "1 feb 2027 – 30 apr 2028", or one. */
export const daysText = (from, to) => DAYS.formatRange(new Date(from), new Date(to));
const DAYS = new Intl.DateTimeFormat("nl", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Boxes to tick: [{id, text}]. Ticks stay on the device; `onChange(ids)` is told which are ticked. */
export function ticks(items, context, onChange = () => {}) {
  const boxes = items.map((item) => el("input", { type: "checkbox", checked: context.isTicked?.(item.id) ?? false }));
  const tally = el("p.tally");
  const count = () => {
    const ids = items.filter((_, at) => boxes[at].checked).map((item) => item.id);
    tally.textContent = fill(nl.ticked, { done: ids.length, all: items.length });
    onChange(ids);
  };
  boxes.forEach((box, at) => box.addEventListener("change", () => {
    context.onTick?.(items[at].id, box.checked);
    count();
  }));
  count();
  return [...items.map((item, at) => el("label.tick", null, boxes[at], el("span", null, item.text))), tally];
}

/** What unfolds to the sources, as a list that may be empty. */
export function sourceNote(sources) {
  const list = sourceList(sources);
  return list ? [unfold(nl.sources.one, list)] : [];
}

/** Titles and dates, each once; line numbers are for staff and never shown. */
export function sourceList(sources) {
  const lines = new Set((sources ?? []).filter((source) => source.title).map(sourceLine));
  return lines.size ? el("ul.sources", { role: "list" }, ...[...lines].map((line) => el("li", null, line))) : null;
}

export function sourceLine(source) {
  return [source.title, source.date].filter(Boolean).join(", ");
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
