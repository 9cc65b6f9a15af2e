// In a preview: a newer page takes the place of this one, and what is wrong is told above the last good one.

const trouble = el("div", {className: "trouble", role: "alert", hidden: true});
document.body.prepend(trouble);

const tell = (heading, lines = []) => {
  trouble.hidden = !heading;
  trouble.replaceChildren(...(heading ? [el("b", {}, heading), ...lines.map((line) => el("p", {}, line))] : []));
};

const news = new EventSource("/news");
news.addEventListener("message", ({data}) => {
  const {edition, faults} = JSON.parse(data);
  if (String(edition) !== document.documentElement.dataset.edition) location.reload();
  else tell(faults.length ? "This cannot be read just now. The page shows what could be read before." : "", faults);
});
news.addEventListener("error", () => tell("The preview has ended, or cannot be reached. The page stays as it was."));
