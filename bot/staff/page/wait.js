// Says how far the work is, and shows the page anew when it is done.

const PAUSE = 1000; // milliseconds between two looks
const places = [...document.querySelectorAll("[data-job]")];

async function look() {
  let waiting = false;
  for (const place of places) {
    const { done, line } = await (await fetch(`/staff/werk/${place.dataset.job}`)).json();
    const text = `Bezig. ${line}`;
    if (done) return location.reload();
    if (place.textContent !== text) place.textContent = text;
    waiting = true;
  }
  if (waiting) setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
