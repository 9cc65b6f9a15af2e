// How a walk ends, and what is left over then.

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
