// Which findings are shown.

const filter = () => {
  const form = document.getElementById("filters");
  const wanted = new Set([...form.querySelectorAll("input:checked")].map((box) => `${box.name} ${box.value}`));
  const cards = [...document.querySelectorAll(".gap")];
  for (const one of cards) one.hidden = !(wanted.has(`level ${one.dataset.level}`) && wanted.has(`area ${one.dataset.area}`));
  const number = cards.filter((one) => !one.hidden).length;
  document.getElementById("shown").textContent = `${number} of ${cards.length} shown`;
  unmark();
};
