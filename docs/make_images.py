"""The pictures of docs/guide.md, made again from the project: `make guide-images`.

What the guide has typed is typed here too, in a scratch copy of the project: with mistakes for the workbook and for
`itabook check`, without them for the rest. Needs LibreOffice (soffice) and Chromium on PATH.
"""

import html
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright
from rich.cells import cell_len

from itabook.data.project import Project
from tests.conftest import FLAGS, copy_project
from tests.guide import AGENCY, YEAR, commands, type_scores, write_files

IMAGES = Path(__file__).parent / "images"
DAY = "1795219200"
COLOURS = 96
WIDE, PHONE = (1280, 900), (390, 760)
ROWS_SHOWN = 0.42
"""How much of the sheet of scores is shown: below are rows to fill in, all alike."""
CELL = 9
TERMINAL = """<meta charset="utf-8"><style>
body { margin: 0; padding: 14px 18px; display: inline-block; background: #1f2933; color: #f2f5f8 }
div { height: 22px; white-space: pre; font: 15px/22px "DejaVu Sans Mono", Garuda, monospace }
span { display: inline-block; height: 22px; vertical-align: top }
b { font: 15px/22px Garuda, sans-serif }</style>"""
"""Thai in a face whose marks stand where they belong; a piece between two lines of a table is as wide as its cells."""


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        project = copy_project(Path(scratch) / "project")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        workbook = project.raw / AGENCY / str(YEAR) / "ita.xlsx"
        said(project, commands()[0])
        write_files(project)
        type_scores(workbook, E9="9O.30")
        picture_workbook(workbook, Path(scratch))
        check = f"itabook check {AGENCY}/{YEAR}"
        told = [said(project, check)]
        type_scores(workbook, E4="95.08")
        picture_terminal(browser, check, [*told, said(project, check)])
        type_scores(workbook)
        said(project, "itabook build annual --agency opdc --year 2566")
        page = project.outputs / "book" / "sec-opdc-2566.html"
        picture_page(browser, page, "book", WIDE)
        picture_page(browser, page, "book-phone", PHONE)
        said(project, "itabook build board --agency bgo --year 2564")
        save(paper(project.outputs / "board" / "bgo-2564.pdf", 0, 1.1), "board")


def said(project: Project, command: str) -> str:
    """What a command says, on a terminal of 104 columns."""
    environment = {**os.environ, "COLUMNS": "104", "SOURCE_DATE_EPOCH": DAY}
    program = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(program, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def picture_workbook(workbook: Path, scratch: Path) -> None:
    """The sheet of instructions, and that of scores, as LibreOffice prints them."""
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    made = scratch / workbook.with_suffix(".pdf").name
    save(paper(made, 0, 1.4), "workbook-instructions")
    scores = paper(made, 1, 1.6)
    save(scores.crop((0, 0, scores.width, int(scores.height * ROWS_SHOWN))), "workbook-scores")


def paper(path: Path, page: int, scale: float) -> Image.Image:
    """A page of a PDF, without its margins."""
    with pypdfium2.PdfDocument(path) as document:
        image: Image.Image = document[page].render(scale=scale).to_pil().convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    return image if box is None else image.crop((max(box[0] - 12, 0), max(box[1] - 12, 0), box[2] + 12, box[3] + 12))


def picture_terminal(browser: Browser, command: str, told: list[str]) -> None:
    """What a command said each time, as on a terminal."""
    text = "\n".join(f"$ {command}\n{one}" for one in told)
    page = browser.new_page(viewport={"width": 1100, "height": 400})
    page.set_content(TERMINAL + "".join(f"<div>{cells(line)}</div>" for line in text.splitlines()))
    page.locator("body").screenshot(path=IMAGES / "check.png")
    page.close()
    save(Image.open(IMAGES / "check.png"), "check")


def cells(line: str) -> str:
    """A line of a terminal as HTML."""
    pieces = [piece for piece in re.split("([\u2500-\u257f]+)", line) if piece]
    return "".join(f'<span style="width:{CELL * cell_len(piece)}px">{shown(piece)}</span>' for piece in pieces)


def shown(piece: str) -> str:
    """Lines of a table as they are; words in the face of Thai."""
    text = html.escape(piece)
    return text if "\u2500" <= piece[0] <= "\u257f" else f"<b>{text}</b>"


def picture_page(browser: Browser, path: Path, name: str, size: tuple[int, int]) -> None:
    """The top of a page of the book."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()
    save(Image.open(IMAGES / f"{name}.png"), name)


def save(image: Image.Image, name: str) -> None:
    """As PNG with a palette, which is a third as heavy."""
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
