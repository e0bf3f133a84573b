// <wegwijs-chat>: the chat with Wegwijs as a web component.
//
// On another page:   <script type="module" src="https://…/page/wegwijs-chat.js"></script><wegwijs-chat></wegwijs-chat>
//   (the bot lists that page's origin in WEGWIJS_EMBED_ORIGINS; a policy there allows the bot in script-src and connect-src)
// As a whole page:   <wegwijs-chat mode="page"></wegwijs-chat>
//
// Attributes: mode="page|corner", server="https://…" (the bot's address, by default where this file came from),
// theme="auto|light|dark|contrast", size="1|2|3", open (start unfolded). Colours and shape: see styles.js.

import { Conversation } from "./conversation.js";
import { el, hidden, icon, site } from "./dom.js";
import { nl } from "./nl.js";
import { message } from "./render.js";
import * as settings from "./settings.js";
import { canSpeak, speak, speechButton, stop, whenVoicesChange } from "./speech.js";
import { sheet } from "./styles.js";
import { download, preparePrint, spoken } from "./transcript.js";

const TYPING_AFTER = 300; // milliseconds before the typing indicator shows
const DOUBLE_CLICK = 400; // milliseconds after a choice in which a second click is ignored
const NEAR_END = 120; // pixels from the end within which new messages scroll into view
const KEEP_ANNOUNCED = 15_000; // milliseconds a message stays in the live region
const narrow = matchMedia("(max-width: 40em), (max-height: 34em)");

export class WegwijsChat extends HTMLElement {
  #built = false;
  #bubbles = new Map(); // unsent entry -> its list item
  #recall = 0; // how far back the arrow up went
  #ownBubble = null; // the bubble of what was sent last
  #following = false; // on the way to the end by our own scrolling
  #endPrint = () => {};

