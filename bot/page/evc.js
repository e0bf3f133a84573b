// The EVC scan: a list to tick, and at the end what to bring up, with a text to change that stays on this device.

import { blocks, el, inline, saveText } from "./dom.js";
import { fill, nl } from "./nl.js";
import { card, part, ticks, ways } from "./parts.js";
import { draftOf, setDraft } from "./settings.js";

const texts = nl.evc;
const press = (title, onclick) => el("button.choice", { type: "button", onclick }, title);

export const check = {
  leads: true,
  draw(data, context) {
    const items = data.items.map((item) => ({ ...item, id: `${data.qualification} ${item.id}` }));
    let chosen = [];
    const go = press(texts.go, () => {
      go.disabled = true; // a double click is one answer
      const said = items.filter((item) => chosen.includes(item.id)).map((item) => item.text);
      context.send?.(said.join("; ") || texts.none);
    });
    return card("checklist", texts.check, el("p.small", null, fill(nl.question.progress, { step: data.step, most: data.at_most })), ...blocks(data.intro),
      el("fieldset", null, el("legend", null, data.title), ...ticks(items, context, (ids) => (chosen = ids))),
      el("div.choices.answers", null, go), el("p.small", null, data.official.label),
      data.official.href ? ways([{ label: nl.website, href: data.official.href }]) : null);
  },
};

export const result = {
  leads: true,
  draw: (data) => card("evc_result", texts.result, ...blocks(data.lead),
    ...data.sections.map(({ title, items }) => part(title, el("ul", null, ...items.map((item) => el("li", null, ...inline(item)))))),
    data.draft ? draft(data) : null),
};

function draft(data) {
  const done = el("p.small", { role: "status" });
  const area = el("textarea.draft", { "aria-label": texts.draft, value: draftOf(data.id) ?? data.draft, oninput: () => setDraft(data.id, area.value) });
  const copied = async () => {
    area.select(); // for who has to copy by hand
    await navigator.clipboard?.writeText(area.value);
    done.textContent = texts.copied;
  };
  return part(texts.draft, el("p.small", null, texts.hint), area,
    el("div.choices", null, press(texts.copy, () => copied().catch(() => {})), press(texts.save, () => saveText(area.value, texts.file))), done);
}
