// What is so at one moment of a walk. Plain data, so that a step back is the moment before.

// lanes: who is where; things: the state of each, or nothing; asked: actions whose answer is still to come.
let now = null;
let before = [];

const fresh = () => ({lanes: [], lane: 0, things: things.map(() => null), asked: [], told: [], trail: [], changed: [], asks: null});
const lane = () => now.lanes[now.lane];
const title = (thing, state) => `${things[thing].title}: ${things[thing].states[state].title}`;
const log = (text, isBad = false) => { now.trail.push({text, isBad}); now.changed.push(text); };
const holds = (terms, from = 0, to = terms.length) =>
  terms.slice(from, to).every(([thing, states]) => states.includes(now.things[thing]));

const named = (what) => {
  for (let thing = 0; thing < things.length; thing += 1) {
    const state = things[thing].states.findIndex((one) => one.what === what);
    if (state >= 0) return [thing, state];
  }
  return [-1, -1];
};
