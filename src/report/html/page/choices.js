// What can be done next: by whom it is about, by what comes back, by others, systems and time. One button each.

// Why something cannot be done now, or nothing.
const refused = (way, index) => {
  const used = lane().counts[`${lane().at}.${index}`] || 0;
  if (way.times !== undefined && used >= way.times) return `taken ${way.times} times already`;
  if (way.kind !== "outcome" && !holds(way.when)) return `only when ${plain(way.when_text)}`;
  if (way.kind === "outcome" && !holds(way.when, way.after)) return `only when ${plain(way.when_text)}`;
  return "";
};

const button = (text, small, run, why = "", className = "") =>
  el("button", {type: "button", className, disabled: Boolean(why), onclick: () => move(run)}, text, small || why ? el("small", {}, why || small) : "");

// What can be done at a step: buttons in groups.
const options = () => {
  const of = lane();
  const place = steps[of.at];
  const can = [];
  const other = [];
  place.ways.forEach((way, index) => {
    const lead = way.is_back ? "back" : way.to === of.at ? "stays here" : `to ${steps[way.to].title}`;
    const go = () => { log(way.kind === "next" ? place.button || "Go on" : way.text); take(of, way, index); };
    const why = refused(way, index);
    if (way.kind === "choice" || way.kind === "screen") can.push(button(way.kind === "choice" ? way.choice || way.text : way.text, lead, go, why));
    else if (way.kind === "next" && place.runs === undefined) can.unshift(button(place.button || "Go on", lead, go, why, "main"));
    else if (way.kind === "timeout") other.push(button("It takes too long", lead, go, why));
    else if (way.kind === "exhausted") {
      const isUsed = place.ways.some((one, at) => one.times !== undefined && (of.counts[`${of.at}.${at}`] || 0) >= one.times);
      other.push(button("Tried often enough", lead, go, isUsed ? why : "only after the last try"));
    } else if (way.kind === "value") can.push(button(way.text, lead, go, why));
    else if (way.kind === "state") {
      const [thing, state] = named(way.what);
      if (now.things[thing] === state) other.push(button(`${things[thing].title} is ${things[thing].states[state].title}`, lead, go, why));
    } else if (way.kind === "end") can.push(button(way.text, lead, go, why));
  });
  if (place.runs !== undefined) {
    const isAwaited = !place.button && place.ways.every((way) => way.choice === undefined || way.kind !== "outcome") && place.waits.some((wait) => wait.startsWith("waits for"));
    const text = isAwaited ? "The answer comes" : place.button || (place.seen.some((seen) => seen.startsWith("task: ")) ? "Do it" : "Go on");
    can.unshift(button(text, `runs ${actions[place.runs].name}`, () => { log(text); now.asks = {action: place.runs, choice: null}; }, "", "main"));
  }
  for (const [label, action] of place.choices) {
    const at = place.ways.findIndex((way) => way.choice === label);
    const why = at < 0 ? "" : refused({...place.ways[at], kind: "choice", when: place.ways[at].when.slice(place.ways[at].after), times: undefined}, at);
    can.push(button(label, `runs ${actions[action].name}`, () => { log(`“${label}”`); now.asks = {action, choice: label}; }, why));
  }
  if (place.end && place.ways.length) can.push(button("It ends here", place.end[1], () => finish(of, place.end)));
  return [can, other];
};

// What comes back from an action that a step has run.
const answers = () => {
  const of = lane();
  const place = steps[of.at];
  const {action, choice} = now.asks;
  const next = place.ways.findIndex((way) => way.kind === "next");
  return actions[action].outcomes.map((outcome, index) => {
    const ways = place.ways.map((way, at) => [way, at])
      .filter(([way]) => way.kind === "outcome" && way.what === outcome.what && (way.choice ?? null) === choice);
    const open = ways.filter(([way, at]) => !refused(way, at));
    const [way, at] = open[0] || ways[0] || (choice === null && next >= 0 ? [place.ways[next], next] : [null, -1]);
    const why = outcome.when.length && !holds(outcome.when) ? `only when ${plain(outcome.when_text)}` : ways.length && !open.length ? refused(way, at) : "";
    const run = () => {
      const step = of.at;
      now.asks = null;
      result(action, index);
      if (of.at !== step || of.over) return;
      const fits = ways.find(([one, which]) => !refused(one, which) && holds(one.when));
      const [taken, which] = fits || (way ? [way, at] : [null, -1]);
      if (taken) take(of, taken, which);
      else if (outcome.class === "interim" || actions[action].is_later) { log("Nothing is drawn for that here; the answer is still to come"); if (!now.asked.includes(action)) now.asked.push(action); of.over = {kind: "open", text: `${outcome.text} comes, and nobody has drawn what follows`}; }
      else of.over = {kind: "dead", text: `${outcome.text} comes, and nobody has drawn what follows`};
    };
    const small = way ? (way.is_back ? "back" : way.to === of.at ? "stays here" : `to ${steps[way.to].title}`) : "no answer in the plan";
    return button(outcome.text, small, run, why, way ? "" : "missing");
  });
};

// What others, systems and time can do meanwhile.
const meanwhile = () => {
  const can = [];
  now.lanes.forEach((of, index) => {
    if (index === now.lane || of.over) return;
    can.push(button(`Go on as ${steps[of.at].who}`, steps[of.at].title, () => { now.lane = index; now.asks = null; log(`Now as ${steps[of.at].who}`); }));
  });
  now.things.forEach((state, thing) => {
    const timeout = state === null ? undefined : things[thing].states[state].timeout;
    if (!timeout) return;
    can.push(button(`${timeout[0]} pass`, `${things[thing].title} is still ${things[thing].states[state].title}`, () => { log(`${timeout[0]} pass`); change(timeout[1]); }));
  });
  for (const action of now.asked) {
    actions[action].outcomes.forEach((outcome, index) => {
      if (outcome.class !== "interim") can.push(button(`${actions[action].name}: ${outcome.text}`, "the answer comes", () => result(action, index)));
    });
  }
  for (const sent of sends) {
    const isLikely = sent.sets.some(([thing]) => now.things[thing] !== null);
    if (isLikely) can.push(button(sent.what, `${sent.system}, unasked`, () => { log(`${sent.system} sends ${sent.what}`); change(sent.sets); happens(sent.what); }));
  }
  return can;
};
