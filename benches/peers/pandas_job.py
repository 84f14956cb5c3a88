"""The job in pandas: from the files of UPR Info to three tables. Prints the seconds without starting Python."""

import sys
import time
from pathlib import Path

import pandas
import patterns


def main(regexes, out, files):
    begun = time.perf_counter()
    # the encoding and the line ends of these files have to be known; `upr` finds them out
    lists = [pandas.read_csv(file, encoding="mac_roman", dtype=str, keep_default_na=False) for file in files]
    rows = pandas.concat(lists, ignore_index=True)
    # a text that differs in its blanks alone is the same text
    rows["Text"] = rows["Text"].str.replace(r"\s+", " ", regex=True).str.strip()
    rows = rows.drop_duplicates(["To", "Session", "Text", "Response", "From"])
    out.mkdir(parents=True, exist_ok=True)
    tables = {"Response": {}, "From-Rgrp": {}}
    for issue, regex in patterns.by_issue(regexes).items():
        tagged = rows[rows["Text"].str.contains("(?ai)" + regex, regex=True)]
        for column, table in tables.items():
            table[issue] = tagged[column].value_counts()
    for column, table in tables.items():
        counts = pandas.concat(table, names=["issue", column]).rename("count").reset_index()
        counts.sort_values(["issue", column]).to_csv(out / f"issue-{column}.csv", index=False)
    states = rows["From"].value_counts().rename_axis("From").rename("count").reset_index()
    states.sort_values("From").to_csv(out / "From.csv", index=False)
    print(time.perf_counter() - begun)


main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
