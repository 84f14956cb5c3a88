// The review: what its buttons and keys do. Decisions are in review_store.js, what is shown in review_view.js.
(function () {
  const opener = document.getElementById("review-open");
  if (!opener || typeof HTMLDialogElement !== "function") return;

  function browserStorage() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  const store = reviewStore(pageData, browserStorage());
  const wasRead = store.restore();
  const view = reviewView(pageData, store);
  const { at, byId, made, foreign } = view;
  const dialog = document.getElementById("review");
  const isWide = () => window.matchMedia("(min-width: 48rem)").matches;
  const tell = (...words) => { byId("said").replaceChildren(...words); };
  /** "Confirmed: Death penalty" */
  const tellIssue = (words, issue) => tell(words + " ", foreign(pageData.issues[issue].label));

  /** The day of the browser's clock, in its time zone. */
  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  }

  /** Whether the coder is known; else the field is shown. */
  function hasName() {
    if (store.coder() !== "") return true;
    byId("settings").open = true;
    byId("coder").focus();
    tell(say("need-name"));
    return false;
  }

  function decide(issue, decision) {
    const known = store.own(at.recommendation, issue);
    if (known && reviewRule.isRight(known) === reviewRule.isRight({ decision })) {
      tell(say("decided"));
      return;
    }
    store.decide(at.recommendation, issue, decision, today(), known?.note ?? "");
    at.issue = issue;
    const status = view.tag().status;
    // what was added stays in focus, for a note; with a filter by issue the other issues are left alone
    if (decision !== "add" && at.only === undefined && view.undecided()) at.issue = view.undecided().issue;
    view.show(true);
    tellIssue(say("is-" + status), issue);
  }

  function confirm() {
    if (!hasName()) return;
    const tag = view.tag();
    if (tag) {
      decide(tag.issue, tag.isNew ? "add" : "confirm");
    } else if (store.isChecked(at.recommendation)) {
      tell(say("decided"));
    } else {
      store.check(at.recommendation);
      view.show(true);
      tell(say("checked"));
    }
  }

  function remove() {
    const tag = view.tag();
    if (!tag) {
      tell(say("need-issue"));
      return;
    }
    if (!hasName()) return;
    const own = store.own(at.recommendation, tag.issue);
    // what nobody but this coder added leaves no trace
    if (tag.isNew && own?.decision === "add" && own.file === "" && tag.decisions.length === 1) {
      store.clear(at.recommendation, tag.issue);
      view.show(true);
      tellIssue(say("taken-back"), tag.issue);
    } else {
      decide(tag.issue, "remove");
    }
  }

  /** Takes the last step back, and shows what it was about. */
  function undo() {
    const step = store.undo();
    if (!step) {
      tell(say("no-undo"));
      return;
    }
    const row = step.clear ?? (step.file === undefined && step.rows ? step.rows[0] : undefined);
    const { at: recommendation, issue } = row ? store.place(row) : { at: undefined };
    const checked = pageData.recommendations.findIndex(({ id }) => id === step.check);
    if (recommendation !== undefined) view.go(recommendation, issue);
    else if (checked >= 0) view.go(checked);
    view.show(true);
    if (issue !== undefined) tellIssue(say("undone"), issue);
    else tell(say("undone") + " ", foreign(step.file ?? pageData.recommendations[at.recommendation].id));
  }

  function move(by) {
    const listed = view.listed();
    const next = listed[listed.indexOf(at.recommendation) + by];
    if (next === undefined) {
      const isAll = at.only === undefined && at.show === "";
      tell(say((by > 0 ? "last" : "first") + (isAll ? "-of-all" : "")));
      return;
    }
    goTo(next);
  }

  function goTo(recommendation) {
    view.go(recommendation);
    view.show(true);
    byId("one").scrollIntoView({ block: "nearest" });
    dialog.querySelector(".one").scrollTop = 0;
    tellPlace();
  }

  function tellPlace(...more) {
    const listed = view.listed();
    tell(say("place", listed.indexOf(at.recommendation) + 1, listed.length), ...more);
  }

  /** Goes to what is left of this recommendation if the focus is elsewhere in it, then to the next one. */
  function unreviewed() {
    const all = view.all();
    const isHere = at.only === undefined && view.tag()?.status !== "machine" && view.undecided();
    const later = [...all.filter((each) => each > at.recommendation || (isHere && each === at.recommendation)), ...all];
    const next = later.find((each) => !view.isReviewed(each));
    if (next === undefined) tell(say("all-reviewed"));
    else goTo(next);
  }

  function download() {
    const rows = store.rows();
    const address = URL.createObjectURL(new Blob([corrections.write(rows)], { type: "text/csv;charset=utf-8" }));
    made("a", { href: address, download: "corrections.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    store.markSaved();
    tell(say(rows.length === 1 ? "downloaded-one" : "downloaded", rows.length));
  }

  async function load(file) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      tell(say("not-utf8"));
      return;
    }
    const read = corrections.read(text);
    if (!read) {
      tell(say("not-a-file"));
      return;
    }
    if (read.rows.length === 0) {
      tell(say("no-rows"));
      return;
    }
    const { fresh, known, unplaced } = store.load(read.rows, file.name);
    view.go(at.recommendation);
    view.show(false);
    tell(say("loaded", fresh, known, unplaced, store.counts().contradicted));
    if (read.others.length > 0) byId("said").append(" " + say("columns") + " ", foreign(read.others.join(", ")));
  }

  // the search for an issue to add

  let [found, chosen] = [[], 0];

  function search() {
    const words = fold(byId("find").value).split(/\s+/).filter(Boolean);
    const has = new Set(view.tags().filter(({ status }) => status !== "removed").map(({ issue }) => issue));
    const ranked = pageData.issues.map(({ code, label, definition }, issue) => {
      const [name, rest] = [fold(label + " " + code), fold(definition)];
      if (has.has(issue) || !words.every((word) => name.includes(word) || rest.includes(word))) return null;
      const inName = words.every((word) => name.includes(word));
      return { issue, rank: name.startsWith(words.join(" ")) ? 0 : inName ? 1 : 2 };
    });
    found = ranked.filter(Boolean).sort((one, two) => one.rank - two.rank || one.issue - two.issue);
    byId("found").replaceChildren(...found.map(({ issue }, place) => {
      const { code, label, definition } = pageData.issues[issue];
      const option = made("li", { id: "review-option-" + place },
        made("strong", {}, foreign(label)), " ", made("code", {}, foreign(code)),
        made("span", { className: "definition" }, foreign(definition)));
      option.setAttribute("role", "option");
      option.addEventListener("click", () => add(issue));
      return option;
    }));
    byId("found").hidden = found.length === 0;
    byId("found-none").hidden = found.length > 0;
    choose(0);
  }

  function choose(place) {
    chosen = Math.max(0, Math.min(place, found.length - 1));
    for (const option of byId("found").children) option.removeAttribute("aria-selected");
    const option = byId("found").children[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) byId("find").setAttribute("aria-activedescendant", option.id);
    else byId("find").removeAttribute("aria-activedescendant");
  }

  function openSearch() {
    if (!hasName()) return;
    byId("find").value = "";
    byId("adding").showModal();
    search();
    byId("find").focus();
  }

  function add(issue) {
    byId("adding").close();
    const removed = view.tags().find((tag) => tag.issue === issue);
    decide(issue, removed && !removed.isNew ? "confirm" : "add");
  }

  byId("find").addEventListener("input", search);
  byId("find").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const places = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + 5, PageUp: chosen - 5 };
    if (event.key in places) choose(places[event.key]);
    else if (event.key === "Enter" && found[chosen]) add(found[chosen].issue);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  });

  // the note on a decision

  function openNote() {
    if (!hasName()) return;
    const tag = view.tag();
    const own = tag && store.own(at.recommendation, tag.issue);
    if (!own) {
      tell(say(tag ? "need-decision" : "need-issue"));
      return;
    }
    byId("note-label").replaceChildren(foreign(pageData.issues[tag.issue].label));
    byId("note-text").value = own.note;
    byId("noting").showModal();
    byId("note-text").focus();
  }

  byId("note-form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return;
    const own = store.own(at.recommendation, at.issue);
    const note = byId("note-text").value.trim();
    if (note !== own.note) store.decide(at.recommendation, at.issue, own.decision, own.date, note);
    tell(say("noted"));
  });
  for (const name of ["adding", "noting", "keys"]) byId(name).addEventListener("close", () => view.show(true));

  // buttons, fields and keys

  const ACTIONS = {
    c: ["confirm", confirm], r: ["remove", remove], a: ["add", openSearch], n: ["note", openNote], u: ["undo", undo],
    k: ["previous", () => move(-1)], j: ["next", () => move(1)], m: ["unreviewed", unreviewed],
    d: ["download", download], "?": ["help", () => byId("keys").showModal()],
  };
  for (const [id, act] of Object.values(ACTIONS)) byId(id).addEventListener("click", act);
  byId("close").addEventListener("click", () => dialog.close());

  // on the document, since a click beside all buttons leaves the focus nowhere
  document.addEventListener("keydown", (event) => {
    if (!dialog.open || ["adding", "noting", "keys"].some((name) => byId(name).open)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea")) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && event.target.closest("#review-tags")) {
      const buttons = [...byId("tags").querySelectorAll("button")];
      buttons[buttons.indexOf(event.target) + steps[event.key]]?.focus();
      event.preventDefault();
      return;
    }
    const action = ACTIONS[event.key.toLowerCase()];
    if (!action || !store.usesKeys()) return;
    event.preventDefault();
    // a key that is held down goes on through the list, and decides once
    if (!event.repeat || ["j", "k"].includes(event.key)) action[1]();
  });

  function focusTag(event) {
    const button = event.target.closest("button.tag");
    const issue = button ? Number(button.dataset.issue) : at.issue;
    if (issue === at.issue) return;
    at.issue = issue;
    view.show(true);
  }
  byId("tags").addEventListener("focusin", focusTag);
  byId("tags").addEventListener("click", focusTag);

  byId("coder").addEventListener("input", () => store.setCoder(byId("coder").value.trim()));
  byId("coder").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !hasName()) return;
    byId("settings").open = isWide();
    view.focus();
    dialog.querySelector(".one").scrollTop = 0;
  });
  function filter(isByKeys) {
    at.only = byId("issue").value === "" ? undefined : Number(byId("issue").value);
    at.show = byId("show").value;
    const passing = view.passing();
    if (passing.length > 0) view.go(passing.includes(at.recommendation) ? at.recommendation : passing[0]);
    view.show(false);
    if (passing.length === 0) tell(say(at.show === "contradicted" ? "no-contradiction" : "all-reviewed"));
    else if (isByKeys) tellPlace(". ", say("enter"));
    else tellPlace();
  }
  for (const name of ["issue", "show"]) {
    // letters search in the list of a select, so it is left with Enter, and after a choice by mouse
    let isByKeys = false;
    byId(name).addEventListener("keydown", (event) => {
      isByKeys = event.key !== "Enter";
      if (!isByKeys) {
        event.preventDefault();
        view.focus();
      }
    });
    byId(name).addEventListener("pointerdown", () => { isByKeys = false; });
    byId(name).addEventListener("change", () => {
      filter(isByKeys);
      if (!isByKeys) view.focus();
    });
  }
  byId("file").addEventListener("change", async () => {
    const [file] = byId("file").files;
    if (file) await load(file);
    byId("file").value = "";
  });
  byId("use-keys").addEventListener("change", () => store.setKeys(byId("use-keys").checked));

  // another window with the same list has decided
  window.addEventListener("storage", (event) => {
    if (event.key !== store.key) return;
    store.restore();
    if (dialog.open) view.show(false);
  });
  window.addEventListener("beforeunload", (event) => {
    if (store.isAtRisk()) event.preventDefault();
  });

  opener.addEventListener("click", () => {
    byId("coder").value = store.coder();
    byId("use-keys").checked = store.usesKeys();
    byId("settings").open = isWide() || store.coder() === "";
    view.go(at.recommendation, at.issue);
    dialog.showModal();
    view.show(true);
    dialog.querySelector(".one").scrollTop = 0;
    tell(say(wasRead ? "opened" : "unreadable"));
    if (store.coder() === "") hasName();
  });
  byId("start").hidden = false;
})();
