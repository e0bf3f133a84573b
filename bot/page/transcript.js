// The conversation as plain text: to save, to print, to hear.

import { el } from "./dom.js";
import { fill, nl } from "./nl.js";
import { adviceParts, bare, message, sourceLine } from "./render.js";

const { trajectory: routeTexts } = nl;

// What a card says, in lines of text, for the saved conversation.
const CARD_LINES = {
  trajectory: (data) => ["", `${routeTexts.title}:`, ...data.routes.map((route) => `- ${route.name}: ${verdictWord(route)}`)],
  comparison: (data) => data.rows.map((row) => `- ${row.label}: ${row.cells.map((cell, at) => `${data.columns[at]}: ${cell}`).join("; ")}`),
  timeline: (data) => data.steps.map((step, at) => `${at + 1}. ${[step.when, step.title, step.text].filter(Boolean).join(". ")}`),
  checklist: (data) => data.items.map((item) => `[ ] ${item.text}`),
  words: (data) => data.terms.map((term) => `- ${term.word}: ${term.meaning}`),
};

// What is said of a card when the message is announced or read aloud.
const CARD_SPOKEN = {
  question: (data) => fill(nl.question.progress, { step: data.step, most: data.at_most }),
  trajectory: (data) => [fill(routeTexts.spoken, { count: data.routes.length }),
    ...data.routes.slice(0, 3).map((route) => `${route.name}: ${verdictWord(route)}.`)].join(" "),
  comparison: () => nl.comparison.spoken,
  timeline: (data) => fill(nl.timeline.spoken, { count: data.steps.length }),
  checklist: (data) => fill(nl.checklist.spoken, { count: data.items.length }),
};

const verdictWord = (route) => routeTexts.verdicts[route.verdict] ?? routeTexts.verdicts.onbekend;

function ofCard(makers, data) {
  try {
    return makers[data?.type]?.(data) ?? null;
  } catch {
    return null; // malformed: the text remains
  }
}

/** A message as it is announced and read aloud: text, what the card holds, what one can choose. */
export function spoken(item) {
  const lead = item.data?.type === "trajectory" ? adviceParts(item.text).found : bare(item).trim();
  const titles = (item.buttons ?? []).map((button) => button.title).join(", ");
  return [lead, ofCard(CARD_SPOKEN, item.data), titles && fill(nl.choicesSpoken, { titles })].filter(Boolean).join("\n");
}

/** The whole conversation as text. */
export function asText(items) {
  const head = `${nl.transcript.title}, ${today()}`;
  return [head, ...items.map(itemText), nl.transcript.foot].join("\n\n") + "\n";
}

function itemText(item) {
  const sources = [...new Set((item.data?.sources ?? []).map(sourceLine))].map((line) => `${nl.sources.title}: ${line}`);
  const buttons = (item.buttons ?? []).map((button) => `( ) ${button.title}`);
  const lines = [bare(item), ...(ofCard(CARD_LINES, item.data) ?? []), ...sources, ...buttons];
  return `${nl.speaker[item.role] ?? ""}:\n${lines.join("\n").trim()}`;
}

const today = () => new Date().toLocaleDateString("nl-BE", { day: "numeric", month: "long", year: "numeric" });

/** Saves the conversation as a text file on the visitor's own device. */
export function download(items) {
  const url = URL.createObjectURL(new Blob([asText(items)], { type: "text/plain;charset=utf-8" }));
  el("a", { href: url, download: nl.transcript.file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts a copy of the conversation, everything unfolded, in place of the page while it is printed. */
export function preparePrint(items, sheets, context) {
  const list = el("ol.messages", { role: "list" }, ...items.map((item) => message(item, context)));
  list.querySelectorAll("details").forEach((details) => (details.open = true));
  list.querySelectorAll("[hidden]").forEach((node) => (node.hidden = false));
  const host = el("div", { id: "wegwijs-print" });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = sheets;
  root.append(el("div.paper", null, el("h1", null, `${nl.transcript.title}, ${today()}`), list, el("p", null, nl.transcript.foot)));
  const only = new CSSStyleSheet();
  only.replaceSync("#wegwijs-print{display:none}@media print{body>:not(#wegwijs-print){display:none!important}#wegwijs-print{display:block}}");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, only];
  document.body.append(host);
  return () => {
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== only);
  };
}
