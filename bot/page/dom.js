// Small helpers that build nodes. Message content only ever becomes text nodes, never markup.

import { nl } from "./nl.js";

const SVG = "http://www.w3.org/2000/svg";

// 24 by 24 outlines, drawn with a round pen of the text colour.
const ICONS = {
  signpost: "M12 3v18M9 21h6M12 5h6l2.5 2.5L18 10h-6M12 11H6l-2.5 2.5L6 16h6",
  send: "M4 12 20 4l-5 16-4-7-7-1Z",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21a8 8 0 0 1 16 0",
  restart: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  print: "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7Z",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  speaker: "M4 10v4h4l5 4V6L8 10ZM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  down: "M12 5v14m-6-6 6 6 6-6",
  thumb: "M7.5 20V10.5L11.5 3a2 2 0 0 1 2 2v4h4.8a2 2 0 0 1 2 2.3l-1 6.9a2 2 0 0 1-2 1.8ZM7.5 10.5H4V20h3.5",
  open: "m5 12.5 4.5 4.5L19 7.5",
  bijna: "M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  nog_te_weten: "M9 9.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M12 17.6v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  onbekend: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM8 11h.1M12 11h.1M16 11h.1",
  niet: "M7 7l10 10M17 7 7 17",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v10H5ZM12 15v2",
  warning: "M12 4 2.5 20h19ZM12 10v4.5M12 17.2v.1",
};

/** el("p.lead", {id: "x", onclick: f}, "text", node, …): an element; the name may carry classes. */
export function el(name, properties, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null) continue;
    if (key in node && !key.startsWith("aria")) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** A decorative picture from the set above. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? "");
  svg.append(path);
  return svg;
}

/** Text that only a screen reader meets. */
export const hidden = (text) => el("span.sr", null, text);

/** Where the bot is: addresses that start with "/" are its own, also on somebody else's page. */
export const site = { base: import.meta.url };

/** A link to a web address or to a page of the bot, in a new window; its text when it is anything else. */
export function link(address, label) {
  const href = /^\/(?!\/)/.test(address) ? new URL(address, site.base).href : address.replace(/^www\./i, "https://$&");
  if (!/^https?:\/\/\S+$/i.test(href)) return document.createTextNode(label ?? address);
  const where = href === address || address.startsWith("www") ? hidden(` ${nl.link}`) : ` ${nl.link}`; // of its own pages all may see it
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label ?? shortAddress(address), where);
}

/** A link that writes an e-mail. */
export const mailLink = (address) => el("a", { href: `mailto:${address}` }, address);

function shortAddress(address) {
  const bare = address.replace(/^(https?:\/\/)?(www\.)?/i, "").replace(/\/$/, "");
  return bare.length > 30 && bare.includes("/") ? `${bare.split("/")[0]}/…` : bare;
}

const ADDRESS = String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)\]']`;
const EMAIL = String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** One line of text as nodes: addresses and e-mail addresses become links, difficult words what `explain` makes. */
export function inline(line, words = [], explain = null) {
  const terms = words.map((word) => `(?<![\\p{L}\\d])${escaped(word)}(?![\\p{L}\\d])`);
  const finder = new RegExp([ADDRESS, EMAIL, ...terms].join("|"), "giu");
  const nodes = [];
  let end = 0;
  for (const { 0: found, index } of line.matchAll(finder)) {
    nodes.push(line.slice(end, index), tokenNode(found, explain));
    end = index + found.length;
  }
  nodes.push(line.slice(end));
  return nodes;
}

function tokenNode(found, explain) {
  if (/^(https?:|www\.)/i.test(found)) return link(found);
  if (found.includes("@")) return mailLink(found);
  return explain(found);
}

/** Plain text as paragraphs (parted by blank lines), lists (lines with "- " or "1. ") and titles (first lines without a full stop). */
export function blocks(text, words, explain) {
  const nodes = [];
  for (const part of (text ?? "").trim().split(/\n\s*\n/)) {
    const lines = part.split("\n").filter((one) => one.trim());
    if (lines.length > 1 && TITLE.test(lines[0])) nodes.push(el("p.title", null, ...inline(lines.shift(), words, explain)));
    let open = null; // the paragraph or list that the next line may join
    for (const line of lines) {
      const [, bullet, label, rest] = line.match(LINE);
      const number = parseInt(bullet, 10); // no number: NaN
      const tag = number ? "OL" : bullet ? "UL" : "P";
      if (open?.tagName !== tag) nodes.push((open = el(tag.toLowerCase(), number ? { start: number } : null)));
      else if (!bullet) open.append(el("br"));
      const place = bullet ? open.appendChild(el("li")) : open;
      if (bullet && label) place.append(el("strong", null, ...inline(label, words, explain)));
      place.append(...inline(bullet ? rest : (label ?? "") + rest, words, explain));
    }
  }
  return nodes;
}

const TITLE = /^[^-•].{2,78}[^.,:;!\s]\s*$/;
const LINE = /^(\s*(?:[-•]|\d+\.)\s+)?(\p{Lu}[\p{L}\d' -]{1,48}:(?=\s))?(.*)$/u; // bullet or number, "Duur:", the rest

/** Saves text as a file on the visitor's own device. */
export function saveText(text, file) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
