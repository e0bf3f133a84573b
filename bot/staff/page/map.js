// Makes the map larger and smaller. It scrolls like any box, with the mouse, a finger or the arrow keys.

const box = document.getElementById("map");
const svg = box?.querySelector("svg");

if (svg) {
  const own = svg.viewBox.baseVal.width || svg.width.baseVal.value;
  svg.removeAttribute("height");
  const resize = (width) => svg.setAttribute("width", String(Math.round(Math.min(Math.max(width, 200), 12000))));
  const all = () => resize(box.clientWidth - 20);
  resize(Math.min(own, 1.6 * box.clientWidth));
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? resize(svg.getBoundingClientRect().width * factor) : all()));
  }
  // The left of the drawing may be empty on a narrow screen: begin where its uppermost box is.
  const nodes = [...svg.querySelectorAll("g.node")].map((node) => node.getBoundingClientRect());
  const first = nodes.sort((one, other) => one.top - other.top)[0];
  if (first && first.left > box.getBoundingClientRect().right - 60) box.scrollLeft = first.left - box.getBoundingClientRect().left - 20;
}