  connectedCallback() {
    if (!this.#built) this.#build();
    site.base = new URL("/", new URL(this.getAttribute("server") ?? import.meta.url, location.href)).href;
    this.conversation = new Conversation(site.base, this.#view());
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.conversation.sync(), { signal });
    addEventListener("beforeprint", () => this.wholePage && this.#printable(), { signal });
    addEventListener("afterprint", () => this.#endPrint(), { signal });
    if (this.wholePage) this.conversation.open();
    else if (this.hasAttribute("open")) this.open(false);
  }

  disconnectedCallback() {
    this.conversation.close();
    this.listeners.abort();
    stop();
  }

  get wholePage() {
    return this.getAttribute("mode") === "page";
  }

  /** Unfolds the chat. On a small screen it covers the page, which is then out of reach. */
  open(focus = true) {
    if (this.wholePage || this.parts.panel.open) return;
    if (narrow.matches) this.parts.panel.showModal();
    else this.parts.panel.show();
    this.parts.launcher.hidden = true;
    if (focus) this.#focusStart();
    else this.getRootNode().activeElement?.blur?.();
    this.conversation.open();
    if (this.#begun) this.#scrollToEnd(true);
  }

  closeChat() {
    this.parts.panel.close?.();
    this.#closed();
  }

  /** Gives the focus back to the button that opened the chat; also after the browser's own Escape. */
  #closed() {
    const { launcher, panel } = this.parts;
    if (this.wholePage || panel.open || !launcher.hidden) return;
    launcher.hidden = false;
    launcher.focus();
    stop();
  }

  // ---- building -------------------------------------------------------------------------------

  #build() {
    this.#built = true;
    this.lang ||= "nl";
    settings.restore(this);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const p = (this.parts = {});
    p.list = el("ol.messages", { role: "list" });
    p.privacy = this.#privacyNote();
    p.log = el("div.log", { tabIndex: 0, role: "region", "aria-label": nl.conversation }, p.privacy,
      this.wholePage ? el("h2.sr", null, nl.conversation) : null, p.list);
    p.newer = el("button.newer", { type: "button", hidden: true, onclick: () => this.#scrollToEnd() }, icon("down"), nl.newer);
    p.live = el("div.sr.live", { role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    p.chat = el("div.chat", null, this.#header(), this.#menu(), p.log, el("div.newer-row", null, p.newer), this.#footer(), p.live, this.#confirmation());
    if (this.wholePage) root.append(el("div.page", null, intro(), p.chat));
    else root.append(...this.#corner(p.chat));
    for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) p.log.addEventListener(name, () => (this.#following = false), { passive: true });
    p.log.addEventListener("scroll", () => this.#atEnd() && (p.newer.hidden = true), { passive: true });
    root.addEventListener("keydown", (event) => this.#onEscape(event));
    whenVoicesChange(() => this.#offerSpeech());
  }

  #corner(chat) {
    const p = this.parts;
    p.launcher = el("button.launcher", { type: "button", "aria-haspopup": "dialog", onclick: () => this.open() }, icon("signpost"), nl.launcher);
    p.panel = el("dialog.panel", { "aria-label": nl.name }, chat);
    p.panel.addEventListener("close", (event) => event.target === p.panel && this.#closed());
    return [p.launcher, p.panel];
  }

  #header() {
    const p = this.parts;
    p.menuButton = el("button.tool", { type: "button", "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.#toggleMenu() }, icon("menu"), el("span", null, nl.menu.button));
    const close = el("button.tool", { type: "button", "aria-label": nl.close, onclick: () => this.closeChat() }, icon("close"));
    const title = el(this.wholePage ? "h1" : "h2", null, nl.name);
    return el("div.header", null, el("span.mark", null, icon("signpost")), el("div.titles", null, title, el("p", null, nl.tagline)),
      p.menuButton, this.wholePage ? null : close);
  }

  #menu() {
    const p = this.parts;
    const action = (name, picture, run) => el("button.action", { type: "button", onclick: () => (this.#toggleMenu(false), run()) }, icon(picture), nl.menu[name]);
    const speech = el("input", { type: "checkbox", checked: settings.speaks(this), onchange: () => settings.setSpeaks(this, speech.checked) });
    p.speech = el("label.tick", { hidden: !canSpeak() }, speech, el("span", null, nl.menu.speech));
    p.menu = el("div.menu", { id: "menu", hidden: true },
      el("div.actions", null,
        action("restart", "restart", () => this.#ask("restart")), action("erase", "trash", () => this.#ask("erase")),
        action("download", "download", () => download(this.conversation.items)), action("print", "print", () => this.#print())),
      segments(nl.menu.size, nl.menu.sizes, settings.size(this), (value) => settings.setSize(this, value)),
      segments(nl.menu.theme, nl.menu.themes, settings.theme(this), (value) => settings.setTheme(this, value)),
      p.speech);
    p.menu.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next && next !== p.menuButton && !p.menu.contains(next)) this.#toggleMenu(false, false);
    });
    return p.menu;
  }

  #privacyNote() {
    const { title, text } = nl.privacy;
    return el("section.privacy", { "aria-label": title }, icon("lock"),
      el("div", null, el("p", null, text), el("button.quiet", { type: "button", onclick: () => this.#ask("erase") }, nl.menu.erase)));
  }

  #footer() {
    const p = this.parts;
    p.input = el("textarea", { id: "input", rows: 1, placeholder: nl.composer.placeholder, enterKeyHint: "send", autocomplete: "off", "aria-describedby": "hint" });
    p.input.addEventListener("keydown", (event) => this.#onKey(event));
    p.input.addEventListener("input", () => this.#grow());
    p.status = el("p", { role: "status" });
    p.retry = el("button.quiet", { type: "button", hidden: true, onclick: () => this.#retry() }, nl.status.retry);
    const form = el("form.composer", null, el("label.sr", { htmlFor: "input" }, nl.composer.label), p.input,
      el("button.send", { type: "submit" }, icon("send"), el("span", null, nl.composer.send)), el("span.sr", { id: "hint" }, nl.composer.hint));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    const human = el("button.human", { type: "button", onclick: () => this.#send({ text: nl.human.message }, nl.human.message) }, icon("person"), nl.human.button);
    return el("div.footer", null, el("div.status", null, p.status, p.retry), form, human);
  }

  #confirmation() {
    const p = this.parts;
    p.confirmTitle = el("h2", { id: "confirm-title" });
    p.confirmText = el("p");
    p.confirmYes = el("button.yes", { type: "button", onclick: () => (p.confirm.close(), this.#eraseAll()) });
    const no = el("button.no", { type: "button", onclick: () => p.confirm.close() }, nl.confirm.no);
    p.confirm = el("dialog.confirm", { "aria-labelledby": "confirm-title" }, p.confirmTitle, p.confirmText, el("div.choices", null, no, p.confirmYes));
    return p.confirm;
  }

  // ---- what the conversation tells --------------------------------------------------------------

  #view() {
    return {
      reset: (items, keepPlace) => this.#redraw(items, keepPlace),
      pending: (entry) => this.#showPending(entry),
      removed: (entry) => (this.#bubbles.get(entry)?.remove(), this.#bubbles.delete(entry)),
      added: (items, entry, elsewhere) => this.#showAdded(items, entry, elsewhere),
      busy: (on) => this.#showTyping(on),
      status: (text, retry = false) => this.#showStatus(text, retry),
      failed: (error) => this.#showFailure(error),
    };
  }

  #redraw(items, keepPlace = false) {
    const { list, log } = this.parts;
    const top = log.scrollTop;
    list.replaceChildren(...this.#nodes(items), ...this.#bubbles.values());
    this.#tidy();
    if (keepPlace) log.scrollTop = top;
    else if (this.#begun) this.#scrollToEnd(true);
  }

  /** Voices arrive some time after the page: the messages get their button then. */
  #offerSpeech() {
    if (this.parts.speech.hidden !== canSpeak()) return;
    this.parts.speech.hidden = !canSpeak();
    this.#redraw(this.conversation.items, true);
  }

  #showPending(entry) {
    const node = message({ role: "user", text: entry.shown }, {});
    node.append(el("span.unsent", { hidden: true }, nl.status.pending));
    this.#bubbles.set(entry, node);
    this.parts.list.append(node);
    this.#ownBubble = node;
    this.#scrollToEnd();
  }

  #showAdded(items, entry, elsewhere = false) {
    const follow = this.#atEnd();
    const own = this.#bubbles.get(entry);
    own?.querySelector(".unsent")?.remove();
    this.#bubbles.delete(entry);
    const nodes = this.#nodes(items);
    if (own) own.after(...nodes);
    else this.parts.list.append(...nodes, ...this.#bubbles.values());
    this.#tidy();
    if (follow && nodes.length) this.#reveal(own ?? nodes[0]);
    else if (nodes.length) this.parts.newer.hidden = false;
    const said = items.filter((item) => item.role !== "user");
    if (said.some((item) => item.data?.forget)) settings.forgetTicks();
    if (elsewhere && document.visibilityState !== "visible") return;
    said.map(spoken).filter(Boolean).forEach((text) => this.#say(`${nl.says.bot} ${text}`));
    if (settings.speaks(this) && canSpeak() && said.length) speak(said);
  }

  #nodes(items) {
    const context = {
      onChoice: (button) => this.#choose(button),
      send: (text) => (this.#send({ text, typed: true }, text), this.#ownBubble.focus({ preventScroll: true })),
      say: (text) => this.#say(text),
      isTicked: settings.isTicked,
      onTick: settings.setTicked,
      onThumb: (turn, up) => this.conversation.thumb(turn, up),
      speech: canSpeak() ? speechButton : null,
    };
    return items.map((item) => message(item, context));
  }

  /** The buttons of a question (.answers) go once a later question or a result has come. */
  #tidy() {
    const asked = [...this.parts.list.children].filter((node) => node.querySelector(".answers, .trajectory, .evc_result"));
    asked.slice(0, -1).forEach((node) => node.querySelectorAll(".answers").forEach((buttons) => buttons.remove()));
  }

  #showTyping(on) {
    clearTimeout(this.typingTimer);
    this.typing?.remove();
    this.parts.list.ariaBusy = String(on);
    if (!on) return this.#unsent(false);
    this.typingTimer = setTimeout(() => {
      const follow = this.#atEnd();
      this.typing = el("li.message.bot.typing", null, el("div.bubble", null, hidden(nl.status.typing), el("i"), el("i"), el("i")));
      this.typing.hidden = !this.parts.retry.hidden; // nobody writes while there is no connection
      this.parts.list.append(this.typing);
      if (follow) this.#scrollToEnd();
    }, TYPING_AFTER);
  }

  #showStatus(text, retry) {
    const { status, retry: button } = this.parts;
    if (status.textContent !== text) status.textContent = text;
    button.hidden = !retry;
    if (this.typing) this.typing.hidden = retry;
    this.#unsent(retry);
  }

  /** Says under each unsent message that it hasn't left yet. */
  #unsent(on) {
    for (const node of this.#bubbles.values()) node.querySelector(".unsent").hidden = !on;
  }

  #showFailure(error) {
    const { input } = this.parts;
    this.#showStatus(error.message || nl.status.failed, !error.text);
    if (error.text && !input.value) {
      input.value = error.text;
      this.#grow();
    }
  }

  /** Puts text in the live region once, and takes it out again when it has been said. */
  #say(text) {
    const node = el("p", null, text);
    this.parts.live.append(node);
    setTimeout(() => node.remove(), KEEP_ANNOUNCED);
  }

  // ---- what the visitor does ----------------------------------------------------------------------

  #submit() {
    const { input } = this.parts;
    const text = input.value.trim();
    if (!text) return input.focus();
    input.value = "";
    this.#recall = 0;
    this.#grow();
    this.#send({ text, typed: true }, text);
  }

  #choose(button) {
    const { style } = this.parts.list;
    style.pointerEvents = "none"; // a double click is one choice, whatever moves under the finger meanwhile
    setTimeout(() => (style.pointerEvents = ""), DOUBLE_CLICK);
    this.#send({ choice: button.id }, button.title);
    this.#ownBubble.focus({ preventScroll: true }); // the pressed button may go: go on from the answer
  }

  #send(content, shown) {
    if (this.parts.retry.hidden) this.#showStatus("", false);
    stop();
    this.conversation.send(content, shown);
  }

  #onKey(event) {
    const { input } = this.parts;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && (!input.value || this.#recall)) this.#recallText(event, 1);
    else if (event.key === "ArrowDown" && this.#recall) this.#recallText(event, -1);
    else if (event.key.length === 1) this.#recall = 0;
  }

  #recallText(event, step) {
    const said = this.conversation.items.filter((item) => item.role === "user" && item.text).reverse();
    const at = Math.min(this.#recall + step, said.length);
    event.preventDefault();
    this.#recall = at;
    this.parts.input.value = at ? said[at - 1].text : "";
    this.#grow();
  }

  #onEscape(event) {
    const { menu, confirm } = this.parts;
    if (event.key !== "Escape" || confirm.open) return;
    if (!menu.hidden) this.#toggleMenu(false);
    else if (this.wholePage) return;
    else this.closeChat();
    event.preventDefault();
    event.stopPropagation();
  }

  #toggleMenu(show = this.parts.menu.hidden, focus = true) {
    const { menu, menuButton } = this.parts;
    menu.hidden = !show;
    menuButton.setAttribute("aria-expanded", String(show));
    if (focus) (show ? menu.querySelector("button") : menuButton).focus();
  }

  #ask(what) {
    const p = this.parts;
    const { title, text, yes } = nl.confirm[what];
    p.confirmTitle.textContent = title;
    p.confirmText.textContent = text;
    p.confirmYes.textContent = yes;
    p.confirm.showModal();
  }

  async #eraseAll() {
    stop();
    settings.forgetTicks();
    this.#bubbles.clear();
    const done = await this.conversation.erase();
    if (done) this.#showStatus(nl.status.erased, false);
    this.parts.log.scrollTop = 0;
    this.#focusStart();
  }

  #retry() {
    this.#showStatus("", false);
    this.conversation.transport.retryNow();
    this.conversation.sync();
  }

  #print() {
    this.#printable();
    print();
  }

  #printable() {
    this.#endPrint();
    const remove = preparePrint(this.conversation.items, [sheet], { isTicked: settings.isTicked });
    this.#endPrint = () => (remove(), (this.#endPrint = () => {}));
  }

  // ---- small things ---------------------------------------------------------------------------------

  /** With a mouse one goes on typing; on a phone the keyboard shouldn't cover the text unasked. */
  #focusStart() {
    (matchMedia("(pointer: fine)").matches ? this.parts.input : this.parts.log).focus({ preventScroll: true });
  }

  #grow() {
    const { input } = this.parts;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 4}px`;
  }

  /** Whether the visitor said anything yet. */
  get #begun() {
    return this.#bubbles.size > 0 || this.conversation.items.some((item) => item.role === "user");
  }

  /** What scrolls: the messages, or on a very low screen the whole chat. */
  get #scroller() {
    const { log, chat } = this.parts;
    return getComputedStyle(log).overflowY === "auto" ? log : chat;
  }

  #atEnd() {
    const box = this.#scroller;
    return this.#following || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  }

  #scrollToEnd(atOnce = false) {
    this.#following = true;
    this.#scrollTo(this.#scroller.scrollHeight, atOnce);
    this.parts.newer.hidden = true;
  }

  /** Shows what is new: all of it, or when it is too long its beginning. */
  #reveal(first) {
    if (!this.#begun) return; // the greeting stands below the privacy note, which stays in sight
    const box = this.#scroller;
    const top = box.scrollTop + first.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
    this.#following = false;
    this.#scrollTo(Math.min(top, box.scrollHeight));
  }

  #scrollTo(top, atOnce = false) {
    const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroller.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  }
}

/** The words beside the chat, on a wide screen. */
function intro() {
  const { title, lead, points, free } = nl.intro;
  return el("div.intro", null, el("img", { src: new URL("weg.svg", import.meta.url).href, alt: "" }), el("p.title", null, title), el("p", null, lead),
    el("ul", { role: "list" }, ...points.map((point) => el("li", null, icon("open"), point))), el("p.free", null, free));
}

/** A row of choices of which one holds. */
function segments(title, options, current, choose) {
  return el("fieldset.segments", null, el("legend", null, title), ...Object.entries(options).map(([value, label]) =>
    el("label", null, el("input", { type: "radio", name: title, value, checked: value === current, onchange: () => choose(value) }), el("span", null, label))));
}

if (!customElements.get("wegwijs-chat")) customElements.define("wegwijs-chat", WegwijsChat);
