// The conversation as this page knows it: what was said, what still has to be sent, and what other tabs did.
// One task runs at a time, so that messages keep their order.

import { Refused, Transport } from "./transport.js";

const OUTBOX = "wegwijs:outbox";

export class Conversation {
  #tail = Promise.resolve();
  #waiting = 0;
  #opened = false;

  /** `view`: {reset, pending, added, removed, busy, status, failed}, told about everything that happens. */
  constructor(base, view) {
    this.view = view;
    this.items = [];
    this.outbox = [];
    this.transport = new Transport(base, (...status) => view.status(...status));
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`wegwijs ${base}`) : null;
    if (this.channel) this.channel.onmessage = () => this.sync();
  }

  close() {
    this.transport.close();
    this.channel?.close();
  }

  /** Fetches what was said before; starts when there is nothing; sends what a reload left unsent. */
  open() {
    if (this.#opened) return;
    this.#opened = true;
    this.sync();
    for (const entry of restored()) this.#deliver(entry, true);
  }

  /** Sends typed text or a choice. A choice that is already on its way isn't sent twice. */
  send(content, shown) {
    if (!content.typed && this.outbox.some((entry) => entry.shown === shown)) return;
    const { typed, ...message } = content;
    this.#deliver({ message: { id: uuid(), ...message }, shown }, false);
  }

  /** Takes over what other tabs, or an earlier try, added on the server. */
  sync() {
    if (!this.#opened) return;
    this.#task(() => oneTabAtATime(async () => {
      await this.#reload();
      if (!this.items.length) await this.#start();
    }));
  }

  /** Forgets everything, here and on the server, and starts anew. */
  erase() {
    return this.#task(() => oneTabAtATime(async () => {
      await this.transport.erase();
      this.outbox = [];
      save(this.outbox);
      this.items = [];
      this.view.reset([]);
      await this.#start();
    }));
  }

  /** Tells whether the reply to a message helped. When that can't be taken nothing is lost: the thanks stay. */
  thumb = (turn, up) => this.transport.thumb(turn, up).catch((error) => error instanceof Refused || console.error("wegwijs:", error));

  async #start() {
    const reply = await this.transport.post({ id: uuid(), start: true });
    this.#take(null, reply.messages ?? []);
  }

  /** Shows the message at once, sends it when its turn comes. */
  #deliver(entry, again) {
    this.outbox.push(entry);
    save(this.outbox);
    this.view.pending(entry);
    this.#task(() => this.#sendEntry(entry, again));
  }

  async #sendEntry(entry, again) {
    if (!this.outbox.includes(entry)) return; // erased meanwhile
    try {
      const reply = await this.transport.post(entry.message);
      this.#done(entry);
      if (again) {
        this.view.removed(entry);
        return await this.#reload();
      }
      this.#take(entry, reply.messages ?? []);
    } catch (error) {
      this.#done(entry);
      this.view.removed(entry);
      throw error instanceof Refused ? Object.assign(error, { text: entry.message.text }) : error;
    }
  }

  #done(entry) {
    this.outbox = this.outbox.filter((other) => other !== entry);
    save(this.outbox);
  }

  #take(entry, messages) {
    if (entry) this.items.push({ role: "user", text: entry.shown });
    this.items.push(...messages);
    this.view.added(messages, entry);
    this.channel?.postMessage("changed");
  }

  /** Brings the page in line with the server: adds what is new at the end, redraws only when the past differs. */
  async #reload() {
    const { messages = [] } = await this.transport.history();
    const said = messages.filter((item) => item.text || item.data || item.buttons?.length);
    if (this.items.length <= said.length && this.items.every((item, at) => same(item, said[at]))) {
      const fresh = said.slice(this.items.length);
      const first = !this.items.length;
      this.items = said;
      if (first) this.view.reset(said);
      else if (fresh.length) this.view.added(fresh, null, true);
      return;
    }
    this.items = said;
    this.view.reset(said, true);
  }

  async #task(work) {
    this.#waiting += 1;
    this.view.busy(true);
    const run = this.#tail.then(work);
    this.#tail = run.catch(() => {});
    try {
      await run;
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) console.error("wegwijs:", error);
      this.view.failed(error instanceof Refused ? error : new Refused(""));
      return false;
    } finally {
      this.#waiting -= 1;
      if (!this.#waiting) this.view.busy(false);
    }
  }
}

const same = (one, other) => one.role === other.role && (one.text ?? "") === (other.text ?? "");

/** Two tabs opened together must not both begin the conversation. */
function oneTabAtATime(work) {
  return navigator.locks ? navigator.locks.request("wegwijs start", work) : work();
}

function save(outbox) {
  try {
    sessionStorage.setItem(OUTBOX, JSON.stringify(outbox));
  } catch {
    // no storage: then a reload while offline loses the unsent message, nothing else
  }
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(OUTBOX)) ?? [];
  } catch {
    return [];
  }
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on secure pages
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
