// The plan of a route: what to do, how long, on what money, and where to print it.

import { el, link } from "./dom.js";
import { nl } from "./nl.js";

/** An address of the bot itself is relative: the page that carries the chat may be another site. */
const address = (href) => new URL(href, import.meta.url).href;

const facts = (data) => [
  [nl.plan.duration, data.duration],
  [nl.plan.when, data.timeline.map((one) => `${one.label}: ${day(one.from)}${one.to === one.from ? "" : ` - ${day(one.to)}`}`)],
  [nl.plan.money, data.income.slice(0, 2).map((one) => one.text)],
].filter(([, lines]) => lines.length);

const day = (text) => new Date(`${text}T12:00`).toLocaleDateString("nl", { day: "numeric", month: "long", year: "numeric" });

export function plan(data) {
  return el("div.card.timeline", { role: "group", "aria-label": nl.plan.title }, el("h3", null, data.title),
    el("ol", { role: "list" }, ...data.steps.map((step, at) => el("li", null, el("span.number", { "aria-hidden": "true" }, String(at + 1)),
      el("div", null, el("h4", null, step.text), ...[step.who, step.bring && `${nl.plan.bring} ${step.bring}`].map((line) => line && el("p", null, line)))))),
    el("dl.facts", null, ...facts(data).map(([label, lines]) => el("div", null, el("dt", null, label), el("dd", null, ...lines.map((line) => el("div", null, line)))))),
    ...data.links.map((one) => el("p.ways", null, link(address(one.href), one.label))));
}
