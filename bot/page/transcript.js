// The conversation as plain text: to save, to print, to hear.

import { el, saveText } from "./dom.js";
import { ofKind } from "./kinds.js";
import { fill, nl } from "./nl.js";
import { sourceLine } from "./parts.js";
import { bare, message } from "./render.js";
import { adviceParts } from "./routes.js";

/** A message as it is announced and read aloud: text, what the card holds, what one can choose. */
export function spoken(item) {
  const lead = item.data?.type === "trajectory" ? adviceParts(item.text).found : bare(item).trim();
  const titles = (item.buttons ?? []).map((button) => button.title).join(", ");
  return [lead, ofKind("spoken", item.data), titles && fill(nl.choicesSpoken, { titles })].filter(Boolean).join("\n");
}

/** The whole conversation as text. */
export function asText(items) {
  const head = `${nl.transcript.title}, ${today()}`;
  return [head, ...items.map(itemText), nl.transcript.foot].join("\n\n") + "\n";
}

function itemText(item) {
  const sources = [...new Set((item.data?.sources ?? []).map(sourceLine))].map((line) => `${nl.sources.title}: ${line}`);
  const words = (item.data?.words ?? []).map(({ word, meaning }) => `(${word}: ${meaning})`);
  const buttons = (item.buttons ?? []).map((button) => `( ) ${button.title}`);
  const lines = [bare(item), ...(ofKind("lines", item.data) ?? []), ...words, ...sources, ...buttons];
  return `${nl.speaker[item.role] ?? ""}:\n${lines.join("\n").trim()}`;
}

const today = () => new Date().toLocaleDateString("nl-BE", { day: "numeric", month: "long", year: "numeric" });

/** Saves the conversation as a text file on the visitor's own device. */
export const download = (items) => saveText(asText(items), nl.transcript.file);

/** Puts a copy of the conversation, everything unfolded, in place of the page while it is printed. */
export function preparePrint(items, sheets, context) {
  const list = el("ol.messages", { role: "list" }, ...items.map((item) => message(item, context)));
  list.querySelectorAll(".word").forEach((word) => word.click());
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
