// What the page begins with.

// On a narrow screen the contents would fill the first page.
if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;

if (frames.length) {
  frames.forEach((of, index) => { of.svg.id = `drawn-${index}`; movable(of); });
  pressable();
  tabs();
}

// The person's own ways in come first.
const waysIn = steps.map((place, index) => [place, index]).filter(([place]) => place.entrance)
  .sort((one, two) => one[0].is_beside - two[0].is_beside || one[1] - two[1]);
entrances.append(...waysIn.map(([place, index]) => el("option", {value: index}, `${place.title} (${place.who}, ${place.entrance})`)));
entrances.addEventListener("change", () => start(Number(entrances.value)));
if (waysIn.length) {
  root.replaceChildren(
    el("p", {className: "soft"}, "Choose what is done and what comes back, and see what it does."),
    el("div", {className: "bar"}, el("label", {}, "Start at", entrances), el("button", {type: "button", onclick: () => start(Number(entrances.value))}, "Start again"), back),
    said, el("div", {className: "walk"}, card, side));
  start(waysIn[0][1], true);
} else {
  root.replaceChildren(el("p", {className: "note"}, "Nobody gets into this plan yet, so there is nothing to walk."));
}

const filters = document.getElementById("filters");
if (filters) {
  filters.hidden = false;
  filters.addEventListener("change", filter);
  filter();
  for (const one of document.querySelectorAll(".replay")) {
    one.hidden = false;
    one.addEventListener("click", () => replay(Number(one.dataset.path)));
  }
}
