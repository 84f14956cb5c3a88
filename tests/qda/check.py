"""Checks a folder with an export, `list.qdpx` and `list.qdc`:

    check.py pyrefiqda FOLDER                      what pyrefiqda reads is what upr.json says
    check.py portableqda FOLDER                    what portableQDA reads is the codebook
    check.py edited FOLDER SUMMARY LIST OPTION...  corrections are what was edited in the project
"""

import collections
import csv
import io
import json
import logging
import subprocess
import sys
import uuid
import zipfile
from pathlib import Path
from xml.etree import ElementTree

folder = Path(sys.argv[2])
project_file, codebook_file = folder / "list.qdpx", folder / "list.qdc"
document = json.loads((folder / "upr.json").read_text(encoding="utf-8"))


def rows(name):
    with open(folder / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


issues, aspect_codes = rows("issues.csv"), rows("aspect_codes.csv")
themes, aspects = {row["theme"] for row in issues}, {row["aspect"] for row in aspect_codes}
recommendations = {one["recommendation"]["id"]: one for one in document["recommendations"]}


def codings(one):
    yield "issue", one["coding"]
    yield from one.get("aspects", {}).items()


def label(dimension, code):
    return document["labels"][dimension][code]


def evidence():
    """Each place that is coded, by id, label, beginning and end. Rules that match the same words share it."""
    found = set()
    for id, one in recommendations.items():
        for dimension, coding in codings(one):
            for tag in coding["tags"]:
                assert tag["evidence"], f"{id}: {tag['code']} has no evidence"
                for match in tag["evidence"]:
                    span = match["span"]["start"], match["span"]["end"]
                    assert one["recommendation"]["text"][span[0] : span[1]] == match["matched"]
                    found.add((id, dimension, tag["code"], *span, match["matched"]))
    labels = collections.Counter()
    for id, dimension, code, start, end, matched in found:
        labels[id, label(dimension, code), start, end, matched] += 1
    return labels


def with_pyrefiqda():
    from pyrefiqda import RefiCodebook, RefiProject

    unpacked = folder / "unpacked"
    project = RefiProject.load(project_file, extract_dir=str(unpacked))

    def flat(codes):
        for code in codes:
            yield code
            yield from flat(code.code)

    codes = list(flat(project.code_book.codes.code))
    assert len(codes) == len(themes) + len(issues) + len(aspects) + len(aspect_codes), len(codes)
    assert len({code.guid for code in codes}) == len(codes)
    names = {code.guid: code.name for code in codes}
    # for coding are those below alone
    assert {code.is_codable for code in project.code_book.codes.code} == {False}
    definitions = {row["label"]: row["definition"] for row in issues}
    below = [code for theme in project.code_book.codes.code[: len(themes)] for code in theme.code]
    assert {code.name: code.description or "" for code in below} == definitions

    sources = project.sources.text_source
    assert [source.name for source in sources] == list(recommendations), "the sources are not the recommendations"
    variables = {variable.guid: variable.name for variable in project.variables.variable}
    read, texts = collections.Counter(), 0
    for source in sources:
        path = RefiProject.resolve_source_path(source.plain_text_path, unpacked)
        # as it is: Python would change the ends of lines
        text = path.read_bytes().decode("utf-8")
        made = recommendations[source.name]["recommendation"]
        assert text == made["text"].replace("\r", " "), source.name
        texts += 1
        for selection in source.plain_text_selection:
            words = text[selection.start_position : selection.end_position]
            assert len(selection.coding) == 1 and selection.description
            place = selection.start_position, selection.end_position
            read[source.name, names[selection.coding[0].code_ref.target_guid], *place, words] += 1
        values = {variables[value.variable_ref.target_guid]: value.text_value for value in source.variable_value}
        assert values.get("Session", "") == str((made["session"] or {}).get("number", "")), values
        assert len(values["Recommending States"].split("; ")) == len(made["recommending_states"]), values
    expected = evidence()
    assert read == expected, f"lost {list(expected - read)[:5]}, invented {list(read - expected)[:5]}"
    assert sum(len(case.source_ref) for case in project.cases.case) == len(sources)
    codebook = RefiCodebook.load(codebook_file)
    of_issues = [code.guid for code in flat(project.code_book.codes.code[: len(themes)])]
    assert [code.guid for code in flat(codebook.codes.code)] == of_issues
    print(f"pyrefiqda: {len(sources)} sources, {len(codes)} codes, {read.total()} codings, each with the words of its evidence")


def with_portableqda():
    logging.disable(logging.CRITICAL)
    import portableqda

    codebook = portableqda.codebookCls()
    codebook.readQdcFile(str(codebook_file))
    # it makes objects of the codes at the top alone, and reads all as a tree
    assert len(codebook.codes) == len(themes) == len(codebook.sets), (len(codebook.codes), len(codebook.sets))
    names = [code.get("name") for code in codebook.tree.iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert sorted(names) == sorted([row["label"] for row in issues] + [code for code in codebook.codes]), names
    members = list(codebook.tree.iter("{urn:QDA-XML:codebook:1.0}MemberCode"))
    assert len(members) == len(issues)
    print(f"portableQDA: {len(names)} codes and {len(codebook.sets)} sets of the codebook")


NAMESPACE = "{urn:QDA-XML:project:1.0}"


def element(parent, name, /, text=None, **attributes):
    made = ElementTree.SubElement(parent, NAMESPACE + name, attributes)
    made.text = text
    return made


def edited():
    summary, arguments = sys.argv[3], sys.argv[4:]
    with zipfile.ZipFile(project_file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    ElementTree.register_namespace("", NAMESPACE[1:-1])
    project = ElementTree.fromstring(parts["project.qde"])
    # the issues, which are below the themes; an aspect may have a code of the same name
    tops = project.find(NAMESPACE + "CodeBook").find(NAMESPACE + "Codes")
    below = [code for theme in tops[: len(themes)] for code in theme.iter(NAMESPACE + "Code")]
    codes = {code.get("name"): code.get("guid") for code in below}
    sources = {source.get("name"): source for source in project.iter(NAMESPACE + "TextSource")}

    def lists(expected, notice=""):
        parts["project.qde"] = ElementTree.tostring(project, encoding="utf-8", xml_declaration=True)
        path = folder / "edited.qdpx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        command = [summary, *arguments, "--corrections-from", str(path), "--format", "csv"]
        done = subprocess.run(command, capture_output=True, check=True)
        printed = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
        order = {id: at for at, id in enumerate(recommendations)}
        for row in printed:
            # from the guard against spreadsheets
            row.update({name: cell.removeprefix("'") for name, cell in row.items()})
            assert len(row.pop("text_hash")) == 13 and row.pop("note") == ""
        expected = sorted(expected, key=lambda row: order[row[0]])
        assert [tuple(row.values()) for row in printed] == expected, f"{printed}, expected {expected}"
        said = done.stderr.decode("utf-8")
        assert notice in said and ("list.qdpx" in said or bool(notice) == (str(path) in said)), said

    lists([])

    # one coding removed, of a tag with one; one added, where the tag is not
    ids = list(recommendations)
    tags = {id: {tag["code"]: len({tuple(m["span"].values()) for m in tag["evidence"]}) for tag in one["coding"]["tags"]} for id, one in recommendations.items()}
    removed = next((id, code) for id in reversed(ids) for code, places in tags[id].items() if places == 1)
    several = next(((id, code) for id in ids for code, places in tags[id].items() if places > 1), None)
    added = ids[0], next(row["issue"] for row in issues if row["issue"] not in tags[ids[0]])
    labels = {row["issue"]: row["label"] for row in issues}

    def selections(id, code):
        for selection in list(sources[id]):
            for reference in selection.iter(NAMESPACE + "CodeRef"):
                if reference.get("targetGUID") == codes[labels[code]]:
                    yield selection

    user = str(uuid.uuid5(uuid.NAMESPACE_URL, "ana"))
    element(project.find(NAMESPACE + "Users"), "User", guid=user, name="Ana Díaz")
    for selection in list(selections(*removed)):
        sources[removed[0]].remove(selection)
    if several:
        # one of several places is not the tag
        sources[several[0]].remove(next(selections(*several)))
    selection = ElementTree.Element(NAMESPACE + "PlainTextSelection", guid=str(uuid.uuid4()), startPosition="0", endPosition="5", creatingUser=user)
    coding = element(selection, "Coding", guid=str(uuid.uuid4()), creatingUser=user, creationDateTime="2026-11-30T10:15:00Z")
    element(coding, "CodeRef", targetGUID=codes[labels[added[1]]].upper())
    sources[added[0]].insert(0, selection)
    expected = [(*removed, "remove", "Ana Díaz", ""), (*added, "add", "Ana Díaz", "2026-11-30")]
    lists(expected)

    # as a program writes it: other identifiers, the text within, codes known by their names
    guids = {code.get("guid"): str(uuid.uuid4()).upper() for code in project.iter(NAMESPACE + "Code")}
    for code in project.iter(NAMESPACE + "Code"):
        code.set("guid", "{" + guids[code.get("guid")] + "}")
    for reference in project.iter(NAMESPACE + "CodeRef"):
        reference.set("targetGUID", guids[reference.get("targetGUID").lower()])
    for source in sources.values():
        content = parts.pop("sources/" + source.attrib.pop("plainTextPath").removeprefix("internal://"))
        source.set("guid", str(uuid.uuid4()))
        inline = ElementTree.Element(NAMESPACE + "PlainTextContent")
        inline.text = content.decode("utf-8")
        source.insert(0, inline)
    for reference in project.iter(NAMESPACE + "SourceRef"):
        reference.set("targetGUID", str(uuid.uuid4()))
    # and a name is no longer the id
    sources[ids[-1]].set("name", "Document 1")
    lists(expected)

    # a code of somebody's own
    own = element(tops, "Code", guid=str(uuid.uuid4()), name="Interesting", isCodable="true")
    coding = element(selection, "Coding", guid=str(uuid.uuid4()), creatingUser=user)
    element(coding, "CodeRef", targetGUID=own.get("guid"))
    lists(expected, "the code \"Interesting\" is not a code of the codebooks, and 1 coding was left out in " + ids[0])
    print(f"corrections of {project_file.parent.name}: 1 added, 1 removed, also from a project with other identifiers")


{"pyrefiqda": with_pyrefiqda, "portableqda": with_portableqda, "edited": edited}[sys.argv[1]]()
