"""Counts a list in Ray or in Spark, and checks that the sum is what one process counts.

    pip install ray        # or pyspark, which needs Java
    cargo build --release --example split
    python examples/split_engines.py ray LIST.csv
    python examples/split_engines.py spark LIST.csv

The list is a table in UTF-8 with the columns To (the State under review) and Session.
"""

import csv
import itertools
import json
import os
import subprocess
import sys

SPLIT = os.environ.get("SPLIT", os.path.abspath("target/release/examples/split"))


def split(arguments, text=""):
    """What the program prints; its error message is raised."""
    done = subprocess.run([SPLIT, *arguments], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def count(rows):
    """The tallies of a partition of whole reviews, as a line of JSON."""
    return split(["--rows"], "".join(json.dumps(row) + "\n" for row in rows))


def merge(lines):
    """The sum of such lines."""
    return split(["--merge"], "".join(lines))


def in_ray(path):
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    with open(path, encoding="utf-8", newline="") as file:
        by_review = itertools.groupby(csv.DictReader(file), key=lambda row: (row["To"], row["Session"]))
        reviews = [list(rows) for _, rows in by_review]
    # twenty reviews each
    parts = [list(itertools.chain(*reviews[at : at + 20])) for at in range(0, len(reviews), 20)]
    return ray.get([ray.remote(count).remote(rows) for rows in parts])


def in_spark(path):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    rows = spark.read.csv(path, header=True, multiLine=True, quote='"', escape='"')
    # a review stays together, as several partitions
    rows = rows.repartition(8, "To", "Session").rdd
    # Row is a tuple, so it becomes a dictionary; a partition returns an iterable, so the line is put into a list
    return rows.mapPartitions(lambda part: [count(row.asDict() for row in part)]).collect()


if __name__ == "__main__":
    engine, path = sys.argv[1:]
    lines = {"ray": in_ray, "spark": in_spark}[engine](path)
    merged = merge(lines)
    total = json.loads(merged)[0]["total"]
    print(f"{engine}: {len(lines)} partitions, {total['recommendations']} recommendations")
    if merged != split([path]):
        sys.exit("the sum is not what one process counts")
    print("the same bytes as one process")
