#!/usr/bin/env python3
"""Compares two builds of the program `summary`: the same bytes, and the CPU time of the second as a share of the first.

    benches/compare_builds.py OLD NEW [ROUNDS]

OLD and NEW are the paths of the two programs. Each case runs in turn with both, so that other work on the machine slows both
alike; the median of the ratios of ROUNDS rounds (5) is printed. CPU time is user and system time of all threads. The cases with
UPR Info's export and other real lists need `../shared/data`. The exit code is 1 where any byte differs.
"""

import filecmp
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


def cases():
    """Name, arguments ({out} is a folder of the run's own), and whether the time is reported."""
    usa = [str(ROOT / "fixtures/usa-2020.csv")]
    yield "one list", usa, True
    yield "one list, all", usa + ["--out", "{out}/t", "--statistics", "--report", "{out}/p.html"], True
    for code, name in [("fr", "rapport-fr.txt"), ("es", "informe-es.txt")]:
        text = str(ROOT / "fixtures/languages" / name)
        yield f"list in {code}", [text, "--language", code, "--statistics", "--out", "{out}/t", "--report", "{out}/p.html"], False
    yield "JSON", usa + ["--json"], False
    yield "codebook upr-info", usa + ["--codebook", "upr-info", "--out", "{out}/t"], False
    yield "like", usa + ["--like", "Close the camp at Guantanamo Bay"], False
    climate = str(ROOT / "fixtures/codebook-climate")
    yield "codebook of a user", usa + ["--codebook", climate, "--out", "{out}/t", "--statistics"], False
    export = sorted(map(str, (DATA / "upr-info").glob("sessions-*.csv")))
    if export:
        yield "export, --out", export + ["--out", "{out}/t"], True
        yield "export, --statistics", export + ["--statistics"], True
        yield "export, --report", export + ["--report", "{out}/p.html"], True
        yield "export, --out --statistics", export + ["--out", "{out}/t", "--statistics"], True
        yield "export, upr-info", export + ["--codebook", "upr-info", "--out", "{out}/t"], False
    for path in sorted((DATA / "modern").glob("*")) + sorted((DATA / "languages").glob("*.json*")):
        yield path.name, [str(path), "--out", "{out}/t", "--statistics", "--report", "{out}/p.html"], False


def run(program, arguments, out):
    """What the program printed, its CPU seconds, and its seconds on the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # messages name the folder, which is another one in each run
    done = subprocess.run(
        [program] + [argument.replace("{out}", str(out)) for argument in arguments],
        capture_output=True,
        cwd=ROOT,
    )
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    printed = [done.returncode, done.stdout, done.stderr.replace(str(out).encode(), b"OUT")]
    return printed, cpu, end - start


def same_folders(one, two):
    files = [sorted(path.relative_to(top) for path in top.rglob("*") if path.is_file()) for top in (one, two)]
    if files[0] != files[1]:
        return False
    return all(filecmp.cmp(one / path, two / path, shallow=False) for path in files[0])


def main():
    old, new, rounds = sys.argv[1], sys.argv[2], int((sys.argv[3:] or ["5"])[0])
    alike = True
    for name, arguments, timed in cases():
        ratios, seconds = [], []
        for _ in range(rounds if timed else 1):
            with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
                one, two = pathlib.Path(one), pathlib.Path(two)
                before, after = run(old, arguments, one), run(new, arguments, two)
                same = before[0] == after[0] and same_folders(one, two)
            ratios.append(after[1] / before[1])
            seconds.append((before[1], after[1], before[2], after[2]))
            if not same:
                break
        alike &= same
        of_time = [statistics.median(column) for column in zip(*seconds)]
        figures = "CPU {:.3f} s, now {:.3f} s; on the clock {:.3f} s, now {:.3f} s".format(*of_time)
        print(f"{name}: {'same bytes' if same else 'OTHER BYTES'}", end="")
        print(f"; ratio {statistics.median(ratios):.2f} ({figures})" if timed else "", flush=True)
    sys.exit(not alike)


main()
