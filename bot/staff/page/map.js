// Makes the map larger and smaller. It scrolls like any box, with the mouse, a finger or the arrow keys.

const LEGIBLE = 1.1; // pixels for a point of the drawing: its letters begin 13 pixels high; "Alles" shows the whole

const box = document.getElementById("map");
const svg = box?.querySelector("svg");

if (svg) {
  const own = svg.viewBox.baseVal.width || svg.width.baseVal.value;
  svg.removeAttribute("height");
  const resize = (width) => svg.setAttribute("width", String(Math.round(Math.min(Math.max(width, 200), 12000))));
  const all = () => resize(box.clientWidth - 20);
  resize(own * LEGIBLE);
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? resize(svg.getBoundingClientRect().width * factor) : all()));
  }
  // The corner of the drawing may be empty: begin where its first box is, from left to right and then from above.
  const nodes = [...svg.querySelectorAll("g.node")].map((node) => node.getBoundingClientRect());
  const [first] = nodes.sort((one, other) => Math.round((one.left - other.left) / 40) || one.top - other.top);
  if (first) box.scrollTo(first.left - box.getBoundingClientRect().left - 20, first.top - box.getBoundingClientRect().top - box.clientHeight / 3);
}
