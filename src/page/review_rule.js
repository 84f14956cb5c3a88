// Which recommendation and issue a row of corrections is about, and which decisions count: the rules of src/correct/find.rs,
// src/correct/settle.rs and src/text/key.rs. tests/browser/alike.mjs compares the two.
const reviewRule = (function () {
  const RIGHT = { __proto__: null, confirm: true, add: true, remove: false };
  const BASES = {
    a: "àáâãäåāăąǎ", c: "çćĉċč", d: "ďđð", e: "èéêëēĕėęě", g: "ĝğġģ", h: "ĥħ", i: "ìíîïĩīĭįı", j: "ĵ", k: "ķ", l: "ĺļľł",
    n: "ñńņň", o: "òóôõöøōŏő", r: "ŕŗř", s: "śŝşšș", t: "ţťŧț", u: "ùúûüũūŭůűų", w: "ŵ", y: "ýÿŷ", z: "źžż", ae: "æ",
    oe: "œ", ss: "ß", ff: "ﬀ", fi: "ﬁ", fl: "ﬂ",
  };
  const baseOf = new Map(Object.entries(BASES).flatMap(([base, all]) => [...all].map((letter) => [letter, base])));
  const lower = (text) => [...text].flatMap((letter) => [...letter.toLowerCase()]);
  const folded = (text) => lower(text).map((letter) => baseOf.get(letter) ?? letter).join("")
    .replace(/[\u0300-\u036f]/g, "");

  /** Capitals, accents and blanks make no other coder. */
  const coderKey = (name) => folded((name || "unnamed").replace(/\s/g, ""));
  const letters = (name) => folded([...name].filter((each) => /[\p{Alphabetic}\p{N}]/u.test(each)).join(""));

  const reviewOf = (id) => id.split("-", 2).join("-");

  /** Whether two reviews can be one: `XXX` is an unknown State, `00` an unknown session. */
  function mayBeTheSame(one, two) {
    const parts = [one, two].map((review) => review.split("-", 2));
    if (parts.some(({ length }) => length < 2)) return one === two;
    const isEither = (at, unknown) => parts[0][at] === parts[1][at] || parts.some((part) => part[at] === unknown);
    return isEither(0, "XXX") && isEither(1, "00");
  }

  /** A number as a spreadsheet may leave it: it makes 26.1 of 26.10 and of 26.100. */
  const asCell = (number) => (/^[0-9.]*\.[0-9.]*$/.test(number)
    ? number.replace(/0+$/, "").replace(/\.+$/, "") + "#" : undefined);

  /** The parts of an id that may mean it: what follows a hyphen, and the number of the paragraph. */
  function partsOf(id) {
    const whole = id.toLowerCase();
    const own = whole.slice(reviewOf(whole).length).replace(/^-+/, "").split("~", 1)[0];
    const pieces = whole.split("-");
    const ends = pieces.slice(1).map((_, at) => pieces.slice(at + 1).join("-"));
    return new Set([...ends, whole, own, asCell(own)].filter((part) => part !== undefined));
  }

  function meant(part) {
    const lowered = part.trim().toLowerCase();
    const number = (text) => text.replace(/\s/g, "").replace(/\.+$/, "");
    if (lowered.startsWith("para")) return number(lowered.slice(4).replace(/^[. ]+/, ""));
    const asked = number(lowered);
    // a spreadsheet takes zeros away: what still ends in one is as it was written
    return asCell(asked) && asked.endsWith("0") ? asked : asCell(asked) ?? lowered;
  }

  /** A function that says of a row where it belongs: the recommendation and the issue, or why it has no place. */
  function places(data) {
    const [byId, byHash, byPart, byCode, byKey, byName] = Array.from({ length: 6 }, () => new Map());
    const add = (map, key, at) => map.set(key, [...(map.get(key) ?? []), at]);
    data.recommendations.forEach(({ id, text_hash }, at) => {
      add(byId, id, at);
      add(byHash, text_hash, at);
      for (const part of partsOf(id)) add(byPart, part, at);
    });
    data.issues.forEach(({ code, names }, at) => {
      byCode.set(code.toLowerCase(), at);
      if (!byKey.has(letters(code))) byKey.set(letters(code), at);
      for (const name of names ?? []) byName.set(name, at);
    });
    const issueOf = (name) => byCode.get(name.toLowerCase()) ?? byKey.get(letters(name)) ?? byName.get(letters(name));

    function recommendation({ id, text_hash: hash, appliedTo }) {
      // the program has placed it, in the whole list
      const applied = byId.get(appliedTo) ?? [];
      if (applied.length === 1) return { at: applied[0] };
      const named = byId.get(id) ?? [];
      if (named.length > 1) return { why: "why-twice" };
      if (named.length === 1 && (!hash || data.recommendations[named[0]].text_hash === hash)) return { at: named[0] };
      // a page of a part of a list knows neither all ids nor all texts
      if (data.part) return { why: named.length === 1 ? "why-text" : "why-id" };
      const ofPart = named.length === 1 ? [] : (byPart.get(meant(id)) ?? [])
        .filter((at) => !hash || data.recommendations[at].text_hash === hash);
      if (ofPart.length === 1) return { at: ofPart[0] };
      if (!hash) return { why: ofPart.length > 1 ? "why-meant" : "why-id" };
      const same = (byHash.get(hash) ?? []).filter((at) => (
        mayBeTheSame(reviewOf(id), reviewOf(data.recommendations[at].id))));
      if (same.length > 1) return { why: "why-several" };
      return same.length === 1 ? { at: same[0] } : { why: named.length === 1 ? "why-text" : "why-id" };
    }

    return (row) => {
      const { at, why } = recommendation(row);
      if (why) return { why };
      const [, dimension, category] = row.issue.match(/^([^=]*)=(.*)$/s) ?? [null, "issue", row.issue];
      if (!["issue", "issues"].includes(letters(dimension))) return { why: "why-other" };
      const issue = issueOf(category.trim());
      if (issue === undefined) return { why: "why-issue" };
      if (RIGHT[row.decision.toLowerCase()] === undefined) return { why: "why-decision" };
      return { at, issue };
    };
  }

  const isRight = ({ decision }) => RIGHT[decision.toLowerCase()];
  /** A row without a date counts as the earliest. */
  const day = ({ date }) => (corrections.isDay(date) ? date : "");

  /** Of one coder's rows those that count: the latest. Several contradict each other, or say the same. */
  function last(own) {
    const byHand = own.find((row) => row.isByHand);
    if (byHand) return [byHand];
    const ofFile = new Map();
    for (const row of own) {
      const known = ofFile.get(row.file);
      const isBefore = known && (day(row) === day(known) ? Number(row.row) < Number(known.row) : day(row) < day(known));
      if (!isBefore) ofFile.set(row.file, row);
    }
    const all = [...ofFile.values()];
    if (all.every((row) => isRight(row) === isRight(all[0]))) return all;
    const latest = all.map(day).sort().at(-1);
    return all.filter((row) => day(row) === latest);
  }

  /** Of the rows on one issue of one recommendation: what counts of each coder, and whether it contradicts itself. */
  function settle(rows) {
    const coders = new Map();
    for (const row of rows) coders.set(coderKey(row.coder), [...(coders.get(coderKey(row.coder)) ?? []), row]);
    for (const [coder, own] of coders) coders.set(coder, last(own));
    const counting = [...coders.values()].flat();
    return { coders, counting, isContradicted: counting.some((row) => isRight(row) !== isRight(counting[0])) };
  }

  return { places, settle, coderKey, isRight, day };
})();

