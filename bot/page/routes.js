// The advice: every route with its verdict, its reasons and whom to ask.

import { el, icon, inline } from "./dom.js";
import { fill, nl } from "./nl.js";
import { askWhom, card, facts, sourceList, sourceNote, unfold } from "./parts.js";

const BEST = 3; // routes shown before "toon alle", unless the text tells of more
const texts = nl.trajectory;

export const trajectory = {
  draw(data, context, item) {
    const several = new Set(data.routes.map((one) => one.country)).size > 1;
    const routes = data.routes.map((one) => route(one, several));
    const node = card("trajectory", texts.title, el("ol.routes", { role: "list" }, ...routes));
    const rest = routes.slice(Math.max(BEST, adviceParts(item.text).routes.length));
    if (rest.length) node.append(toggle(rest, fill(texts.more, { count: routes.length })));
    return node;
  },
  lines: (data) => ["", `${texts.title}:`, ...data.routes.map((one) => `- ${one.name}: ${verdictWord(one)}`)],
  spoken: (data) => [fill(texts.spoken, { count: data.routes.length }), ...data.routes.slice(0, BEST).map((one) => `${one.name}: ${verdictWord(one)}.`)].join(" "),
};

/** The advice in words: what comes before its first route ends with what was found; the routes and the closing words follow. */
export function adviceParts(text) {
  const paragraphs = (text ?? "").trim().split(/\n\s*\n/);
  const routes = paragraphs.filter((one) => /^\d+\. /.test(one));
  const at = paragraphs.indexOf(routes[0]);
  const [before, after] = at < 0 ? [paragraphs, []] : [paragraphs.slice(0, at), paragraphs.slice(at + routes.length)];
  return { found: before.pop() ?? "", known: before, routes, closing: after };
}

/** The button that shows and hides the routes after the best. */
function toggle(rest, label) {
  const button = el("button.quiet", { type: "button", "aria-expanded": "false" }, label);
  const show = (all) => {
    rest.forEach((node) => (node.hidden = !all));
    button.textContent = all ? texts.less : label;
    button.setAttribute("aria-expanded", String(all));
  };
  button.addEventListener("click", () => show(rest[0].hidden));
  show(false);
  return button;
}

function route(data, withCountry) {
  const why = data.reasons ?? [];
  const shown = data.verdict === "open" ? 0 : 1; // what stands in the way is said at once
  return el("li.route", null,
    verdict(data.verdict),
    el("h4", null, data.name),
    data.summary ? el("p", null, data.summary) : null,
    ...why.slice(0, shown).map((reason) => el("p.reason", null, ...inline(reason.text))),
    facts([[texts.duration, data.duration], [texts.country, withCountry && texts.countries[data.country]]]),
    askWhom(data.ask),
    why.length > shown ? unfold(texts.why, ...reasons(why, shown)) : null,
    ...(why.length === shown ? sourceNote(why.flatMap((reason) => reason.sources ?? [])) : []));
}

/** A verdict is always an icon and a word; the colour only helps. */
export function verdict(name) {
  const known = texts.verdicts[name] ? name : "onbekend";
  return el(`p.verdict.${known}`, null, icon(known), texts.verdicts[known]);
}

const verdictWord = (data) => texts.verdicts[data.verdict] ?? texts.verdicts.onbekend;

function reasons(list, shown) {
  const sources = sourceList(list.flatMap((reason) => reason.sources ?? []));
  return [
    el("ul", null, ...list.slice(shown).map((reason) => el("li", null, ...inline(reason.text)))),
    ...(sources ? [el("p.label", null, sources.childNodes.length > 1 ? nl.sources.many : nl.sources.title), sources] : []),
  ];
}
