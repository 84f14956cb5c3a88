"""Learns src/like/weights.csv from what the asks of like.csv are compared by.

    UPR_MEASURES=measures.csv cargo test --lib -- --ignored like::learn
    pip install numpy scikit-learn
    python tests/gold/weights.py measures.csv src/like/weights.csv

A logistic regression on recommendations that stand out, the parts `development`, `first test` and `second test` alone. All that
take one ask up weigh together as much as the root of their number. It prints how often an ask is right with five
recommendations shown, when lists are held out in turn, at several thresholds; the constant `added` is such that the threshold
is at zero.
"""
import csv, sys
from collections import defaultdict
import numpy as np
from sklearn.linear_model import LogisticRegression

# how much freedom weights have, and what a recommendation weighs that does not take the ask up
REGULARISATION, UNTAKEN_WEIGHT = 0.1, 0.5

rows = list(csv.reader(open(sys.argv[1])))
names = rows[0][5:]
asks = defaultdict(lambda: ([], []))
for part, name, ask, variant, taken_up, *measures in rows[1:]:
    one = asks[part, name, ask, int(variant)]
    one[0].append([int(value) / 1000 for value in measures])
    one[1].append(int(taken_up))
takers = {row["id"]: bool(row["takers"]) for row in csv.DictReader(open(sys.argv[0].replace("weights.py", "like.csv")))}
asks = {key: (np.array(measures), np.array(taken)) for key, (measures, taken) in asks.items()}


def learned(keys):
    measures = np.concatenate([asks[key][0] for key in keys])
    taken = np.concatenate([asks[key][1] == 2 for key in keys])
    weigh = lambda taken: np.where(taken == 2, 1 / np.sqrt(max((taken == 2).sum(), 1)), UNTAKEN_WEIGHT)
    weights = np.concatenate([weigh(asks[key][1]) for key in keys])
    mean, spread = measures.mean(0), measures.std(0) + 1e-9
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit((measures - mean) / spread, taken, sample_weight=weights)
    return model.coef_[0] / spread, model.intercept_[0] - (model.coef_[0] / spread * mean).sum()


def decided(keys, weights, added):
    """For each ask the best of the first five that take it up, and the best of all."""
    taken_up, untaken = [], []
    for key in keys:
        measures, taken = asks[key]
        scores = measures @ weights + added
        first = np.argsort(-scores, kind="stable")[:5]
        if takers[key[2]]:
            right = scores[first][taken[first] == 2]
            taken_up.append(right.max() if len(right) else -99)
        else:
            untaken.append(scores.max())
    return np.array(taken_up), np.array(untaken)


def report(name, taken_up, untaken):
    print(f"{name}: first five {(taken_up > -99).mean():.3f} of {len(taken_up)}")
    every = np.quantile(np.concatenate([taken_up, untaken]), np.linspace(0, 1, 400))
    curve = [((taken_up >= at).mean(), (untaken < at).mean(), at) for at in every]
    for least in (0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        recall, none, at = max((point for point in curve if point[1] >= least), key=lambda point: point[0])
        print(f"   none right {none:.3f}, marked and among the first five {recall:.3f}, threshold {at:.2f}")
    return max(curve, key=lambda point: min(point[:2]))


learnt_from = [key for key in asks if key[0] != "unseen"]
found = {0: ([], []), 1: ([], [])}
for held_out in sorted({key[1] for key in learnt_from}):
    weights, added = learned([key for key in learnt_from if key[1] != held_out])
    for which, variants in ((0, (0,)), (1, (1, 2))):
        here = [key for key in learnt_from if key[1] == held_out and key[3] in variants]
        for into, values in zip(found[which], decided(here, weights, added)):
            into.extend(values)
whole = report("lists held out", *map(np.array, found[0]))
fewer = report("lists held out, the tables know fewer words", *map(np.array, found[1]))
weights, added = learned(learnt_from)
report("the earlier unseen", *decided([key for key in asks if key[0] == "unseen" and key[3] == 0], weights, added))
threshold = (whole[2] + fewer[2]) / 2
print("balanced:", whole, fewer, "threshold", threshold)
with open(sys.argv[2], "w") as file:
    file.write("measure,weight\n")
    for name, weight in zip(names, weights):
        file.write(f"{name},{round(weight * 1000)}\n")
    file.write(f"added,{round((added - threshold) * 1000)}\n")
