// The plan of a route: what to do, when, on what money, whom to call, and where to print it.

import { el, inline } from "./dom.js";
import { nl } from "./nl.js";
import { askWhom, bars, bullets, capital, card, daysText, facts, part, steps, unfold, ways } from "./parts.js";
import { verdict } from "./routes.js";

const FIRST = 2; // lines on money that show at once
const texts = nl.plan;

export const plan = {
  leads: true,
  draw(data) {
    const money = (data.income ?? []).map(moneyText);
    const spans = data.timeline ?? [];
    return card("plan", texts.title,
      el("div.route", null, data.route ? verdict(data.verdict) : null, el("h4", null, data.title), data.lead ? el("p", null, ...inline(data.lead)) : null),
      data.steps.length ? part(texts.steps, steps(data.steps, (one, at) => step(one, data.steps[at - 1]))) : null,
      part(texts.duration, bullets([...(data.duration ?? []), ...(data.week ?? [])])),
      part(texts.when, spans.length ? bars(spans) : null, spans.length ? el("p.small", null, texts.example) : null),
      part(texts.money, bullets(money.slice(0, FIRST)), money.length > FIRST ? unfold(texts.moreMoney, ...bullets(money.slice(FIRST))) : null),
      part(texts.shorter, bullets(data.shorter)),
      part(texts.arrange, bullets(data.arrange)),
      part(texts.maybe, bullets(data.maybe)),
      data.questions?.length ? (data.steps.length ? unfold : part)(texts.questions, ...bullets(data.questions)) : null,
      askWhom(data.call),
      ways(data.links ?? []));
  },
  lines: (data) => (data.timeline ?? []).map(({ label, from, to }) => `- ${label}: ${daysText(from, to)}`),
  spoken: (data) => [data.title, data.lead, ...data.steps.map((one) => one.text)].join("\n"),
};

/** Whom a step is with is said where it changes. */
function step(data, before) {
  const who = data.who !== before?.who && capital(data.who ?? "");
  return [el("p", null, ...inline(data.text)), facts([[texts.who, who], [texts.lasts, data.lasts], [texts.bring, data.bring]])];
}

function moneyText({ label, text, ask }) {
  const whom = ask && !text.includes(ask) ? ` ${nl.ask} ${ask}.` : "";
  return `${label ? `${label}: ` : ""}${text}${whom}`;
}
