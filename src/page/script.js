// Adds search, filters and sorting to the table of recommendations. Without it the page is read in full.
(function () {
  const byId = (id) => document.getElementById(id);
  const table = byId("list");
  const controls = byId("controls");
  const body = table.tBodies[0];
  const details = table.closest("details");
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
      row, at, said: text.textContent, states: named, answer: position.textContent, words: fold(said.join(" ")),
      is: {
        position: [row.dataset.position], issue: row.dataset.issues.split(" "),
        group: row.dataset.groups.split(" "), state: named.map(fold),
      },
      by: {
        paragraph: paragraph.textContent, text: text.textContent, states: named.join(" "),
        position: String(order.indexOf(row.dataset.position)), issues: tags.join(" "),
        codes: row.dataset.issues.split(" ").join("; "),
      },
    };
  });

  const places = new Map(rows.map(({ row, at }) => [row, at]));
  let key = "";
  let down = false;

  function show() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    // a choice may name several issues: those of a theme
    const meets = (each, { id, value }) => value === "" ||
      (id === "state" ? [fold(value)] : value.split(" ")).some((code) => each.is[id].includes(code));
    for (const each of rows) {
      const passes = choices.every((choice) => meets(each, choice));
      each.row.hidden = !(passes && wanted.every((word) => each.words.includes(word)));
    }
    const shown = rows.filter((each) => !each.row.hidden);
    byId("shown").textContent = say("shown", shown.length, rows.length);
    byId("none").hidden = shown.length > 0;
    const isPart = shown.length < rows.length;
    if (isPart) details.open = true;
    byId("shown-of").hidden = !isPart || shown.length === 0;
    if (isPart) summarise(shown);
  }

  /** How the recommendations that are shown were answered, and whose they are. */
  function summarise(shown) {
    const count = (of) => {
      const counts = new Map();
      for (const each of shown) for (const name of new Set(of(each))) counts.set(name, (counts.get(name) ?? 0) + 1);
      return counts;
    };
    const answers = count((each) => [each.row.dataset.position]);
    const labels = new Map(Array.from(byId("position").options, ({ value, text }) => [value, text]));
    const [answered, , states] = byId("shown-of").children;
    answered.textContent = order.filter((code) => answers.has(code))
      .map((code) => `${answers.get(code)} ${labels.get(code)}`).join(", ");
    const named = Array.from(count((each) => each.states)).sort(([one, of], [two, and]) => (
      and - of || collator.compare(one, two)));
    states.textContent = named.map(([name, times]) => (times > 1 ? `${name} (${times})` : name)).join(", ");
  }

  function download() {
    const header = ["id", "state_under_review", "session", "paragraph", "text", "recommending_states", "position", "issues"];
    const lines = Array.from(body.rows, (row) => rows[places.get(row)]).filter(({ row }) => !row.hidden).map((each) => {
      const { row, at, by, said, states, answer } = each;
      const of = (name) => row.dataset[name] ?? table.dataset[name] ?? "";
      const id = pageData.recommendations[at]?.id ?? of("id");
      const number = row.cells[0].querySelector(":scope > bdi");
      const position = row.dataset.position === "other" ? answer : row.dataset.position;
      const paragraph = number ? number.textContent : "";
      return [id, of("reviewed"), of("session"), paragraph, said, states.join("; "), position, by.codes];
    });
    const content = "\ufeff" + [header, ...lines].map((cells) => corrections.line(cells.map(corrections.guarded))).join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    link.download = "recommendations-shown.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
  byId("download").addEventListener("click", download);

  /** Opens what holds the target of a link, and what a section keeps closed. */
  function reveal(hash) {
    const target = hash.length > 1 ? byId(hash.slice(1)) : null;
    if (!target) return;
    for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    for (const each of target.querySelectorAll(":scope > details")) each.open = true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) {
      // a bar does what its name does
      event.target.closest(".bars li, .tiles li")?.querySelector("a[data-filter]")?.click();
      return;
    }
    const { filter, value } = link.dataset;
    const row = byId(link.hash.slice(1));
    if (filter || (row && row.hidden)) clear();
    if (filter) {
      byId(filter).value = value;
      show();
    }
    reveal(link.hash);
  });
  window.addEventListener("hashchange", () => reveal(location.hash));
  // figures are printed even where they are closed
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details.printed:not([open])"));
    for (const each of closed) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });
  byId("filters").open = matchMedia("(min-width: 48rem)").matches;
  controls.hidden = false;
  clear();
  reveal(location.hash);
})();
