// The decisions of a review: those that the page came with, then a list of steps, replayed into what was decided on each
// recommendation. So undo goes back to the first step, and the browser stores no more than the steps.
//
// A step is one of: { rows, file } with rows as in corrections.csv, read from a file; { rows, given } with a row decided by
// hand, on a page that came with the decisions of that name; { clear: row } takes a decision back; { check: id } says that
// no issue fits. Rows keep the file and the line that they were first written in, as `file` and `row` of decisions.csv.
function reviewStore(data, storage) {
  const CELLS = ["id", "issue", "decision", "coder", "date", "note", "text_hash"];
  const { coderKey, isRight, day } = reviewRule;
  const key = "upr-review:" + data.list;
  const byId = new Map(data.recommendations.map(({ id }, at) => [id, at]));
  const place = reviewRule.places(data);
  const given = data.decisions.map((cells) => {
    const [id, issue, decision, coder, date, note, hash, file, row, appliedTo] = cells;
    const text_hash = hash === 0 ? data.recommendations[byId.get(id)].text_hash : hash;
    const origin = { file: data.files[file], row: String(row), appliedTo };
    return { id, issue, decision, coder: data.coders[coder], date, note, text_hash, ...origin };
  });

  let state = { coder: "", keys: true, steps: [] };
  /** By recommendation and issue: the rows of files, and by coder what was decided by hand. */
  let made, checked, unplaced, known;
  let [isStored, isSaved] = [true, true];

  const isSame = (one, other) => CELLS.every((column) => one[column] === other[column]);
  const lineOf = ({ file, row }) => JSON.stringify([file, row]);

  function of(at, issue) {
    if (!made[at].has(issue)) made[at].set(issue, { rows: [], byHand: new Map() });
    return made[at].get(issue);
  }

  /** Keeps a row of a file; says whether it is new, known or without a place. */
  function keep(row) {
    if (known.get(lineOf(row))?.some((each) => isSame(each, row))) return "known";
    known.set(lineOf(row), [...(known.get(lineOf(row)) ?? []), row]);
    const { at, issue, why } = place(row);
    if (why) {
      unplaced.push({ row, why });
      return "unplaced";
    }
    const { rows, byHand } = of(at, issue);
    const { id, text_hash } = data.recommendations[at];
    const placed = { ...row, id, text_hash };
    const hand = byHand.get(coderKey(row.coder));
    rows.push(placed);
    return hand && isSame({ ...hand, issue: row.issue }, placed) ? "known" : "fresh";
  }

  /** The rows of a file with the file and the line of each. Another file of a name that is known gets a number behind it. */
  function inFile(step) {
    const files = new Map();
    const isNamed = ({ file, row }) => Boolean(file) && /^\d+$/.test(row ?? "");
    step.rows.forEach((row, at) => {
      const [file, line] = isNamed(row) ? [row.file, row.row] : [step.file, String(row.line ?? at + 2)];
      // rows that were written first in another file come under its name before those of the file itself
      const group = JSON.stringify([!isNamed(row), file]);
      if (!files.has(group)) files.set(group, { file, rows: [] });
      const cells = Object.fromEntries(CELLS.map((column) => [column, row[column]]));
      files.get(group).rows.push({ ...cells, row: line });
    });
    const taken = new Set();
    return [...files.keys()].sort().flatMap((group) => {
      const { file, rows } = files.get(group);
      const isFree = (name) => !taken.has(name) && rows.every((each) => {
        const there = known.get(lineOf({ file: name, row: each.row }));
        return !there || there.some((one) => isSame(one, each));
      });
      let [name, number] = [file, 1];
      while (!isFree(name)) name = `${file} (${number += 1})`;
      taken.add(name);
      return rows.map((row) => ({ ...row, file: name }));
    });
  }

  /** Applies a step, and counts what became of its rows. */
  function apply(step) {
    const count = { fresh: 0, known: 0, unplaced: 0 };
    if (step.check !== undefined) checked.add(byId.get(step.check));
    if (step.clear) {
      const { at, issue } = place(step.clear);
      if (at !== undefined) of(at, issue).byHand.delete(coderKey(step.clear.coder));
    } else if (step.rows && step.file !== undefined) {
      for (const row of inFile(step)) count[keep(row)] += 1;
    } else if (step.rows) {
      const [row] = step.rows;
      const { at, issue } = place(row);
      // on a page with other decisions nobody knows which is later
      const isByHand = step.given === data.given;
      if (at !== undefined) of(at, issue).byHand.set(coderKey(row.coder), { ...row, file: "", row: "", isByHand });
    }
    return count;
  }

  function replay() {
    made = data.recommendations.map(() => new Map());
    [checked, unplaced, known] = [new Set(), [], new Map()];
    given.forEach(keep);
    state.steps.forEach(apply);
  }

  function save() {
    try {
      storage.setItem(key, JSON.stringify(state));
      isStored = true;
    } catch {
      isStored = false;
    }
  }

  function take(step) {
    state.steps.push(step);
    const count = apply(step);
    isSaved = false;
    save();
    return count;
  }

  /** Takes up what the browser stored; false where it cannot be read, which is then kept under another name. */
  function restore() {
    let stored = null;
    try {
      stored = storage.getItem(key);
      storage.setItem(key + ":test", "");
      storage.removeItem(key + ":test");
    } catch {
      isStored = false;
    }
    const before = state;
    try {
      if (stored !== null) state = { ...state, ...JSON.parse(stored) };
      replay();
      return true;
    } catch {
      state = { ...before, steps: [] };
      replay();
      try {
        storage.setItem(key + ":unreadable", stored);
      } catch {
        isStored = false;
      }
      return false;
    }
  }

  /** All rows on an issue: those of files, then what was decided by hand and is not in one of them. */
  function rowsOn(at, issue) {
    const { rows, byHand } = made[at].get(issue) ?? { rows: [], byHand: new Map() };
    const { coders } = reviewRule.settle(rows);
    const isIn = (hand) => {
      const said = coders.get(coderKey(hand.coder)) ?? [];
      return said.every((row) => isRight(row) === isRight(hand)) && said.some((row) => isSame({ ...row, issue: hand.issue }, hand));
    };
    return [...rows, ...[...byHand.values()].filter((hand) => !isIn(hand))];
  }

  /** The tags of a recommendation: those of the machine, then those that people added. */
  function tags(at) {
    const machine = data.recommendations[at].tags ?? [];
    const added = [...made[at].keys()].filter((issue) => !machine.some((tag) => tag.issue === issue));
    const all = [...machine, ...added.map((issue) => ({ issue, isNew: true }))].map(({ issue, evidence, isNew = false }) => {
      const rows = rowsOn(at, issue);
      const { coders, counting, isContradicted } = reviewRule.settle(rows);
      const kept = isNew ? "added" : "confirmed";
      const decided = counting.length === 0 ? "machine" : isRight(counting[0]) ? kept : "removed";
      const decisions = rows.map((row) => ({ ...row, counts: counting.includes(row) }));
      return { issue, evidence: evidence ?? [], isNew, coders, decisions, status: isContradicted ? "contradicted" : decided };
    });
    return all.filter((tag) => !tag.isNew || tag.decisions.length > 0);
  }

  function isReviewed(at, only) {
    const wanted = tags(at).filter(({ issue }) => only === undefined || issue === only);
    if (wanted.length === 0) return checked.has(at);
    return wanted.every(({ status }) => status !== "machine");
  }

  /** All decisions as rows, in the order of the page; what has no place comes last, as it was. */
  function rows() {
    const placed = made.flatMap((_, at) => tags(at).flatMap(({ decisions }) => decisions.map((row) => {
      // what the same coder decided anew on the same day is earlier, and only the order in one file says so
      const isAnew = ({ isByHand, coder }) => isByHand && coderKey(coder) === coderKey(row.coder);
      const isEarlier = !row.isByHand && decisions.some((other) => isAnew(other) && day(other) === day(row));
      return isEarlier ? { ...row, file: "", row: "" } : row;
    })));
    return [...placed, ...unplaced.map((each) => each.row)];
  }

  /** The decisions that count, by what became of the tag; the issues whose decisions contradict each other. */
  function counts() {
    const all = { confirmed: 0, removed: 0, added: 0, contradicted: 0, checked: checked.size };
    for (const { status, coders } of made.flatMap((_, at) => tags(at))) {
      if (status !== "machine") all[status] += status === "contradicted" ? 1 : coders.size;
    }
    return all;
  }

  const own = (at, issue) => {
    const rows = reviewRule.settle(rowsOn(at, issue)).coders.get(coderKey(state.coder)) ?? [];
    return rows.every((row) => isRight(row) === isRight(rows[0])) ? rows[0] : undefined;
  };

  /** A row decided by hand. It is the coder's last word, also where an earlier one has a date in the future. */
  function byHand(at, issue, { decision, date, note }) {
    const ours = rowsOn(at, issue).filter((row) => coderKey(row.coder) === coderKey(state.coder)).map(day);
    const latest = [...ours, day({ date })].sort().at(-1);
    const { id, text_hash } = data.recommendations[at];
    return { id, issue: data.issues[issue].code, decision, coder: state.coder, date: latest || date, note, text_hash };
  }

  return {
    key, restore, tags, isReviewed, rows, counts, place, own,
    unplaced: () => unplaced,
    isStored: () => isStored,
    isAtRisk: () => !isStored && !isSaved,
    markSaved() { isSaved = true; },
    coder: () => state.coder,
    setCoder(name) { state.coder = name; save(); },
    usesKeys: () => state.keys,
    setKeys(used) { state.keys = used; save(); },
    decide(at, issue, decision, date, note) {
      take({ rows: [byHand(at, issue, { decision, date, note })], given: data.given });
    },
    clear(at, issue) { take({ clear: byHand(at, issue, { decision: "remove", date: "", note: "" }) }); },
    check(at) { take({ check: data.recommendations[at].id }); },
    isChecked: (at) => checked.has(at),
    load: (read, file) => take({ rows: read, file }),
    /** Takes the last step back and returns it, if there is one. */
    undo() {
      const step = state.steps.pop();
      if (step) { replay(); save(); }
      return step;
    },
  };
}

