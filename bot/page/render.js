// A message as a list item: the bubble with its words, the card of its kind, and the buttons.

import { blocks, el, hidden, icon, inline } from "./dom.js";
import { KINDS, ofKind } from "./kinds.js";
import { nl } from "./nl.js";
import { sourceNote, unfold } from "./parts.js";
import { adviceParts } from "./routes.js";
import { thumbs } from "./thumbs.js";

const LONG_BUTTON = 26; // a title longer than this puts the buttons below each other
const NOTE_ICONS = { handover: "person", error: "warning" };

/** `item`: {role, text, buttons, data}; `context`: see kinds.js. */
export function message(item, context) {
  const body = item.role === "user" ? [userText(item)] : botBody(item, context);
  return el(`li.message.${item.role === "user" ? "user" : "bot"}`, { tabIndex: -1 }, hidden(`${nl.says[item.role] ?? ""} `), ...body);
}

function userText(item) {
  return el("div.bubble", null, ...(item.text ?? "").split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line])));
}

function botBody(item, context) {
  const type = item.data?.type;
  const card = ofKind("draw", item.data, context, item);
  const parts = [...(card && KINDS[type].leads ? [leading(card, item, context)] : said(item, card, context)), thumbs(item, context)].filter(Boolean);
  // "Toon alle routes" would ask the server for what the card can unfold at once
  const buttons = (item.buttons ?? []).filter((button) => !(card && type === "trajectory" && button.title === nl.trajectory.all));
  if (buttons.length) parts.push(choices(item, buttons, context));
  return parts;
}

/** The bubble with the words, and the card after it or in it. */
function said(item, card, context) {
  const type = item.data?.type;
  const within = card && KINDS[type].within;
  const bubble = el(`div.bubble.${within ? "question" : NOTE_ICONS[type] ? type : "plain"}`);
  if (NOTE_ICONS[type]) bubble.append(el("p.note", null, icon(NOTE_ICONS[type]), nl.notes[type]));
  if (within) bubble.append(card);
  bubble.append(...(type === "trajectory" && card ? leadText(item, context) : textNodes(bare(item), item, context)));
  bubble.append(...sourceNote(item.data?.sources));
  if (context.speech && item.text) bubble.append(context.speech(item));
  return [bubble.childNodes.length ? bubble : null, within ? null : card].filter(Boolean);
}

/** The card leads; the same in words and the sources unfold below it. */
function leading(card, item, context) {
  card.append(copy(nl.asText, ...textNodes(bare(item), item, context)), ...sourceNote(item.data.sources));
  if (context.speech) card.append(context.speech(item));
  return card;
}

/** The text without its last line when that only names the sources, which the source note does better. */
export function bare(item) {
  const text = item.text ?? "";
  return item.data?.sources?.length ? text.replace(/\s*\nBron: .*$/, "") : text;
}

/** What was found leads. What it rests on, and the routes in words (the card says the same), unfold. */
function leadText(item, context) {
  const { found, known, routes, closing } = adviceParts(item.text);
  const nodes = (paragraphs) => textNodes(paragraphs.join("\n\n"), item, context);
  const folded = (title, paragraphs, make = unfold) => (paragraphs.length ? [make(title, ...nodes(paragraphs))] : []);
  return [el("p.title", null, ...inline(found)), ...nodes(closing.filter((one) => !one.startsWith("Bron: "))),
    ...folded(nl.trajectory.known, known), ...folded(nl.asText, routes, copy)];
}

/** Text in which the difficult words of the message, `data.words`, can be tapped, each where it comes first. */
function textNodes(text, item, context) {
  const words = item.data?.words ?? [];
  const left = new Map(words.map(({ word, meaning }) => [word, meaning]));
  return blocks(text, [...left.keys()], (word) => {
    const meaning = left.get(word);
    left.delete(word);
    return meaning ? explained(word, meaning, context) : word;
  });
}

/** A difficult word in a sentence: a tap shows its meaning below the sentence's paragraph or list item. */
function explained(word, meaning, context) {
  const button = el("button.word", { type: "button", "aria-expanded": "false" }, word);
  const box = el("span.meaning", null, el("strong", null, word), `: ${meaning}`);
  button.addEventListener("click", () => {
    const open = box.isConnected;
    if (open) box.remove();
    else button.closest("p, li").append(box);
    button.setAttribute("aria-expanded", String(!open));
    if (!open) context.say?.(box.textContent);
  });
  return button;
}

/** What unfolds to the same in other words; left out on paper. */
function copy(title, ...content) {
  const details = unfold(title, ...content);
  details.className = "copy";
  return details;
}

function choices(item, buttons, context) {
  const stacked = buttons.some((button) => button.title.length > LONG_BUTTON);
  const group = el(`div.choices${stacked ? ".stacked" : ""}`, { role: "group", "aria-label": nl.choices });
  for (const button of buttons) {
    group.append(el("button.choice", { type: "button", onclick: () => context.onChoice?.(button) }, button.title));
  }
  if (item.data?.at_most) group.classList.add("answers"); // they go once it is answered
  return group;
}
