// The chat of "Proberen", what the bot thought in each turn, and the facts, which can be changed by hand.

import { el } from "/page/dom.js";
import { message } from "/page/render.js";
import { sheet } from "/page/styles.js";

const $ = (id) => document.getElementById(id);
const state = { sender: "", turns: 0, busy: false };

// The chat looks as visitors see it: same renderer, same style sheet, in a shadow root of its own.
const root = $("log").attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];
const list = el("ol.messages", { role: "list" });
root.append(el("div.log", { tabIndex: 0, role: "log", ariaLabel: "Gesprek" }, list));

async function post(what, body = {}) {
  const reply = await fetch(`/staff/proberen/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ sender: state.sender, ...body }),
  });
  if (reply.redirected) location.reload(); // the session is over
  const data = await reply.json();
  if (!reply.ok) throw new Error(data.error ?? "Dit lukte niet.");
  return data;
}

/** One thing at a time; a fault becomes a sentence. */
async function attempt(work) {
  if (state.busy) return;
  state.busy = true;
  document.body.ariaBusy = "true";
  $("problem").hidden = true;
  try {
    await work();
  } catch (error) {
    $("problem").textContent = error.message;
    $("problem").hidden = false;
  } finally {
    state.busy = false;
    document.body.ariaBusy = "false";
  }
}

function show(turn) {
  const nodes = turn.messages.map((item) => message(item, context));
  list.append(...nodes);
  list.parentNode.scrollTop = nodes.length ? nodes[0].offsetTop - 12 : list.parentNode.scrollHeight;
  if (turn.thought) showThought(turn.thought, turn.messages);
  showFacts(turn.facts);
}

const pressed = async (button) => show(await post("kies", { choice: button.id }));
const said = async (text) => show(await post("zeg", { text }));
const context = { onChoice: (button) => attempt(() => pressed(button)), send: (text) => attempt(() => said(text)) };

async function begin() {
  const turn = await post("begin", { person: $("person").value, pasted: $("pasted").value });
  state.sender = $("sender").value = turn.sender;
  state.turns = 0;
  list.replaceChildren();
  $("thoughts").replaceChildren();
  show(turn);
}

// ---- what the bot thought -------------------------------------------------------------------------

function showThought(thought, messages) {
  state.turns += 1;
  for (const older of $("thoughts").querySelectorAll("details.turn")) older.open = false;
  const typed = messages.find((item) => item.role === "user")?.text ?? "(begin)";
  const { understanding, answering } = thought.milliseconds;
  $("thoughts").prepend(el("details.turn", { open: true }, el("summary", null, `${state.turns}. ${short(typed)}`),
    part("Bedoeling", thought.command ? el("p", null, `Knop: ${thought.intent ?? ""}`) : bars(thought.intents, (one) => one.name, (one) => one.confidence, true)),
    part("Herkende woorden", words(thought.entities)),
    part("Kaarten bekeken", topics(thought)),
    part("Geleerd", thought.learned.length ? rows(thought.learned.map((one) => [one.name, one.value])) : null),
    part("Gedaan", rows(thought.steps.map((one) => [one.action, one.policy]))),
    part("Tijd", el("p", null, `${understanding + answering} ms: begrijpen ${understanding} ms, antwoorden ${answering} ms`))));
}

const short = (text) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
const part = (title, content) => (content ? el("div.part", null, el("h3", null, title), content) : null);
const rows = (pairs) => el("dl.rows", null, ...pairs.map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value))));

function words(entities) {
  if (!entities.length) return el("p.muted", null, "Geen.");
  return rows(entities.map((one) => [one.name, one.denied ? `niet ${one.value}` : one.value]));
}

function topics(thought) {
  if (!thought.topics.length) {
    return thought.shown.length ? rows(thought.shown.map((one) => [one.title, "getoond"])) : null;
  }
  return bars(thought.topics, (one) => (one.shown ? `✓ ${one.title}` : one.title), (one) => one.score, false, (one) => `/staff/kennis/onderwerpen/${one.id}`);
}

/** A list with a bar for each number; the number itself is text beside it. */
function bars(items, name, value, share, address) {
  const most = share ? 1 : Math.max(...items.map(value), 0.01);
  return el("ul.bars", { role: "list" }, ...items.map((one) => el("li", null,
    address ? el("a", { href: address(one) }, name(one)) : el("span", null, name(one)),
    el("meter", { min: 0, max: most, value: Math.max(0, value(one)), ariaHidden: "true" }),
    el("span.number", null, share ? `${Math.round(100 * value(one))} %` : value(one).toFixed(2).replace(".", ",")))));
}

// ---- the facts ------------------------------------------------------------------------------------

function showFacts(facts) {
  const focused = document.activeElement?.id;
  const known = facts.filter((fact) => fact.value !== "");
  const rest = facts.filter((fact) => fact.value === "");
  const open = $("facts").querySelector("details")?.open ?? false;
  $("facts").replaceChildren(...known.map(factField), el("details", { open }, el("summary", null, `Nog niet verteld (${rest.length})`), ...rest.map(factField)));
  if (focused?.startsWith("fact-")) $(focused)?.focus();
}

function factField(fact) {
  const id = `fact-${fact.name}`;
  const change = (event) => attempt(async () => showFacts((await post("feit", { name: fact.name, value: event.target.value })).facts));
  const control = fact.values.length
    ? el("select", { id, onchange: change }, el("option", { value: "" }, ""), ...fact.values.map((one) => el("option", { value: one.value, selected: one.value === fact.value }, one.label)))
    : el("input", { id, value: fact.value, inputMode: "numeric", onchange: change });
  control.setAttribute("aria-describedby", `${id}-name`);
  return el("div.fact", null, el("label", { htmlFor: id }, fact.question), control, el("p.hint", { id: `${id}-name` }, fact.name));
}

// ---- what one does --------------------------------------------------------------------------------

const on = (id, kind, work) => $(id).addEventListener(kind, (event) => (event.preventDefault(), attempt(work)));
on("begin", "submit", begin);
on("go-on", "click", async () => show(await post("verder")));
on("say", "submit", async () => {
  const text = $("text").value.trim();
  if (!text) return;
  await said(text);
  $("text").value = "";
});

attempt(begin);
