// What the visitor set: letter size, colours, reading aloud, ticks. Kept on the device, never sent.

const KEY = "wegwijs:settings";
const TICKS = "wegwijs:ticks";
const DRAFT = "wegwijs:draft";

export const size = (host) => host.getAttribute("size") ?? "1";
export const theme = (host) => host.getAttribute("theme") ?? "auto";
export const speaks = (host) => host.hasAttribute("speaks");

export const setSize = (host, value) => set(host, "size", value);
export const setTheme = (host, value) => set(host, "theme", value);
export function setSpeaks(host, on) {
  host.toggleAttribute("speaks", on);
  keep(localStore(), KEY, { ...kept(localStore(), KEY), speaks: on });
}

/** Gives the element what was chosen at an earlier visit. */
export function restore(host) {
  const chosen = kept(localStore(), KEY);
  for (const name of ["size", "theme"]) if (chosen[name]) host.setAttribute(name, chosen[name]);
  if (chosen.speaks) host.toggleAttribute("speaks", true);
}

/** Ticks of a check list last as long as the tab. */
export const isTicked = (id) => Boolean(kept(tabStore(), TICKS)[id]);
export const setTicked = (id, on) => keep(tabStore(), TICKS, { ...kept(tabStore(), TICKS), [id]: on });

/** The portfolio text of a scan, as the visitor changed it; of one scan at a time. */
export const draftOf = (id) => (kept(localStore(), DRAFT).id === id ? kept(localStore(), DRAFT).text : null);
export const setDraft = (id, text) => keep(localStore(), DRAFT, { id, text });

/** With the conversation goes what was ticked and written in it. */
export function forgetTicks() {
  keep(tabStore(), TICKS, {});
  keep(localStore(), DRAFT, {});
}

function set(host, name, value) {
  host.setAttribute(name, value);
  keep(localStore(), KEY, { ...kept(localStore(), KEY), [name]: value });
}

// A browser may refuse storage altogether: then nothing is kept, and all else works.
const guarded = (read) => {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
};
const localStore = () => guarded(() => localStorage);
const tabStore = () => guarded(() => sessionStorage);
const kept = (store, key) => guarded(() => JSON.parse(store.getItem(key))) ?? {};
const keep = (store, key, value) => guarded(() => store.setItem(key, JSON.stringify(value)));
