"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const {steps, actions, things, messages, sends, firsts, paths} = plan;

  // Elements are made, never parsed: a text of the plan stays a text.
  const el = (tag, options = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(options)) {
      if (key === "onclick") made.addEventListener("click", value);
      else if (key in made && key !== "list") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };
  const list = (items, tag = "ul") => el(tag, {}, ...items.map((item) => el("li", {}, item)));
  // Names in backticks are told without them.
  const plain = (text) => text.replaceAll("`", "");

  // What is so at one moment of the walk. Plain data, so that a step back is the moment before.
  // lanes: who is where; things: the state of each, or nothing; asked: actions whose answer is still to come.
  let now = null;
  let before = [];

  const fresh = () => ({lanes: [], lane: 0, things: things.map(() => null), asked: [], told: [], trail: [], changed: [], asks: null});
  const lane = () => now.lanes[now.lane];
  const title = (thing, state) => `${things[thing].title}: ${things[thing].states[state].title}`;
  const log = (text, isBad = false) => { now.trail.push({text, isBad}); now.changed.push(text); };
  const holds = (terms, from = 0, to = terms.length) =>
    terms.slice(from, to).every(([thing, states]) => states.includes(now.things[thing]));

  // Begins a way of somebody at a step.
  const begin = (step) => {
    now.lanes.push({at: null, came: [], calls: [], counts: {}, over: null});
    return now.lanes.length - 1;
  };

  const arrive = (of, step, isBack = false) => {
    if (of.at !== null && !isBack) of.came.push(of.at);
    of.at = step;
    of.over = null;
    const place = steps[step];
    if (place.needs.length && !holds(place.needs)) log(`${place.title} needs ${plain(place.needs_text)}, and that is not so here`, true);
    if (place.calls !== undefined) {
      const first = firsts[place.calls];
      if (first === null || of.calls.length > 20) of.over = {kind: "broken", text: "The journey that is used here has no step"};
      else { of.calls.push(step); arrive(of, first); }
      return;
    }
    const isEnd = place.end && !place.ways.length;
    if (isEnd) finish(of, place.end);
    else if (!place.end && !place.ways.length && place.runs === undefined && !place.choices.length) {
      of.over = {kind: "dead", text: "A dead end: nothing leads on from here, and it is no end"};
    }
  };

  const finish = (of, [name, kind]) => {
    if (of.calls.length) {
      const caller = of.calls.pop();
      const on = steps[caller].ways.find((way) => way.kind === "end" && way.what === name) || steps[caller].ways.find((way) => way.kind === "next");
      if (on) { of.at = caller; arrive(of, on.to); }
      else of.over = {kind: "broken", text: `The journey ends with ${name}, and ${steps[caller].title} has no answer for that`};
      return;
    }
    of.over = {kind, text: name};
  };

  // Something happens: messages go out, ways of others begin, pages that watch it lead on.
  const happens = (what) => {
    for (const message of messages) {
      if (message.when.includes(what)) { now.told.push(`${message.title} (to ${message.to})`); log(`Message to ${message.to}: ${message.title}`); }
    }
    steps.forEach((place, index) => {
      if (place.when.includes(what)) { log(`${place.who}: ${place.title} begins`); arrive(now.lanes[begin(index)], index); }
    });
    for (const of of now.lanes) {
      if (of.over || of.at === null) continue;
      const on = steps[of.at].ways.find((way) => way.kind === "state" && way.what === what && holds(way.when));
      if (on) { log(`${steps[of.at].title} leads on to ${steps[on.to].title}`); arrive(of, on.to); }
    }
  };

  const becomes = (thing, state, isFresh) => {
    const old = now.things[thing];
    const isAllowed = old === null || isFresh || old === state || things[thing].states[old].then.includes(state);
    now.things[thing] = state;
    if (!isAllowed) log(`${things[thing].title} may not go from ${things[thing].states[old].title} to ${things[thing].states[state].title}, and does`, true);
    else if (old !== state) log(title(thing, state));
    if (old !== state || isFresh) happens(things[thing].states[state].what);
  };

  const change = (changes, fresh = []) => {
    for (const [thing, moves] of changes) {
      const move = moves.find(([from]) => from === now.things[thing]) || moves.find(([from]) => from === null);
      if (move) becomes(thing, move[1], fresh.includes(thing));
    }
  };

  // An action ends so. A thing whose state has an answer of its own to that does as it says.
  const result = (action, index) => {
    const work = actions[action];
    const outcome = work.outcomes[index];
    log(`${work.name}: ${outcome.text}`);
    const isInterim = outcome.class === "interim";
    now.asked = now.asked.filter((asked) => asked !== action);
    if (isInterim && work.is_later) now.asked.push(action);
    const reacted = things.map((thing, at) => {
      const state = now.things[at] === null ? null : thing.states[now.things[at]];
      return state && !work.creates.includes(at) ? state.on.find(([what]) => what === outcome.what || what === work.name) : undefined;
    });
    change(outcome.sets.filter(([thing]) => !reacted[thing]), work.creates);
    reacted.forEach((reaction, at) => {
      if (!reaction) return;
      if (reaction[1].length) change(reaction[1]);
      else log(`${things[at].title} stays as it is: that answer comes too late`);
    });
    happens(outcome.what);
    happens(work.name);
  };

  const take = (of, way, index) => {
    of.counts[`${of.at}.${index}`] = (of.counts[`${of.at}.${index}`] || 0) + 1;
    if (way.sets.length) change(way.sets);
    if (way.is_back && of.came.length) arrive(of, of.came.pop(), true);
    else if (way.to === of.at) log(`${steps[of.at].title} stays`);
    else arrive(of, way.to);
  };

  // A move of the walk: remembered, done, told.
  const move = (what) => {
    before.push(JSON.stringify(now));
    now.changed = [];
    what();
    show();
  };

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

  const named = (what) => {
    for (let thing = 0; thing < things.length; thing += 1) {
      const state = things[thing].states.findIndex((one) => one.what === what);
      if (state >= 0) return [thing, state];
    }
    return [-1, -1];
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

  const ENDS = {
    success: ["good", "It ends well"], done: ["good", "The work is done"], abandoned: ["", "The person leaves"],
    failure: ["bad", "It ends badly: the journey fails"], dead: ["bad", "It ends badly"], broken: ["bad", "It ends badly"], open: ["bad", "It hangs"],
  };

  // What is left over when a way ends.
  const unfinished = () => {
    const left = [];
    now.things.forEach((state, thing) => {
      if (state === null || things[thing].states[state].is_final) return;
      left.push(`${title(thing, state)} (${plain(things[thing].states[state].goes_on.join("; "))})`);
    });
    for (const action of now.asked) left.push(`${actions[action].name} still owes its answer`);
    now.lanes.forEach((of, index) => { if (index !== now.lane && !of.over) left.push(`${steps[of.at].who} has to go on: ${steps[of.at].title}`); });
    return left;
  };

  const ending = (over) => {
    const [className, heading] = ENDS[over.kind] || ENDS.open;
    const left = unfinished();
    return el("div", {className: `end ${className}`},
      el("h4", {className}, heading), el("p", {}, over.text),
      left.length ? el("p", {}, "Not finished yet:") : el("p", {}, "Nothing is left unfinished."), left.length ? list(left) : "");
  };

  const root = document.getElementById("walker");
  const said = el("p", {className: "said soft", role: "status", "aria-live": "polite"});
  const card = el("div", {className: "card"});
  const side = el("div", {className: "side"});
  const entrances = el("select", {id: "entrance"});
  const back = el("button", {type: "button", onclick: () => { if (before.length) { now = JSON.parse(before.pop()); show(); } }}, "One step back");

  const start = (step) => {
    now = fresh();
    before = [];
    arrive(now.lanes[begin(step)], step);
    now.trail.unshift({text: steps[step].title, isBad: false});
    show();
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
  };

  // Walks the way of a finding as far as it goes.
  const replay = (index) => {
    const path = paths[index];
    const first = path.findIndex((hop) => hop.at !== undefined);
    if (first < 0) return;
    start(path[first].at);
    for (const hop of path.slice(first + 1)) {
      before.push(JSON.stringify(now));
      now.changed = [];
      follow(hop);
    }
    show();
    root.closest("section").scrollIntoView();
  };

  const follow = (hop) => {
    const cause = hop.cause.replace(/^[a-z0-9-]+: /, "");
    if (hop.at === undefined) {
      for (let action = 0; action < actions.length; action += 1) {
        const outcome = actions[action].outcomes.findIndex((one) => one.what === hop.name);
        if (outcome >= 0) { result(action, outcome); return; }
      }
      const [thing, state] = named(hop.name.replace("timeout of ", ""));
      if (thing >= 0 && things[thing].states[state].timeout) { log(`${things[thing].states[state].timeout[0]} pass`); change(things[thing].states[state].timeout[1]); return; }
      const sent = sends.find((one) => one.what === hop.name);
      if (sent) { log(`${sent.system} sends ${sent.what}`); change(sent.sets); happens(sent.what); } else log(`${hop.cause} ${hop.name}`.trim());
      return;
    }
    // Whoever can go there in that way does; where nobody can, somebody begins there.
    const leads = (of) => (of.at === null ? [] : steps[of.at].ways.map((way, at) => [way, at]).filter(([way]) => way.to === hop.at || (way.is_back && way.cause === cause)));
    const order = [now.lane, ...now.lanes.keys()];
    for (const index of order) {
      const of = now.lanes[index];
      const ways = leads(of);
      const [way, at] = ways.find(([one]) => one.cause === cause) || (index === now.lane && ways[0]) || [null, -1];
      if (!way) continue;
      now.lane = index;
      log(way.text);
      if (way.kind === "outcome") {
        for (let action = 0; action < actions.length; action += 1) {
          const outcome = actions[action].outcomes.findIndex((one) => one.what === way.what);
          if (outcome >= 0) { result(action, outcome); break; }
        }
      } else if (way.kind === "state") {
        const [thing, state] = named(way.what);
        if (now.things[thing] !== state) becomes(thing, state, true);
      }
      if (of.at !== hop.at) take(of, way, at);
      return;
    }
    const waiting = now.lanes.findIndex((of) => of.at === hop.at && !of.over);
    if (waiting >= 0) { now.lane = waiting; return; }
    now.lane = begin(hop.at);
    log(`${steps[hop.at].who}: ${steps[hop.at].title}`);
    arrive(lane(), hop.at);
  };

  const filter = () => {
    const form = document.getElementById("filters");
    const wanted = new Set([...form.querySelectorAll("input:checked")].map((box) => `${box.name} ${box.value}`));
    const cards = [...document.querySelectorAll(".gap")];
    for (const one of cards) one.hidden = !(wanted.has(`level ${one.dataset.level}`) && wanted.has(`area ${one.dataset.area}`));
    const number = cards.filter((one) => !one.hidden).length;
    document.getElementById("shown").textContent = `${number} of ${cards.length} shown`;
  };

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

  // On a narrow screen the contents would fill the first page.
  if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;

  const ways = steps.map((place, index) => [place, index]).filter(([place]) => place.entrance);
  // The person's own ways in come first.
  ways.sort((one, two) => one[0].is_beside - two[0].is_beside || one[1] - two[1]);
  entrances.append(...ways.map(([place, index]) => el("option", {value: index}, `${place.title} (${place.who}, ${place.entrance})`)));
  entrances.addEventListener("change", () => start(Number(entrances.value)));
  if (ways.length) {
    root.replaceChildren(
      el("p", {className: "soft"}, "Choose what is done and what comes back, and see what it does."),
      el("div", {className: "bar"}, el("label", {}, "Start at", entrances), el("button", {type: "button", onclick: () => start(Number(entrances.value))}, "Start again"), back),
      said, el("div", {className: "walk"}, card, side));
    now = fresh();
    arrive(now.lanes[begin(ways[0][1])], ways[0][1]);
    now.trail.unshift({text: steps[ways[0][1]].title, isBad: false});
    show(true);
  } else {
    root.replaceChildren(el("p", {className: "note"}, "Nobody gets into this plan yet, so there is nothing to walk."));
  }
})();
