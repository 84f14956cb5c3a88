"""The same job by upr, pandas and polars, and the same search by upr, ripgrep and Hyperscan: first that they agree,
then how long each takes. Started by `run`, which builds what is needed; README.md tells what is compared."""

import csv
import io
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import patterns
import polars

HERE = Path(__file__).parent
SAME = {"Accepted": "supported", "Noted": "noted", "&#40;Unknown&#41;": "unknown"}


def seconds(command, threads=None):
    """What the command prints: its own seconds."""
    environment = dict(os.environ, **({"RAYON_NUM_THREADS": threads} if threads else {}))
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return float(done.stdout.split()[0])


def whole(command):
    """The seconds of a command from its start to its end."""
    begun = time.perf_counter()
    output(command)
    return time.perf_counter() - begun


def output(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return done.stdout


def read_texts(files, to):
    """All texts, one a line, each once."""
    texts = {}
    for file in files:
        content = Path(file).read_bytes().decode("mac_roman").replace("\r", "\n")
        for row in csv.DictReader(io.StringIO(content)):
            texts[" ".join(row["Text"].split())] = None
    to.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
    return len(texts)


def agreeing(peers, hyperscan, work, texts):
    """The rules that match in as many texts as their regular expression does, and that every tool takes."""
    core = HERE / "../../src/codebook/core"
    candidates = patterns.rules(core)
    patterns.write(work / "candidates", core, candidates)
    ours = [int(line.rsplit("\t", 1)[1])
            for line in output([peers, "rules", work / "candidates", texts]).splitlines()]
    column = polars.Series("text", texts.read_text(encoding="utf-8").splitlines())
    contains = [polars.col("text").str.contains("(?i)" + regex.replace(r"\b", r"(?-u:\b)")).sum().alias(str(at))
                for at, (_, _, regex) in enumerate(candidates)]
    theirs = column.to_frame().lazy().select(contains).collect().row(0)
    scanned = [None] * len(candidates)
    if hyperscan:
        scanned = [int(line) for line in
                   output([hyperscan, work / "candidates/regexes.tsv", texts, "counts"]).split()]
    kept = [rule for rule, one, two, three in zip(candidates, ours, theirs, scanned)
            if one == two and three in (None, one)]
    print(f"{len(candidates)} include rules of the codebook core can be written as regular expressions; "
          f"{len(kept)} of them match in exactly as many texts in every tool, and are compared.")
    patterns.write(work / "codebook", core, kept)
    return work / "codebook"


def table(path):
    """A table as counts by category, in the words of upr."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return Counter({tuple(SAME.get(cell, cell) for cell in row[:-1]): int(row[-1]) for row in rows})


def check(work):
    """All three tables, count by count. States are compared by their counts: upr gives each its name of today."""
    for name in ["issue-Response", "issue-From-Rgrp", "From"]:
        one = table(work / f"upr/{name}.csv")
        one = Counter({key: count for key, count in one.items() if "untagged" not in key})
        for other in ["pandas", "polars"]:
            two = table(work / f"{other}/{name}.csv")
            same = sorted(one.values()) == sorted(two.values()) if name == "From" else one == two
            if not same:
                differing = sorted((one - two) + (two - one))[:5]
                sys.exit(f"{name}: upr and {other} count differently, first in {differing}")
        print(f"{name}: {len(one)} counts, {sum(one.values())} in all, the same in upr, pandas and polars")


def compare(title, first, others):
    """Times in turns, so that what else the machine does falls on all; ratios of each round, so that it cancels."""
    print(f"\n{title}")
    times = {name: [] for name in [first[0], *(name for name, _, _ in others)]}
    rounds = max(rounds for _, _, rounds in others)
    for turn in range(rounds):
        times[first[0]].append(first[1]())
        for name, run, rounds_of_it in others:
            if turn < rounds_of_it:
                times[name].append(run())
    for name, measured in times.items():
        spread = f"{min(measured):.3f} to {max(measured):.3f}"
        line = f"  {name:<34} {statistics.median(measured):8.3f} s  ({spread}, {len(measured)} runs)"
        if name != first[0]:
            ratios = [theirs / ours for theirs, ours in zip(measured, times[first[0]])]
            line += f"  {statistics.median(ratios):6.1f} times upr ({min(ratios):.1f} to {max(ratios):.1f})"
        print(line, flush=True)


def main(peers, summary, hyperscan, ripgrep, work, files):
    work = Path(work)
    work.mkdir(parents=True, exist_ok=True)
    texts = work / "texts.txt"
    print(f"{len(files)} files, {read_texts(files, texts)} different texts")
    codebook = agreeing(peers, hyperscan, work, texts)
    regexes = codebook / "regexes.tsv"
    python = sys.executable
    jobs = {
        "upr": lambda: seconds([peers, "job", codebook, work / "upr", *files]),
        "pandas": lambda: seconds([python, HERE / "pandas_job.py", regexes, work / "pandas", *files]),
        "polars": lambda: seconds([python, HERE / "polars_job.py", regexes, work / "polars", *files]),
    }
    first = {name: job() for name, job in jobs.items()}
    print("once each:", ", ".join(f"{name} {time:.2f} s" for name, time in first.items()))
    check(work)
    rounds = int(os.environ.get("ROUNDS", "5"))
    compare("The job, from files to tables, two cores (Python's start and imports not counted)",
            ("upr", jobs["upr"]),
            [("polars", jobs["polars"], rounds), ("pandas", jobs["pandas"], min(rounds, 3))])
    compare("What users run, two cores, from start to end: `summary FILES --out FOLDER`, which also codes aspects and action "
            "categories and writes all tables with the evidence",
            ("upr", jobs["upr"]),
            [("summary --out", lambda: whole([summary, *files, "--out", work / "summary"]), rounds)])
    others = []
    if hyperscan:
        others.append(("Hyperscan, all at once", lambda: seconds([hyperscan, regexes, texts]), rounds))
    if ripgrep:
        issues = list(patterns.by_issue(regexes).values())

        def by_issue():
            begun = time.perf_counter()
            for regex in issues:
                # one thread, as the others
                subprocess.run([ripgrep, "-j1", "-c", "-i", "-e", regex.replace(r"\b", r"(?-u:\b)"), texts],
                               stdout=subprocess.DEVNULL)
            return time.perf_counter() - begun

        others.append((f"ripgrep, once for each of {len(issues)} issues", by_issue, rounds))
    if others:
        compare("The search alone, one core: which rules match in which text (upr: and where)",
                ("upr", lambda: seconds([peers, "match", codebook, texts], "1")), others)


main(sys.argv[1], sys.argv[2], sys.argv[3] or None, sys.argv[4] or None, sys.argv[5], sys.argv[6:])
