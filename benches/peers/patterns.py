"""The rules that all contenders can be given: include rules of the codebook `core` as regular expressions.

`upr` has a notation for words, choices, lists and gaps; others have regular expressions. `rules` translates what can be
translated: rules without `with` and `without`, without a regular expression of their own, in one order. What the
translation cannot say (where a sentence ends at a full stop, letters with accents) is found by comparing, rule by rule,
in how many texts each matches: see `compare.py`, which keeps the rules that agree.
"""

import csv
import re
from pathlib import Path

# Words and what stands between them, in ASCII for everybody: Unicode classes make each engine slower, and the texts
# are English. A phrase does not match across these signs, a gap not across the end of a sentence.
WORD = "[0-9A-Za-z_]"
JOINED = r"[^0-9A-Za-z_,:;?!()\[\]{}.]+"
WITHIN = r"[^0-9A-Za-z_;?!.]"


class Untranslatable(Exception):
    """The notation says something that a regular expression for everybody cannot."""


def word(text):
    is_open = text.endswith("*")
    text = text.rstrip("*")
    if not re.fullmatch(r"[0-9A-Za-z]+", text):
        raise Untranslatable(text)
    capitals = sum(c.isupper() for c in text) >= 2 and not any(c.islower() for c in text)
    return (f"(?-i:{text})" if capitals else text) + (f"{WORD}*" if is_open else "")


def phrase(text):
    """Words that follow each other; the 's of "women's" is a word of its own."""
    return JOINED.join(word(part) for part in re.split(r"[\s\-/']+", text.strip()) if part)


def element(text, lists):
    if text.startswith("{"):
        return [phrase(term) for term in lists[text[1:-1]]]
    if text.startswith("("):
        choices = []
        for part in text[1:-1].split("|"):
            part = part.strip()
            choices += element(part, lists) if part.startswith("{") else [phrase(part) if part else ""]
        return choices
    return [phrase(text)]


def translate(pattern, lists):
    """A regular expression without flags, to be matched in any case."""
    if pattern.startswith("/") or "<~" in pattern:
        raise Untranslatable(pattern)
    parts = re.findall(r"<\d+>|\([^)]*\)|\{[^}]*\}|[^<({]+", pattern)
    regex, gap = "", None
    for part in (part.strip() for part in parts):
        if not part:
            continue
        if part.startswith("<"):
            gap = rf"{WITHIN}+(?:{WORD}+{WITHIN}+){{0,{int(part[1:-1])}}}"
            continue
        choices = element(part, lists)
        if "" in choices:
            raise Untranslatable(pattern)  # an optional part: where its joint goes depends on its neighbours
        joint = (gap or JOINED) if regex else ""
        regex += joint + (choices[0] if len(choices) == 1 else "(?:" + "|".join(choices) + ")")
        gap = None
    return rf"\b{regex}\b"


def rules(codebook):
    """(line of rules.csv, issue, pattern, regular expression) of each rule that can be translated."""
    lists = {}
    with open(codebook / "lists.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], []).append(row["term"])
    found = []
    with open(codebook / "rules.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "include" or row["with"] or row["without"]:
                continue
            try:
                found.append((row["issue"], row["pattern"], translate(row["pattern"], lists)))
            except Untranslatable:
                continue
    return found


def write(folder, source, kept):
    """A codebook of the rules kept, for `upr`; and the regular expressions of each issue, for the others."""
    folder.mkdir(parents=True, exist_ok=True)
    issues = {issue for issue, _, _ in kept}
    for name in ["themes.csv", "lists.csv"]:
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "codebook.csv").write_text("key,value\nname,peers\nversion,1\n", encoding="utf-8")
    with open(source / "issues.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["issue"] in issues]
    with open(folder / "issues.csv", "w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, rows[0].keys())
        sheet.writeheader()
        sheet.writerows(rows)
    with open(folder / "rules.csv", "w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(["issue", "kind", "pattern"])
        sheet.writerows([issue, "include", pattern] for issue, pattern, _ in kept)
    with open(folder / "regexes.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{issue}\t{regex}\n" for issue, _, regex in kept)


def by_issue(path):
    """One regular expression for each issue, as somebody who knows pandas or polars would write it."""
    issues = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        issue, regex = line.split("\t")
        issues.setdefault(issue, []).append(regex)
    return {issue: "|".join(regexes) for issue, regexes in sorted(issues.items())}
