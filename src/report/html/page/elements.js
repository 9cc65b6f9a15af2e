// The data of the plan, and elements made from it. They are made, never parsed: a text of the plan stays a text.

const plan = JSON.parse(document.getElementById("plan").textContent);
const {steps, actions, things, messages, sends, firsts, paths} = plan;

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
