// Where the walk is in the picture: marked there, and shown in a window of its own beside the walk.

const SVG = "http://www.w3.org/2000/svg";
const AROUND = {x: 200, y: 110};
const map = document.createElementNS(SVG, "svg");
const copy = document.createElementNS(SVG, "use");
map.setAttribute("class", "map");
map.setAttribute("aria-hidden", "true");
map.append(copy);

const where = (at) => {
  const been = new Set(now.lanes.flatMap((of) => [...of.came, of.at]).map(String));
  for (const node of document.querySelectorAll(".frame .node[data-at]")) {
    node.classList.toggle("here", node.dataset.at === String(at));
    node.classList.toggle("been", been.has(node.dataset.at));
  }
  const node = document.querySelector(`#view-flow .node[data-at="${at}"]`);
  if (!node) { map.remove(); return; }
  const svg = node.closest("svg");
  const {wide, high} = frames.find((of) => of.svg === svg);
  const [x, y, w, h] = node.dataset.rect.split(" ").map(Number);
  copy.setAttribute("href", `#${svg.id}`);
  copy.setAttribute("width", wide);
  copy.setAttribute("height", high);
  map.setAttribute("viewBox", `${x - AROUND.x} ${y - AROUND.y} ${w + 2 * AROUND.x} ${h + 2 * AROUND.y}`);
  side.prepend(map);
};

// A number goes where a filter hides all that it stands for.
const unmark = () => {
  const cards = document.querySelectorAll(".gap");
  for (const badge of document.querySelectorAll(".frame .badge")) {
    badge.classList.toggle("off", badge.dataset.found.split(" ").every((number) => cards[number - 1].hidden));
  }
};
