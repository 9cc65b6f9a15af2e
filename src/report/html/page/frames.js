// The pictures: one view at a time, made larger and smaller, and moved by hand.

const LEAST = 0.15;
const MOST = 4;
// Smaller than this nothing in a picture can be read.
const READABLE = 0.8;
// A picture of three steps is not blown up to a poster.
const LARGE = 1.15;

const frames = [...document.querySelectorAll(".frame")].map((frame) => {
  const svg = frame.querySelector("svg");
  const [, , wide, high] = svg.getAttribute("viewBox").split(" ").map(Number);
  return {frame, svg, wide, high, scale: 0};
});

// The point of the picture at (x, y) of its frame stays there.
const zoom = (of, scale, x = of.frame.clientWidth / 2, y = of.frame.clientHeight / 2) => {
  const next = Math.min(MOST, Math.max(LEAST, scale));
  const before = of.scale || next;
  const [atX, atY] = [(of.frame.scrollLeft + x) / before, (of.frame.scrollTop + y) / before];
  of.scale = next;
  of.svg.setAttribute("width", of.wide * next);
  of.svg.setAttribute("height", of.high * next);
  of.frame.scrollLeft = atX * next - x;
  of.frame.scrollTop = atY * next - y;
};

const whole = (of) => zoom(of, Math.min(of.frame.clientWidth / of.wide, window.innerHeight * 0.85 / of.high));
// A small screen begins with a part that can be read.
const readable = (of) => { zoom(of, Math.min(LARGE, Math.max(READABLE, of.frame.clientWidth / of.wide))); of.frame.scrollTo(0, 0); };

const movable = (of) => {
  const {frame} = of;
  frame.addEventListener("wheel", (event) => {
    // The wheel alone moves the page, as everywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const {left, top} = frame.getBoundingClientRect();
    zoom(of, of.scale * Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top);
  }, {passive: false});
  frame.addEventListener("keydown", (event) => {
    const by = {"+": 1.25, "=": 1.25, "-": 0.8}[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(by || event.key === "0")) return;
    event.preventDefault();
    if (by) zoom(of, of.scale * by); else whole(of);
  });
  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) held = {x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop};
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!frame.classList.contains("moving") && Math.hypot(x, y) < 4) return;
    frame.classList.add("moving");
    frame.scrollTo(held.left - x, held.top - y);
  });
  // The click that ends a move presses nothing.
  frame.addEventListener("click", (event) => {
    if (frame.classList.contains("moving")) { event.stopPropagation(); event.preventDefault(); }
    frame.classList.remove("moving");
  }, true);
  frame.addEventListener("pointerup", () => { held = null; });
  frame.addEventListener("pointerleave", () => { held = null; frame.classList.remove("moving"); });
  let apart = 0;
  frame.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) { apart = 0; return; }
    event.preventDefault();
    const [one, two] = event.touches;
    const now = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    const {left, top} = frame.getBoundingClientRect();
    if (apart) zoom(of, of.scale * now / apart, (one.clientX + two.clientX) / 2 - left, (one.clientY + two.clientY) / 2 - top);
    apart = now;
  }, {passive: false});
  frame.addEventListener("touchend", () => { apart = 0; });
  const name = frame.getAttribute("aria-label");
  const press = (text, label, onclick) => el("button", {type: "button", "aria-label": `${label}: ${name}`, title: label, onclick}, text);
  frame.before(el("div", {className: "tools"},
    el("span", {className: "soft"}, name),
    press("−", "Smaller", () => zoom(of, of.scale * 0.8)), press("+", "Larger", () => zoom(of, of.scale * 1.25)), press("Whole", "The whole picture", () => whole(of))));
};

// The views as tabs: the one that is chosen is shown, and the arrow keys choose.
const tabs = () => {
  const views = [...document.querySelectorAll(".view")];
  const choose = (chosen) => {
    views.forEach((view, index) => {
      view.hidden = index !== chosen;
      buttons[index].setAttribute("aria-selected", index === chosen);
      buttons[index].tabIndex = index === chosen ? 0 : -1;
    });
    for (const of of frames) if (!of.scale && views[chosen].contains(of.frame)) readable(of);
  };
  const buttons = views.map((view, index) => {
    view.setAttribute("role", "tabpanel");
    view.setAttribute("aria-labelledby", `tab-${view.id}`);
    const title = view.querySelector("h3");
    title.className = "on-paper";
    return el("button", {type: "button", id: `tab-${view.id}`, role: "tab", "aria-controls": view.id, onclick: () => choose(index)}, title.textContent);
  });
  const bar = el("div", {className: "tabs", role: "tablist", "aria-label": "What the picture shows"}, ...buttons);
  bar.addEventListener("keydown", (event) => {
    const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!by) return;
    const next = (buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length;
    choose(next);
    buttons[next].focus();
  });
  views[0].parentElement.before(bar);
  choose(0);
};
