// Reads messages aloud with a Dutch voice that lives in the browser itself. Voices that send the text
// to somebody else's server are left alone: nothing of the conversation leaves for a third party.

import { el, icon } from "./dom.js";
import { nl } from "./nl.js";
import { spoken } from "./transcript.js";

const engine = globalThis.speechSynthesis;

/** The voice to use: Dutch, local, Flemish when there is one. */
function voice() {
  const dutch = (engine?.getVoices() ?? []).filter((one) => /^nl\b/i.test(one.lang) && one.localService);
  return dutch.find((one) => /be/i.test(one.lang.slice(2))) ?? dutch[0] ?? null;
}

export const canSpeak = () => voice() !== null;

/** Voices may arrive late: calls back when there are any. */
export function whenVoicesChange(callback) {
  engine?.addEventListener?.("voiceschanged", callback);
}

export function stop() {
  engine?.cancel();
}

/** Reads the items one after the other; `ended` is called when all is said or it was stopped. */
export function speak(items, ended = () => {}) {
  stop();
  const utterance = new SpeechSynthesisUtterance(items.map(spoken).join("\n"));
  utterance.voice = voice();
  utterance.lang = utterance.voice?.lang ?? "nl";
  utterance.rate = 0.95;
  utterance.onend = utterance.onerror = ended;
  engine.speak(utterance);
}

/** The button under a message; a second press stops. */
export function speechButton(item) {
  const label = el("span", null, nl.speech.read);
  const button = el("button.speak", { type: "button" }, icon("speaker"), label);
  const rest = () => (label.textContent = nl.speech.read);
  button.addEventListener("click", () => {
    if (label.textContent === nl.speech.stop) return stop(), rest();
    speak([item], rest);
    label.textContent = nl.speech.stop;
  });
  return button;
}
