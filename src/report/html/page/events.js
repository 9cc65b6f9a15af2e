// What happens in a walk: somebody arrives somewhere, an action ends, a thing becomes something, and what follows from each.

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
