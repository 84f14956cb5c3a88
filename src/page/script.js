// Adds search, filters and sorting to the table of recommendations. Without it the page is read in full.
(function () {
  const byId = (id) => document.getElementById(id);
  const table = byId("list");
  const controls = byId("controls");
  const body = table.tBodies[0];
  const choices = ["position", "issue", "group", "state"].map(byId);
  const [search, sort] = [byId("search"), byId("sort")];
  const order = ["supported", "supported_in_part", "noted", "pending", "other", "not_given"];
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const items = (cell) => Array.from(cell.querySelectorAll("li"), (item) => item.textContent);

  const rows = Array.from(body.rows, (row, at) => {
    const [paragraph, text, states, position, issues] = row.cells;
    const [named, tags] = [items(states), items(issues)];
    const said = [paragraph.textContent, text.textContent, ...named, position.textContent, ...tags];
    return {
      row, at, words: fold(said.join(" ")),
      is: {
        position: [row.dataset.position], issue: row.dataset.issues.split(" "),
        group: row.dataset.groups.split(" "), state: named.map(fold),
      },
      by: {
        paragraph: paragraph.textContent, text: text.textContent, states: named.join(" "),
        position: String(order.indexOf(row.dataset.position)), issues: tags.join(" "),
      },
    };
  });

  let key = "";
  let down = false;

  function show() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of rows) {
      const meets = choices.every((choice) => choice.value === "" ||
        each.is[choice.id].includes(choice.id === "state" ? fold(choice.value) : choice.value));
      each.row.hidden = !(meets && wanted.every((word) => each.words.includes(word)));
      shown += each.row.hidden ? 0 : 1;
    }
    byId("shown").textContent = say("shown", shown, rows.length);
    byId("none").hidden = shown > 0;
  }

  function arrange(by, descending) {
    [key, down] = [by, descending];
    const compare = (one, two) => collator.compare(one.by[key], two.by[key]) * (down ? -1 : 1);
    const sorted = rows.slice().sort((one, two) => (key && compare(one, two)) || one.at - two.at);
    body.append(...sorted.map((each) => each.row));
    for (const header of table.tHead.rows[0].cells) {
      if (header.dataset.key === key) header.setAttribute("aria-sort", down ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    }
    sort.value = key;
  }

  function clear() {
    search.value = "";
    for (const choice of choices) choice.value = "";
    arrange("", false);
    show();
  }

  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => arrange(header.dataset.key, header.dataset.key === key && !down));
    header.replaceChildren(button);
  }
  search.addEventListener("input", show);
  for (const choice of choices) choice.addEventListener("change", show);
  sort.addEventListener("change", () => arrange(sort.value, false));
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
  // a link to a row that a filter hides shows all rows
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#r']");
    const row = link && byId(link.hash.slice(1));
    if (row && row.hidden) clear();
  });
  controls.hidden = false;
  clear();
})();

