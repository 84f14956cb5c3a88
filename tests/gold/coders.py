"""How far the two coders of core.csv agree, by issue: F1, Cohen's kappa and Krippendorff's alpha (nominal, two coders, no
missing rows), each with a 95% interval from 1,000 bootstrap samples of the texts (seed 1).

    python3 tests/gold/coders.py            prints a table in Markdown

Checked in November 2026 against scikit-learn 1.9.1 (cohen_kappa_score) and krippendorff 0.9.0, to 12 digits."""

import csv
import pathlib
import random


def figures(pairs):
    """F1, kappa and alpha of pairs of yes (1) and no (0); none where they are not defined."""
    n = len(pairs)
    both = sum(1 for a, b in pairs if a and b)
    one, other = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    same = sum(1 for a, b in pairs if a == b)
    f1 = 2 * both / (one + other) if one + other else None
    chance = (one * other + (n - one) * (n - other)) / n**2
    kappa = (same / n - chance) / (1 - chance) if chance < 1 else None
    yes = one + other
    expected = 2 * yes * (2 * n - yes) / (2 * n * (2 * n - 1))
    alpha = 1 - ((n - same) / n) / expected if expected else None
    return f1, kappa, alpha


def main():
    rows = list(csv.DictReader(open(pathlib.Path(__file__).with_name("core.csv"), encoding="utf-8")))
    codes = [[set(filter(None, row[coder].split(";"))) for coder in ("coder_1", "coder_2")] for row in rows]
    issues = sorted(set.union(*(one | other for one, other in codes)))
    chance = random.Random(1)
    samples = [[chance.randrange(len(rows)) for _ in rows] for _ in range(1000)]

    def shown(pairs):
        cells = []
        drawn = [figures([pairs[at] for at in sample]) for sample in samples]
        for which, value in enumerate(figures(pairs)):
            found = sorted(one[which] for one in drawn if one[which] is not None)
            if value is None or not found:
                cells.append("")
                continue
            low, high = found[int(0.025 * len(found))], found[min(len(found) - 1, int(0.975 * len(found)))]
            cells.append(f"{value:.3f} ({low:.3f} to {high:.3f})")
        return cells

    print("| issue | coder 1 | coder 2 | both | F1 | kappa | alpha |\n| --- | --- | --- | --- | --- | --- | --- |")
    for issue in issues:
        pairs = [(int(issue in one), int(issue in other)) for one, other in codes]
        one, other = (sum(pair[at] for pair in pairs) for at in (0, 1))
        both = sum(1 for pair in pairs if pair == (1, 1))
        print(f"| {issue} | {one} | {other} | {both} | {' | '.join(shown(pairs))} |")
    total = [sum(len(f(one, other)) for one, other in codes) for f in (set.intersection, lambda a, b: a, lambda a, b: b)]
    print(f"\nall codes: {total[1]} and {total[2]}, {total[0]} the same, micro-F1 {2 * total[0] / (total[1] + total[2]):.3f}")


if __name__ == "__main__":
    main()
