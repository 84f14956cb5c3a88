"""Counts a list in Ray, and checks that the sum is what one process counts.

    pip install ray
    cargo build --release --example split
    python examples/split_ray.py LIST.csv
"""

import csv
import itertools
import json
import subprocess
import sys

import ray

SPLIT = "target/release/examples/split"


def count(rows):
    """The tallies of a partition, which holds whole reviews, as a line of JSON."""
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    return subprocess.run([SPLIT, "--rows"], input=lines, capture_output=True, text=True, check=True).stdout


def merge(tallies):
    """The sum of such lines."""
    done = subprocess.run([SPLIT, "--merge"], input="".join(tallies), capture_output=True, text=True, check=True)
    return done.stdout


def partitions(path, reviews_each=20):
    """Rows with the table's headers as keys, so many reviews at a time."""
    with open(path, encoding="utf-8", newline="") as file:
        reviews = itertools.groupby(csv.DictReader(file), key=lambda row: (row["To"], row["Session"]))
        together = [list(rows) for _, rows in reviews]
    for begin in range(0, len(together), reviews_each):
        yield list(itertools.chain.from_iterable(together[begin : begin + reviews_each]))


if __name__ == "__main__":
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    remote = ray.remote(count)
    parts = ray.get([remote.remote(rows) for rows in partitions(sys.argv[1])])
    merged = merge(parts)
    alone = subprocess.run([SPLIT, sys.argv[1], "--processes", "1"], capture_output=True, text=True, check=True)
    total = json.loads(merged)[0]["total"]
    print(f"{len(parts)} partitions, {total['recommendations']} recommendations")
    print("the same bytes as one process:", merged == alone.stdout)
