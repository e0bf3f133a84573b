// "Hielp dit antwoord?" with two buttons, below what answers a question. The server gets the id of the message that was
// answered and yes or no, nothing else. That it was answered is kept on the device, as ticks are.

import { el, icon } from "./dom.js";
import { nl } from "./nl.js";

const texts = nl.thumbs;

/** The row, or its thanks once it was answered; nothing for a message that isn't an answer. */
export function thumbs({ data, turn }, context) {
  const rated = data?.type === "answer" ? data.records?.length : ["unknown", "clarify"].includes(data?.type);
  if (!context.onThumb || !turn || !rated) return null;
  const row = el("div.thumbs", { role: "group", "aria-label": texts.ask });
  const thank = (how) => {
    const thanks = el("p", { tabIndex: -1 }, texts.thanks[how]);
    row.replaceChildren(thanks);
    return thanks;
  };
  const press = (how) => async () => {
    context.say(texts.thanks[how]);
    context.onTick(`${how} ${turn}`, true);
    thank(how).focus({ preventScroll: true }); // the pressed button is gone
    context.onThumb(turn, how === "up");
  };
  const given = ["up", "down"].find((how) => context.isTicked(`${how} ${turn}`));
  if (given) thank(given);
  else row.append(el("span", { "aria-hidden": "true" }, texts.ask), ...["up", "down"].map((how) => el(`button.${how}`, { type: "button", title: texts[how], "aria-label": texts[how], onclick: press(how) }, icon("thumb"))));
  return row;
}
