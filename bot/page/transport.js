// Speaks with the server. Every message carries an id made here, so sending it again is harmless:
// whatever goes wrong on the way, the same message is tried again until there is an answer.

import { nl } from "./nl.js";

const TIMEOUT = 20_000; // after this an attempt counts as lost
const SLOW = 6_000; // after this the visitor is told that it takes longer
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];
const TRIES_ON_ERROR = 4; // attempts at a request that the server itself fails on

/** The server understood and said no; `message` is one Dutch sentence. */
export class Refused extends Error {}

export class Transport {
  #wake = () => {};

  /** `base` is the address of the bot; `onStatus(sentence | "")` is told how it goes. */
  constructor(base, onStatus) {
    this.base = base;
    this.onStatus = onStatus;
    this.retryNow = () => this.#wake();
    globalThis.addEventListener("online", this.retryNow);
  }

  close() {
    globalThis.removeEventListener("online", this.retryNow);
  }

  post = (message) => this.#insist("chat", message);
  history = () => this.#insist("chat/history");
  erase = () => this.#insist("chat/erase", {});
  thumb = (id, up) => this.#insist("chat/thumb", { id, up });

  async #insist(path, body) {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(path, body);
      if (outcome.reply) {
        this.onStatus("");
        return outcome.reply;
      }
      if (outcome.refusal || (outcome.failure && attempt + 1 >= TRIES_ON_ERROR)) {
        this.onStatus("");
        throw new Refused(outcome.refusal ?? nl.status.failed);
      }
      this.onStatus(outcome.trouble, true);
      await this.#pause(outcome.wait ?? PAUSES[Math.min(attempt, PAUSES.length - 1)]);
    }
  }

  async #attempt(path, body) {
    const slow = setTimeout(() => this.onStatus(nl.status.slow), SLOW);
    try {
      const response = await fetch(new URL(path, this.base), options(body));
      const reply = await response.json().catch(() => ({}));
      return judge(response, reply);
    } catch {
      return { trouble: navigator.onLine === false ? nl.status.offline : nl.status.unreachable };
    } finally {
      clearTimeout(slow);
    }
  }

  /** Waits a little; being online again, or "probeer nu", ends it at once. */
  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds * (1 + Math.random() / 4));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function options(body) {
  const signal = AbortSignal.timeout?.(TIMEOUT);
  const common = { credentials: "include", cache: "no-store", signal };
  if (body === undefined) return common;
  return { ...common, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** What a response means: a reply, a refusal, or trouble that passes. */
function judge(response, reply) {
  if (response.ok && reply && typeof reply === "object") return { reply };
  const { status } = response;
  const wait = Number(response.headers.get("Retry-After")) * 1000 || undefined;
  if (status === 429) return { trouble: reply.error ?? nl.status.busy, wait };
  if (status === 503) return { trouble: reply.error ?? nl.status.starting, wait };
  if (status >= 500) return { trouble: nl.status.unreachable, failure: status === 500 };
  return { refusal: reply.error ?? (status === 413 ? nl.status.tooLong : nl.status.failed) };
}
