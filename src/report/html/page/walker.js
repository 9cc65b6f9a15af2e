// The walk on the page: the card of the step, what is so beside it, and the ways in.

// A move of the walk: remembered, done, told.
const move = (what) => {
  before.push(JSON.stringify(now));
  now.changed = [];
  what();
  show();
};

const root = document.getElementById("walker");
const said = el("p", {className: "said soft", role: "status", "aria-live": "polite"});
const card = el("div", {className: "card"});
const side = el("div", {className: "side"});
const entrances = el("select", {id: "entrance"});
const back = el("button", {type: "button", onclick: () => { if (before.length) { now = JSON.parse(before.pop()); show(); } }}, "One step back");

const start = (step, isFirst = false) => {
  now = fresh();
  before = [];
  arrive(now.lanes[begin(step)], step);
  now.trail.unshift({text: steps[step].title, isBad: false});
  show(isFirst);
};

const show = (isFirst = false) => {
  back.disabled = !before.length;
  const of = lane();
  const place = steps[of.at];
  const heading = el("h3", {tabIndex: -1}, place.title);
  const screens = place.seen.filter((line) => !line.startsWith("from "));
  card.replaceChildren(heading,
    el("p", {className: "soft"}, [place.who, place.surfaces.join(", "), `stage ${place.stage}`].filter(Boolean).join(" · ")),
    screens.length ? el("div", {className: "screen"}, ...screens.map((line) => el("p", {}, plain(line)))) : "",
    ...(place.behind.length ? [el("h4", {}, "Behind it"), list(place.behind.map(plain))] : []),
    ...(place.waits.length ? [el("h4", {}, "Time"), list(place.waits.map(plain))] : []));
  const group = (heading, buttons) => (buttons.length ? [el("h4", {}, heading), el("div", {className: "options", role: "group", "aria-label": heading}, ...buttons)] : []);
  if (of.over) card.append(ending(of.over));
  else if (now.asks) {
    const work = actions[now.asks.action];
    card.append(...group(`${work.name} runs${work.system ? ` at ${work.system}` : ""}: what comes back?`, answers()));
  } else {
    const [can, other] = options();
    card.append(...group(`What ${place.who === "anybody" ? "the person" : place.who} can do`, can), ...group("Or", other));
  }
  card.append(...group("Meanwhile", meanwhile()));
  const state = now.things.map((state, thing) => [state, thing]).filter(([state]) => state !== null);
  side.replaceChildren(
    el("h4", {}, "Things"),
    state.length ? list(state.map(([state, thing]) => el("b", {className: now.changed.includes(title(thing, state)) ? "new" : ""}, title(thing, state)))) : el("p", {className: "soft"}, "Nothing is tracked yet."),
    el("h4", {}, "Messages sent"),
    now.told.length ? list(now.told) : el("p", {className: "soft"}, "None yet."),
    el("h4", {}, "What happened"),
    el("ol", {className: "trail", tabIndex: 0, "aria-label": "What happened"}, ...now.trail.map((entry) => el("li", {className: entry.isBad ? "bad" : ""}, entry.text))));
  const trail = side.querySelector(".trail");
  trail.scrollTop = trail.scrollHeight;
  const end = of.over ? (ENDS[of.over.kind] || ENDS.open)[1] + ". " : "";
  said.textContent = isFirst ? "" : `${place.title}. ${end}${now.changed.join(". ")}`;
  if (!isFirst) heading.focus({preventScroll: true});
  where(of.at);
};
