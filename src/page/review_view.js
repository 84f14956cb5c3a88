// Shows the review: which recommendation and which issue are in focus, and all that is known of them. The texts, States
// and positions are read from the rows of the page's table.
function reviewView(data, store) {
  const byId = (id) => document.getElementById("review-" + id);
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const KINDS = { confirm: "confirmed", add: "added", remove: "removed" };
  /** The recommendation and the issue in focus, and the filter: an issue; all, what is undecided or what is contradicted. */
  const at = { recommendation: 0, issue: undefined, only: undefined, show: "" };
  let offered = "";

  /** An element with texts and elements in it; texts of a list go through `foreign`. */
  function made(name, properties, ...content) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...content);
    return element;
  }
  const foreign = (text) => made("bdi", {}, text);

  const row = (recommendation) => document.getElementById("r" + (recommendation + 1));
  const passes = (recommendation) => at.only === undefined ||
    store.tags(recommendation).some(({ issue }) => issue === at.only);
  const isReviewed = (recommendation) => store.isReviewed(recommendation, at.only);
  /** Those of the filter by issue, whose part that is reviewed is the progress. */
  const all = () => [...data.recommendations.keys()].filter(passes);
  /** Those to go through; the one in focus stays among them until it is left. */
  const passing = () => all().filter((each) => !(at.show === "undecided" && isReviewed(each)) &&
    !(at.show === "contradicted" && !store.tags(each).some(isContradicted)));
  const listed = () => {
    const known = new Set([...passing(), at.recommendation]);
    return [...data.recommendations.keys()].filter((each) => known.has(each));
  };
  const isContradicted = ({ issue, status }) => status === "contradicted" && (at.only === undefined || issue === at.only);
  const tags = () => store.tags(at.recommendation);
  const tag = () => tags().find(({ issue }) => issue === at.issue);
  const undecided = () => tags().find(({ status }) => status === "machine");

  /** Moves to a recommendation; the issue of the filter comes into focus, else the first that is to be looked at. */
  function go(recommendation, issue) {
    at.recommendation = recommendation;
    const all = tags();
    const wanted = [issue, at.only].find((each) => all.some((known) => known.issue === each));
    const contradicted = at.show === "contradicted" ? all.find(isContradicted) : undefined;
    at.issue = wanted ?? (contradicted ?? undecided() ?? all[0])?.issue;
  }

  /** The text in pieces: what the issue in focus rests on, what others rest on, and the rest. */
  function pieces(text) {
    const spans = tags().flatMap(({ issue, evidence }) => evidence.map(([, from, to]) => ({ issue, from, to })));
    const borders = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
      .sort((one, two) => one - two);
    return borders.slice(1).map((to, before) => {
      const from = borders[before];
      const over = spans.filter((span) => span.from <= from && to <= span.to);
      const piece = text.slice(from, to);
      if (over.some(({ issue }) => issue === at.issue)) return made("mark", {}, piece);
      return over.length > 0 ? made("span", { className: "other" }, piece) : piece;
    });
  }

  function showRecommendation() {
    const cells = row(at.recommendation).cells;
    const text = cells[1].textContent;
    const places = listed();
    const place = say("place", places.indexOf(at.recommendation) + 1, places.length);
    byId("name").replaceChildren(foreign(data.recommendations[at.recommendation].id), " ",
      made("span", { className: "place" }, place));
    const about = [made("span", { className: cells[3].className }, foreign(cells[3].textContent))];
    const states = Array.from(cells[2].querySelectorAll("li"), (item) => item.textContent);
    if (states.length > 0) about.push(" · ", foreign(states.join(", ")));
    const review = cells[0].querySelector(".review");
    if (review) about.push(" · ", foreign(review.textContent));
    byId("about").replaceChildren(...about);
    byId("text").replaceChildren(made("bdi", {}, ...pieces(text)));
  }

  function showTags() {
    const all = tags();
    byId("tags").replaceChildren(...all.map(({ issue, status }) => {
      const label = made("span", { className: "name" }, foreign(data.issues[issue].label));
      const state = made("span", { className: "status" }, say(status));
      const button = made("button", { type: "button", className: "tag " + status }, label, " ", state);
      button.dataset.issue = issue;
      button.setAttribute("aria-describedby", "review-text");
      // the tabulator leads to the issue in focus, the arrow keys to the others
      button.tabIndex = issue === at.issue ? 0 : -1;
      if (issue === at.issue) button.setAttribute("aria-current", "true");
      return made("li", {}, button);
    }));
    const isEmpty = all.length === 0;
    byId("empty").hidden = !isEmpty;
    byId("empty").textContent = say(store.isChecked(at.recommendation) ? "checked" : "need-issue");
    byId("issue-about").hidden = isEmpty;
  }

  function showIssue() {
    const known = tag();
    if (!known) return;
    const text = row(at.recommendation).cells[1].textContent;
    const { label, definition } = data.issues[known.issue];
    byId("label").replaceChildren(foreign(label));
    byId("definition").replaceChildren(foreign(definition));
    const rules = known.evidence.map(([rule, from, to]) => made("li", {},
      made("q", {}, foreign(text.slice(from, to))), " ", made("code", {}, foreign(data.rules[rule]))));
    const none = say(known.isNew ? "no-rule" : "no-evidence");
    byId("evidence").replaceChildren(...(rules.length > 0 ? rules : [made("li", {}, none)]));
    const decisions = known.decisions.map(({ decision, coder, date, note, counts }) => {
      const item = made("li", {}, made("strong", {}, say(KINDS[decision.toLowerCase()])), " · ");
      item.append(coder ? foreign(coder) : say("unnamed"));
      if (date) item.append(" · ", foreign(date));
      if (!counts) item.append(" · " + say("replaced"));
      if (note) item.append(made("span", { className: "note" }, say("note") + " ", foreign(note)));
      return item;
    });
    byId("contradicted").hidden = known.status !== "contradicted";
    byId("decisions").replaceChildren(...(decisions.length > 0 ? decisions : [made("li", {}, say("no-decision"))]));
  }

  function showProgress() {
    const [whole, done] = [all(), all().filter(isReviewed).length];
    byId("reviewed").textContent = say("reviewed", done, whole.length);
    byId("progress").max = Math.max(whole.length, 1);
    byId("progress").value = done;
    const { confirmed, removed, added, contradicted, checked } = store.counts();
    byId("counts").textContent = say("counts", confirmed, removed, added, contradicted, checked);
    byId("lost").hidden = store.isStored();
    const unplaced = store.unplaced();
    byId("unplaced").hidden = unplaced.length === 0;
    byId("unplaced-count").textContent = say("unplaced", unplaced.length);
    byId("unplaced-rows").replaceChildren(...unplaced.map(({ row: each, why }) => made("li", {},
      foreign([each.id, each.issue, each.decision, each.coder].filter(Boolean).join(", ")), ": " + say(why))));
  }

  /** The issues that the filter offers are those that some recommendation has. */
  function offerIssues() {
    const used = new Set(data.recommendations.flatMap((_, each) => store.tags(each).map(({ issue }) => issue)));
    if (at.only !== undefined) used.add(at.only);
    const sorted = [...used].sort((one, two) => collator.compare(data.issues[one].label, data.issues[two].label));
    if (sorted.join() === offered) return;
    offered = sorted.join();
    const options = sorted.map((issue) => made("option", { value: String(issue), dir: "auto" }, data.issues[issue].label));
    byId("issue").replaceChildren(made("option", { value: "" }, say("all-issues")), ...options);
    byId("issue").value = at.only ?? "";
  }

  /** Draws all of it, and brings the issue in focus into the focus of the keyboard if asked to. */
  function show(isFocused) {
    if (tags().length > 0 && !tag()) go(at.recommendation);
    offerIssues();
    const isAny = passing().length > 0 || passes(at.recommendation);
    byId("none").hidden = isAny;
    byId("one").hidden = !isAny;
    showRecommendation();
    showTags();
    showIssue();
    showProgress();
    if (isFocused) focus();
  }

  function focus() {
    const current = byId("tags").querySelector("[aria-current]");
    (current ?? byId("add")).focus();
  }

  return { at, byId, made, foreign, all, passing, listed, tags, tag, undecided, isReviewed, passes, go, show, focus };
}

