// The decisions of a review: a list of steps, replayed into what was decided on each recommendation. So undo goes back to
// the first step, and the browser stores no more than the steps.
//
// A step is one of: { rows, file } with rows as in corrections.csv, `file` where they were read from one; { clear: row }
// takes a decision back; { check: id } says that no issue fits.
function reviewStore(data, storage) {
  const STATUS = { confirm: "confirmed", add: "added", remove: "removed" };
  const key = "upr-review:" + data.list;
  const [byId, byHash, byCode] = [new Map(), new Map(), new Map()];
  data.recommendations.forEach(({ id, text_hash }, at) => {
    if (!byId.has(id)) byId.set(id, at);
    byHash.set(text_hash, [...(byHash.get(text_hash) ?? []), at]);
  });
  data.issues.forEach(({ code }, at) => byCode.set(code, at));

  let state = { coder: "", keys: true, steps: [] };
  let made, checked, unplaced, order;
  let [isStored, isSaved] = [true, true];

  /** Where a row belongs: the recommendation and the issue, or why it has no place. */
  function place(row) {
    let at = byId.get(row.id);
    const named = at;
    if (row.text_hash && (at === undefined || data.recommendations[at].text_hash !== row.text_hash)) {
      const same = byHash.get(row.text_hash) ?? [];
      if (same.length > 1) return { why: "why-several" };
      at = same[0];
      if (at === undefined && named !== undefined) return { why: "why-text" };
    }
    if (at === undefined) return { why: "why-id" };
    const code = row.issue.replace(/^issue=/, "");
    if (code.includes("=")) return { why: "why-other" };
    const issue = byCode.get(code);
    if (issue === undefined) return { why: "why-issue" };
    if (!STATUS[row.decision]) return { why: "why-decision" };
    return { at, issue };
  }

  const day = ({ date }) => (corrections.isDay(date) ? date : "");

  /** Applies a step, and counts what became of its rows. */
  function apply(step) {
    const count = { placed: 0, unplaced: 0, replaced: 0, older: 0 };
    if (step.check !== undefined) checked.add(byId.get(step.check));
    if (step.clear) {
      const { at, issue } = place(step.clear);
      const coders = made[at]?.get(issue);
      coders?.delete(step.clear.coder);
      if (coders?.size === 0) made[at].delete(issue);
    }
    for (const row of step.rows ?? []) {
      const { at, issue, why } = place(row);
      if (why) {
        count.unplaced += 1;
        const same = (each) => Object.keys(row).every((column) => each.row[column] === row[column]);
        if (!unplaced.some(same)) unplaced.push({ row, why });
        continue;
      }
      if (!made[at].has(issue)) made[at].set(issue, new Map());
      const coders = made[at].get(issue);
      const known = coders.get(row.coder);
      if (known && step.file && day(row) < day(known)) {
        count.older += 1;
        continue;
      }
      const differs = known && ["decision", "note", "date"].some((column) => known[column] !== row[column]);
      count.replaced += differs ? 1 : 0;
      count.placed += 1;
      const { decision, coder, date, note } = row;
      order += 1;
      coders.set(coder, { decision, coder, date, note, order });
    }
    return count;
  }

  function replay() {
    made = data.recommendations.map(() => new Map());
    [checked, unplaced, order] = [new Set(), [], 0];
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

  const inOrder = (coders) => [...coders.values()].sort((one, two) => (
    day(one) === day(two) ? one.order - two.order : day(one) < day(two) ? -1 : 1));

  /** The tags of a recommendation: those that the page came with, then those that people added. */
  function tags(at) {
    const given = data.recommendations[at].tags ?? [];
    const added = [...made[at].keys()].filter((issue) => !given.some((tag) => tag.issue === issue));
    return [...given, ...added.map((issue) => ({ issue, isNew: true }))].map((tag) => {
      const decisions = inOrder(made[at].get(tag.issue) ?? new Map());
      const base = tag.status ?? "machine";
      const status = decisions.length > 0 ? STATUS[decisions.at(-1).decision] : base;
      return { issue: tag.issue, evidence: tag.evidence ?? [], isNew: tag.isNew === true, base, status, decisions };
    });
  }

  function isReviewed(at, only) {
    const wanted = tags(at).filter(({ issue }) => only === undefined || issue === only);
    if (wanted.length === 0) return checked.has(at);
    return wanted.every(({ status }) => status !== "machine");
  }

  const row = (at, issue, { decision, coder, date, note }) => {
    const { id, text_hash } = data.recommendations[at];
    return { id, issue: data.issues[issue].code, decision, coder, date, note, text_hash };
  };

  /** All decisions as rows, in the order of the page; what has no place comes last, as it was. */
  function rows() {
    const placed = data.recommendations.flatMap((_, at) => tags(at).flatMap(({ issue, decisions }) => (
      decisions.map((decision) => row(at, issue, decision)))));
    return [...placed, ...unplaced.map((each) => each.row)];
  }

  function counts() {
    const all = { confirm: 0, remove: 0, add: 0, checked: checked.size };
    for (const issues of made) {
      for (const coders of issues.values()) {
        for (const { decision } of coders.values()) all[decision] += 1;
      }
    }
    return all;
  }

  return {
    key, restore, tags, isReviewed, rows, counts, place,
    unplaced: () => unplaced,
    isStored: () => isStored,
    isAtRisk: () => !isStored && !isSaved,
    markSaved() { isSaved = true; },
    coder: () => state.coder,
    setCoder(name) { state.coder = name; save(); },
    usesKeys: () => state.keys,
    setKeys(used) { state.keys = used; save(); },
    own: (at, issue) => made[at].get(issue)?.get(state.coder),
    decide(at, issue, decision, date, note) {
      take({ rows: [row(at, issue, { decision, coder: state.coder, date, note })] });
    },
    clear(at, issue) { take({ clear: row(at, issue, made[at].get(issue).get(state.coder)) }); },
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

