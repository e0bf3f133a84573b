// Every kind of card by the `type` of its data. A kind is an object with
//   draw(data, context, item)  gives the node; see parts.js and dom.js for what it can be made of
//   lines(data)                what it says in lines of text, for the saved conversation
//   spoken(data)               what is said of it when the message is announced or read aloud
//   within                     true when it stands in the bubble, above the words: the progress of a question
//   leads                      true when the card says all that the text says: the text then unfolds below it
// `context`: {onChoice({id, title}), send(text), say(text), isTicked(id), onTick(id, on), onThumb(turn, up), speech}.

import { blocks, el, hidden, inline } from "./dom.js";
import { check, result } from "./evc.js";
import { fill, nl } from "./nl.js";
import { capital, card, steps } from "./parts.js";
import { plan } from "./plan.js";
import { trajectory } from "./routes.js";

const progress = (data) => fill(nl.question.progress, { step: data.step, most: data.at_most });

const question = {
  within: true,
  draw(data) {
    const label = progress(data);
    const bar = el("progress", { max: data.at_most, value: data.step, "aria-label": label });
    return el("div.progress", null, el("span", null, label), bar);
  },
  spoken: progress,
};

/** Blocks below each other when narrow, a table when there is room. The roles keep it a table for screen readers. */
const comparison = {
  leads: true,
  draw(data) {
    const header = el("tr", { role: "row" }, ...[nl.comparison.subject, ...data.columns].map((name) => el("th", { scope: "col", role: "columnheader" }, name)));
    const cell = (text, at) => el("td", { role: "cell" }, el("span.column", { "aria-hidden": "true" }, data.columns[at] ?? ""), el("span", null, ...inline(capital(text))));
    const rows = data.rows.map((row) => el("tr", { role: "row" }, el("th", { scope: "row", role: "rowheader" }, row.label), ...row.cells.map(cell)));
    return el("div.card.comparison", null, el(`table${data.columns.length > 3 ? ".many" : ""}`, { role: "table" },
      el("caption", null, nl.comparison.caption, hidden(`: ${new Intl.ListFormat("nl").format(data.columns)}`)),
      el("thead", { role: "rowgroup" }, header), el("tbody", { role: "rowgroup" }, ...rows)));
  },
  lines: (data) => data.rows.map((row) => `- ${row.label}: ${row.cells.map((cell, at) => `${data.columns[at]}: ${cell}`).join("; ")}`),
  spoken: () => nl.comparison.spoken,
};

const timeline = {
  draw: (data) => card("timeline", nl.timeline.title, steps(data.steps, ({ when, title, text }) => [when ? el("p.when", null, when) : null, el("h4", null, title), ...blocks(text)])),
  lines: (data) => data.steps.map((step, at) => `${at + 1}. ${[step.when, step.title, step.text].filter(Boolean).join(". ")}`),
  spoken: (data) => fill(nl.timeline.spoken, { count: data.steps.length }),
};

export const KINDS = { question, trajectory, comparison, plan, timeline, evc_question: question, evc_check: check, evc_result: result };

/** What `kind.how(data, …)` gives; null when the kind is unknown or the data malformed: the text of the message remains. */
export function ofKind(how, data, ...rest) {
  try {
    return KINDS[data?.type]?.[how]?.(data, ...rest) ?? null;
  } catch (error) {
    console.warn("wegwijs: card left out", error);
    return null;
  }
}
