"""Compares tables of an export with what another program made of them: `compare.py libreoffice EXPORT CONVERTED`, where
the tables were converted to ODS, or `compare.py pandas EXPORT`.

A cell may be shown as a number only if it is one in its shortest form, such as 36 or 0.25: 6.10, 008 or 1e5 may not.
"""

import csv
import math
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

SHORTEST = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?(e-[0-9]+)?")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def written(path):
    """The cells of a file, as Python's csv has them."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), f"{path.name} has no byte-order mark"
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def words(element):
    """The text of a paragraph in ODS, where several blanks, tabs and line ends are elements."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(TEXT)
        special = {"s": " " * int(child.get(TEXT + "c", "1")), "tab": "\t", "line-break": "\n"}
        parts.append(special.get(name) if name in special else words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def ods(path, columns):
    """The cells of a converted file: numbers as numbers, all else as it is shown."""
    content = ElementTree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    rows = []
    for row in content.iter(TABLE + "table-row"):
        cells = []
        for cell in row.iter(TABLE + "table-cell"):
            shown = "\n".join(words(line) for line in cell.findall(TEXT + "p"))
            value = float(cell.get(OFFICE + "value")) if cell.get(OFFICE + "value-type") == "float" else shown
            cells += [value] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), columns - len(cells))
        repeated = int(row.get(TABLE + "number-rows-repeated", "1"))
        rows += [cells + [""] * (columns - len(cells))] * (repeated if any(cell != "" for cell in cells) else 1)
    return rows


def pandas_rows(path):
    import pandas

    table = pandas.read_csv(path)
    cells = [["" if pandas.isna(cell) else cell for cell in row] for row in table.astype(object).values.tolist()]
    return [list(table.columns), *cells]


def same(cell, read, decimals):
    if isinstance(read, str):
        # LibreOffice 7.4 leaves out a tab in a cell of several lines
        read, cell = [text.replace("\r\n", "\n").replace("\t", "") for text in (read, cell)]
        return read == cell
    if not decimals and "." in cell:
        return True
    # ODS has 15 digits of a number
    return SHORTEST.fullmatch(cell) is not None and math.isclose(float(cell), read, rel_tol=1e-14)


program, export = sys.argv[1], Path(sys.argv[2])
compared = 0
for path in sorted([*export.glob("*.csv"), *export.glob("statistics/*.csv")]):
    expected = written(path)
    name = path.relative_to(export)
    if program == "pandas":
        rows = pandas_rows(path)
    else:
        rows = ods(Path(sys.argv[3]) / name.with_suffix(".ods"), len(expected[0]))
    while len(rows) > len(expected) and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    assert len(rows) == len(expected), f"{name}: {len(rows)} rows, expected {len(expected)}"
    header = expected[0]
    # a computed number has a point, which is no decimal sign in German: there a person must choose the language
    computed = {at for at, column in enumerate(header) if column in
                {"share_supported", "lower", "upper", "log_odds_ratio", "standard_error", "z", "p_value", "q_value", "lift",
                 "jaccard", "score"}}
    points = program == "pandas" or "en-US" in sys.argv[3]
    for number, (one, other) in enumerate(zip(expected, rows), 1):
        for at, (cell, read) in enumerate(zip(one, other, strict=True)):
            where = f"{name}, row {number}, {header[at]}"
            assert same(cell, read, points or at not in computed), f"{where}: {read!r}, expected {cell!r}"
            assert header[at] != "paragraph" or isinstance(read, str), f"{where}: the number {read!r}"
            compared += 1

recommendations = written(export / "recommendations.csv")
cell = lambda row, column: recommendations[row][recommendations[0].index(column)]
paragraphs, states = {}, set()
for row in range(1, len(recommendations)):
    paragraphs[cell(row, "id")] = cell(row, "paragraph")
    states |= {cell(row, "state_under_review"), *cell(row, "recommending_states").split("; ")}
assert paragraphs["CIV-33-6.10"] == "para. 6.10" and paragraphs["CIV-33-6.1"] == "para. 6.1", paragraphs
assert {"Côte d'Ivoire", "Türkiye"} <= states, states
print(f"{compared} cells are the same in {program}" + (f" ({Path(sys.argv[3]).parent.name})" if program != "pandas" else ""))
