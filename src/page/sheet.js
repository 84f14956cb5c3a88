"use strict";
// Codes one text after the other, keeps the codes in the browser, and writes and reads them as CSV.
(function () {
  const byId = (id) => document.getElementById(id);
  const columns = ["id", "state_under_review", "session", "paragraph", "recommending_states", "text", "issues",
    "note", "coder", "text_hash"];
  const texts = Array.from(byId("texts").children);
  const boxes = Array.from(document.querySelectorAll("#issues input[name=issue]"));
  const [coder, none, note, search, jump] = ["coder", "none", "note", "search", "jump"].map(byId);
  const key = document.body.dataset.key;
  const state = { coder: "", at: 0, rows: {} };
  let at = 0;

  // in small letters, without accents and marks of direction, and with one kind of apostrophe
  const fold = (text) => text.normalize("NFKD")
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\u0300-\u036f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").toLowerCase();
  const say = (words) => { byId("said").textContent = words; };
  const row = (text) => state.rows[text.dataset.id] || { issues: [], none: false, note: "" };
  const isCoded = (text) => row(text).none || row(text).issues.length > 0;

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(state));
    } catch {
      say("This browser keeps nothing of this page: download the sheet before you close it.");
    }
  }

  /** What is an object of rows as this page keeps them; anything else is left out. */
  function take(kept) {
    if (!kept || typeof kept !== "object") return;
    state.coder = String(kept.coder || "");
    at = texts[kept.at] ? kept.at : 0;
    const codes = boxes.map((box) => box.value);
    for (const text of texts) {
      const one = kept.rows && kept.rows[text.dataset.id];
      if (!one) continue;
      const issues = codes.filter((code) => Array.isArray(one.issues) && one.issues.includes(code));
      state.rows[text.dataset.id] = { issues, none: one.none === true && issues.length === 0, note: String(one.note || "") };
    }
  }

  function progress() {
    const coded = texts.filter(isCoded).length;
    byId("progress").textContent = coded + " of " + texts.length + " coded";
    byId("done").value = coded;
    texts.forEach((text, place) => {
      jump.options[place].textContent = (place + 1) + (isCoded(text) ? " (coded)" : "");
    });
  }

  function show() {
    const now = row(texts[at]);
    texts.forEach((text, place) => { text.hidden = place !== at; });
    boxes.forEach((box) => { box.checked = now.issues.includes(box.value); });
    none.checked = now.none;
    note.value = now.note;
    jump.value = String(at);
    byId("place").textContent = "Text " + (at + 1) + " of " + texts.length;
    byId("previous").disabled = at === 0;
    byId("next").disabled = at === texts.length - 1;
    chosen();
    progress();
  }

  function chosen() {
    const labels = boxes.filter((box) => box.checked).map((box) => box.labels[0].textContent);
    byId("chosen").textContent = none.checked ? "No issue" : labels.join("; ") || "Nothing yet";
  }

  function change() {
    const issues = boxes.filter((box) => box.checked).map((box) => box.value);
    state.rows[texts[at].dataset.id] = { issues, none: none.checked, note: note.value };
    chosen();
    progress();
    keep();
  }

  function tick(box) {
    if (box === none) boxes.forEach((other) => { other.checked = false; });
    else none.checked = false;
    change();
  }

  function go(place) {
    if (!texts[place]) return;
    at = state.at = place;
    search.value = "";
    find();
    show();
    keep();
  }

  const shown = () => boxes.filter((box) => !box.closest(".issue").hidden);
  const wants = () => fold(search.value).split(/\s+/).filter(Boolean);

  /** The issue that Enter ticks: the first whose name begins with the words, has them, or whose definition has them. */
  function best() {
    const begins = (box) => [box.value, box.labels[0].textContent].some((name) => fold(name).startsWith(wants().join(" ")));
    const named = (box) => wants().every((word) => fold(box.value + " " + box.labels[0].textContent).includes(word));
    return shown().find(begins) || shown().find(named) || shown()[0];
  }

  function find() {
    const wanted = wants();
    for (const box of boxes) {
      const issue = box.closest(".issue");
      const words = fold(box.value + " " + issue.textContent);
      issue.hidden = !wanted.every((word) => words.includes(word));
    }
    for (const theme of document.querySelectorAll("#issues fieldset")) {
      theme.hidden = !theme.querySelector(".issue:not([hidden])");
    }
    const enter = shown().length > 0 ? "; Enter ticks " + best().labels[0].textContent : "";
    byId("found").textContent = wanted.length ? shown().length + " of " + boxes.length + " issues" + enter : "";
  }

  // An apostrophe before cells that a spreadsheet would run or change, as src/text/guard.rs has it.
  const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  const piece = /([;\t\n\r])('*[ \u00a0"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
  const ofDigits = /^(?=.*[0-9])[A-Za-z0-9 .,:\/()%$-]+$/;
  const month = "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?|ago";
  const words = new RegExp("^(e|am|pm|" + month + ")$");
  const mayBeGuarded = (cell) => formula.test(cell) || ofDigits.test(cell);
  function isNumberOrDate(cell) {
    if (cell.length > 32 || !ofDigits.test(cell) || /^(0|[1-9][0-9]{0,14})$/.test(cell)) return false;
    const lower = cell.toLowerCase();
    if (lower.startsWith("e")) return false;
    const isId = new RegExp("^(" + month + ")$").test(lower.slice(0, 3)) && lower[3] === "-" &&
      lower.match(/[0-9]+/g).length > 2;
    return !isId && lower.split(/[^a-z]+/).every((word) => word === "" || words.test(word));
  }
  function guarded(cell) {
    const changed = cell.startsWith("'") ? mayBeGuarded(cell.replace(/^'+/, "")) :
      formula.test(cell) || isNumberOrDate(cell);
    return (changed ? "'" : "") + cell.replace(piece, "$1'$2");
  }
  const unguarded = (cell) =>
    (cell.startsWith("'") && mayBeGuarded(cell.slice(1).replace(/^'+/, "")) ? cell.slice(1) : cell)
      .replace(piece, (_, separator, rest) => separator + rest.replace(/^'/, ""));
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);

  function csv() {
    const lines = texts.map((text) => {
      const { issues, none: isNone, note: said } = row(text);
      const { id, state: reviewed, session, paragraph, states, hash } = text.dataset;
      const words = text.querySelector("blockquote").textContent;
      const codes = isNone ? "none" : issues.join("; ");
      return [id, reviewed, session, paragraph, states, words, codes, said, state.coder, hash];
    });
    return "\ufeff" + [columns, ...lines].map((cells) => cells.map((cell) => quoted(guarded(cell))).join(",") + "\n").join("");
  }

  /** The records of a table as CSV, whose cells commas, semicolons or tabs separate. */
  function records(file) {
    const source = file.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    const header = source.slice(0, source.indexOf("\n"));
    const separator = [",", ";", "\t"].reduce((one, two) => (header.split(two).length > header.split(one).length ? two : one));
    const found = [[""]];
    let quotes = false;
    for (let i = 0; i < source.length; i++) {
      const [c, record] = [source[i], found[found.length - 1]];
      if (quotes && c === '"' && source[i + 1] === '"') { record[record.length - 1] += '"'; i++; }
      else if (c === '"' && (quotes || record[record.length - 1] === "")) quotes = !quotes;
      else if (!quotes && c === separator) record.push("");
      else if (!quotes && c === "\n") found.push([""]);
      else record[record.length - 1] += c;
    }
    return found.map((record) => record.map((cell) => unguarded(cell.trim())));
  }

  function take_up(name, file) {
    const [header, ...rows] = records(file);
    const place = (column) => header.findIndex((cell) => cell.toLowerCase() === column);
    if (place("id") < 0 || place("issues") < 0) {
      say(name + " is not a coding sheet: expected the columns id and issues.");
      return;
    }
    const cell = (record, column) => record[place(column)] || "";
    const known = new Map(texts.map((text) => [text.dataset.id, text]));
    const codes = new Map(boxes.flatMap((box) => [[fold(box.value), box.value], [fold(box.labels[0].textContent), box.value]]));
    const [strange, unknown] = [new Set(), new Set()];
    let read = 0;
    for (const record of rows) {
      const text = known.get(cell(record, "id"));
      const names = cell(record, "issues").split(";").map((name) => name.trim()).filter(Boolean);
      const said = cell(record, "note");
      if (!text) {
        if (names.length > 0) strange.add(cell(record, "id"));
        continue;
      }
      if (names.length === 0 && said === "") continue;
      names.filter((name) => fold(name) !== "none" && !codes.has(fold(name))).forEach((name) => unknown.add(name));
      const issues = boxes.map((box) => box.value).filter((code) => names.some((name) => codes.get(fold(name)) === code));
      const isNone = names.length > 0 && names.every((name) => fold(name) === "none");
      state.rows[text.dataset.id] = { issues, none: isNone, note: said };
      if (issues.length > 0 || isNone) read++;
      state.coder = cell(record, "coder") || state.coder;
    }
    coder.value = state.coder;
    show();
    keep();
    const left = [];
    if (strange.size) left.push(" Left out, since they are not in this sample: " + Array.from(strange).slice(0, 8).join(", ") + (strange.size > 8 ? " and " + (strange.size - 8) + " more" : "") + ".");
    if (unknown.size) left.push(" Left out, since the codebook does not have them: " + Array.from(unknown).slice(0, 8).join(", ") + ".");
    say("Coded texts read from " + name + ": " + read + "." + left.join(""));
  }

  function download() {
    if (coder.value.trim() === "") {
      say("Enter your name first: it says whose codes these are.");
      coder.focus();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "codes-" + coder.value.trim().replace(/[^\p{L}\p{N}]+/gu, "-") + ".csv";
    link.click();
    URL.revokeObjectURL(link.href);
    const missing = texts.length - texts.filter(isCoded).length;
    say(missing ? "Downloaded. Not coded yet: " + missing + "." : "Downloaded. All texts are coded.");
  }

  boxes.concat(none).forEach((box) => box.addEventListener("change", () => tick(box)));
  note.addEventListener("input", change);
  coder.addEventListener("input", () => { state.coder = coder.value.trim(); keep(); });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    const first = best();
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && first && search.value.trim() !== "") {
      first.checked = !first.checked;
      tick(first);
      search.select();
    }
    if (event.key === "Escape") { search.value = ""; find(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    go(at + (event.shiftKey ? -1 : 1));
  });
  byId("previous").addEventListener("click", () => go(at - 1));
  byId("next").addEventListener("click", () => go(at + 1));
  jump.addEventListener("change", () => go(Number(jump.value)));
  byId("download").addEventListener("click", download);
  byId("open").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) file.text().then((text) => take_up(file.name, text));
    event.target.value = "";
  });
  byId("sheet").addEventListener("submit", (event) => event.preventDefault());

  texts.forEach((text, place) => jump.add(new Option(String(place + 1), String(place))));
  try {
    take(JSON.parse(localStorage.getItem(key)));
  } catch {
    say("What this browser had kept cannot be read. Continue from a sheet that you downloaded.");
  }
  coder.value = state.coder;
  show();
  byId("sheet").hidden = false;
})();
