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
