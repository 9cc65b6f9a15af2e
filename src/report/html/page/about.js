// Everything about a step, beside the picture in which it was pressed.

const about = el("aside", {className: "about", "aria-label": "About the step", hidden: true});
let pressed = null;

const closeAbout = () => {
  about.hidden = true;
  for (const node of document.querySelectorAll(".node.told")) node.classList.remove("told");
  if (pressed) pressed.focus({preventScroll: true});
};

const tellAbout = (at, node) => {
  const place = steps[at];
  if (node) pressed = node;
  for (const one of document.querySelectorAll(".node")) one.classList.toggle("told", one.dataset.at === String(at));
  const part = (heading, lines) => (lines.length ? [el("h4", {}, heading), list(lines)] : []);
  const press = (text, onclick) => el("button", {type: "button", onclick}, text);
  const cards = document.querySelectorAll(".gap");
  const show = (index) => { cards[index].hidden = false; cards[index].scrollIntoView({block: "center"}); cards[index].focus({preventScroll: true}); };
  const heading = el("h3", {tabIndex: -1}, place.title);
  about.replaceChildren(
    el("div", {className: "bar"}, press("Walk from here", () => { start(at); root.closest("section").scrollIntoView(); }), press("Close", closeAbout)),
    heading,
    el("p", {className: "soft"}, [place.who, place.surfaces.join(", "), `stage ${place.stage}`, place.entrance].filter(Boolean).join(" · ")),
    ...part("What is missing", place.found.map((index) => press(cards[index].querySelector("h3").textContent, () => show(index)))),
    ...part("What is seen and done", place.seen.map(plain)),
    ...part("Behind it", place.behind.map(plain)),
    ...part("Time", place.waits.map(plain)),
    ...part("Messages", place.messages.map(plain)),
    ...part("What follows", place.ways.map((way) => (way.is_back ? `${way.text} → back` : press(`${way.text} → ${steps[way.to].title}`, () => tellAbout(way.to))))
      .concat(place.end ? [`ends: ${place.end[0]}`] : [])),
    ...part("Questions and decisions", place.remarks.map(plain)));
  about.hidden = false;
  about.scrollTop = 0;
  heading.focus({preventScroll: true});
  about.scrollIntoView({block: "nearest"});
};

about.addEventListener("keydown", (event) => { if (event.key === "Escape") closeAbout(); });

// Every step of a picture becomes a button.
const pressable = () => {
  document.querySelector(".views").append(about);
  for (const node of document.querySelectorAll(".frame .node[data-at]")) {
    const at = Number(node.dataset.at);
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.addEventListener("click", () => tellAbout(at, node));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      tellAbout(at, node);
    });
  }
};
