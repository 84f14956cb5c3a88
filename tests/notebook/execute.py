"""Executes examples/notebook.ipynb from an export, and compares what it shows with what is committed.

    execute.py check FOLDER    fails if a cell fails, or if a committed output is stale
    execute.py write FOLDER    commits to the notebook what its cells show now
    execute.py run FOLDER      fails if a cell fails; for another list than the bundled one

Texts and tables must agree to the letter. Figures must agree but for a few pixels, since fonts are drawn a little
differently from machine to machine; the numbers in them stand in the texts as well.
"""

import base64
import difflib
import io
import os
import sys
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "notebook.ipynb"
# the root mean square over all pixels, of 255 levels: none on the same machine, 7 where 10 x 12 pixels are painted black
MOST_DIFFERENCE = 4.0


def small(png):
    """The figure in 64 colours, a third of the size; a notebook in version control should stay small."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")


def shown(cell):
    """What a cell shows: figures, and all else as text."""
    figures, texts = [], []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "image/png" in data:
            figures.append(data["image/png"])
        else:
            texts.append(output.get("text") or data.get("text/html") or data.get("text/plain", ""))
    return figures, "\n".join("".join(text) for text in texts)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), dtype=float)


def differs(committed, now):
    """How two figures differ, or nothing."""
    committed, now = pixels(committed), pixels(now)
    if committed.shape != now.shape:
        return f"{committed.shape[1]} x {committed.shape[0]} pixels, now {now.shape[1]} x {now.shape[0]}"
    difference = float(np.sqrt(np.mean((committed - now) ** 2)))
    return f"a difference of {difference:.1f}" if difference > MOST_DIFFERENCE else None


def stale(committed, now):
    """The outputs that are no longer what the cells show, in words."""
    for number, (old, new) in enumerate(zip(committed.cells, now.cells, strict=True), start=1):
        (old_figures, old_text), (new_figures, new_text) = shown(old), shown(new)
        if old_text != new_text:
            lines = difflib.unified_diff(old_text.splitlines(), new_text.splitlines(), "committed", "now", lineterm="")
            yield f"cell {number} shows another text:\n" + "\n".join(lines)
        if len(old_figures) != len(new_figures):
            yield f"cell {number} has {len(old_figures)} figures, now {len(new_figures)}"
            continue
        for old_figure, new_figure in zip(old_figures, new_figures):
            if difference := differs(old_figure, new_figure):
                yield f"the figure of cell {number} is another one: {difference}"


def execute(notebook, folder):
    os.environ["UPR_EXPORT"] = str(Path(folder).resolve())
    os.environ["PYTHONHASHSEED"] = "0"
    place = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=place, extra_arguments=["--log-level=ERROR"]).execute()
    for cell in notebook.cells:
        # when a cell ran is no news
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output["data"]["image/png"] = small(output["data"]["image/png"])
    return notebook


def main(task, folder):
    committed = nbformat.read(NOTEBOOK, as_version=4)
    try:
        now = execute(nbformat.from_dict(committed), folder)
    except CellExecutionError as error:
        sys.exit(f"{NOTEBOOK.name}, with {folder}: a cell fails\n{error}")
    if task == "write":
        nbformat.write(now, NOTEBOOK)
    if task == "check" and (faults := list(stale(committed, now))):
        faults.append("`tests/notebook/run --write` brings the notebook up to date; look at it before you commit it")
        sys.exit(f"{NOTEBOOK.name} is stale\n" + "\n".join(faults))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("check", "write", "run"):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
