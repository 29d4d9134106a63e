"""The PDFs of a batch: which are due, made many at once, and what became of each."""

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from itabook.data.project import Project
from itabook.language import later, tr
from itabook.publish.builtin import place_fonts
from itabook.publish.pandoc import pandoc_version
from itabook.publish.parallel import Made, make_all
from itabook.publish.single import ShortBook
from itabook.run.book import PDF_A, Book
from itabook.run.digest import fonts
from itabook.run.index import NEVER, Record, add_to_index, read_index, write_index
from itabook.run.outcome import Failure, Outcome
from itabook.run.plan import Run
from itabook.run.store import RunStore
from itabook.words import Words, long_date, short_date

FOLDER = "agencies"
INDEX = "pdfs.jsonl"
ASSETS = ("typst-*.typ", "filters/*.lua", "glossary.txt")
SETTINGS = ("_quarto.yml", "_language.yml")
NAMES = {
    "notebook": later("สมุดบันทึกเปลี่ยน"), "title": later("ชื่อเล่มเปลี่ยน"), "assets": later("แม่แบบหรือคำในอภิธานเปลี่ยน"),
    "settings": later("ค่าตั้งของหนังสือเปลี่ยน"), "code": later("โปรแกรม itabook เปลี่ยน"), "fonts": later("แบบอักษรเปลี่ยน"),
    "tools": later("รุ่นของ Pandoc, Typst หรือ pikepdf เปลี่ยน"),
}  # fmt: skip
_CODE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class PdfStep:
    """The PDF of one run and why it must be made; empty where it need not."""

    run: Run
    book: ShortBook
    why: str


class PdfIndex:
    """What each PDF of a batch was made from: a file beside the notebooks, to which each PDF adds a line.

    A line is written only after its PDF is in place, as `RunStore` does.
    """

    def __init__(self, project: Project, store: RunStore) -> None:
        self._path = store.folder / INDEX
        self._records = read_index(self._path)
        self._common = _common_parts(project.root)

    def why_stale(self, book: ShortBook) -> str:
        """Why a PDF must be made; empty where it is there, unchanged, and nothing else changed."""
        record = self._records.get(book.place.stem)
        if record is None:
            return tr(NEVER)
        if not book.place.is_file() or _file(book.place) != record.sha256:
            return tr("PDF ที่สร้างไว้หายไปหรือถูกแก้")
        return next((tr(NAMES[key]) for key, value in self._parts(book).items() if record.parts.get(key) != value), "")

    def add(self, book: ShortBook) -> None:
        """Note that a PDF is in place."""
        record = self._records[book.place.stem] = Record(book.place.stem, self._parts(book), _file(book.place), {})
        add_to_index(self._path, record)

    def tidy(self) -> None:
        """Leave one line for each PDF."""
        if self._records:
            write_index(self._path, self._records.values())

    def _parts(self, book: ShortBook) -> dict[str, str]:
        """Not the date: a PDF bears the day it was made, and is not made again for another day."""
        named = [book.title, book.subtitle, book.author, book.digits, book.annex, book.standards]
        title = json.dumps(named, ensure_ascii=False)
        return {"notebook": _file(book.notebook), "title": _sha256(title.encode()), **self._common}


def short_book(project: Project, run: Run, notebook: Path, author: str, day: date) -> ShortBook:
    """The book of one agency-year: named as the agency, with the year below."""
    words = Words(run.parameters["digits"])
    return ShortBook(
        notebook=notebook,
        place=project.outputs / FOLDER / f"{run.slug}.pdf",
        title=words.text(run.part),
        subtitle=f"ผลการประเมิน ITA {words.year(run.fiscal_year or 0)}",
        author=words.text(author),
        date=words.text(long_date(day)),
        made=words.text(short_date(day)),
        digits=words.digits,
    )


def annex(project: Project, book: Book, run: Run, notebook: Path, day: date) -> ShortBook:
    """What is attached to an agenda: one agency-year, in a folder named as the book."""
    words = Words(book.digits)
    return ShortBook(
        notebook=notebook,
        place=project.outputs / book.name / f"{run.agency}-{run.fiscal_year}.pdf",
        title=run.title,
        subtitle=words.text(book.title),
        author=words.text(book.organisation),
        date=words.text(long_date(day)),
        made=words.text(short_date(day)),
        digits=words.digits,
        annex=True,
        standards=PDF_A if book.pdf_a else (),
    )


def pdf_steps(
    runs: Sequence[Run], book_of: Callable[[Run], ShortBook], index: PdfIndex, *, force: bool = False
) -> tuple[PdfStep, ...]:
    """What `make_pdfs` would do, without doing it, where the notebooks of the runs are as they are."""
    books = [(run, book_of(run)) for run in runs]
    return tuple(
        PdfStep(run, book, index.why_stale(book) or (tr("สั่งให้สร้างใหม่") if force else "")) for run, book in books
    )


def make_pdfs(
    project: Project,
    plan: Sequence[PdfStep],
    index: PdfIndex,
    *,
    jobs: int,
    keep_going: bool,
    progress: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Make the PDFs that are due, `jobs` at a time; returns what became of every one, in the order of the plan.

    A PDF that cannot be made leaves the last one where it is. `progress` is told each that was made or failed.
    """
    due = {step.book.place: step for step in plan if step.why}
    ended: dict[Path, Outcome] = {}
    if due:
        place_fonts(project.root)
        for folder in {place.parent for place in due}:
            folder.mkdir(parents=True, exist_ok=True)
    for made in make_all(project.root, [step.book for step in due.values()], jobs=jobs, keep_going=keep_going):
        if not made.error:
            index.add(made.book)
        outcome = ended[made.book.place] = _outcome(due[made.book.place], made)
        progress(outcome)
    index.tidy()
    return tuple(ended.get(step.book.place) or _not_made(step) for step in plan)


def _outcome(step: PdfStep, made: Made) -> Outcome:
    seconds = round(made.seconds, 3)
    if not made.error:
        return Outcome(_named(step), "ran", step.why, seconds, 1)
    year = tr("ปี {year}", year=step.run.fiscal_year)
    message = tr(
        "PDF ของหน่วยงาน {agency} {year} ({title}) จัดหน้าไม่สำเร็จ PDF เดิมไม่ถูกแก้ไข\n{error}",
        agency=step.run.who,
        year=year,
        title=step.book.title,
        error=made.error,
    )
    failure = Failure(None, "", made.error.splitlines()[0], "", message)
    return Outcome(_named(step), "failed to publish", step.why, seconds, 1, failure)


def _not_made(step: PdfStep) -> Outcome:
    return Outcome(_named(step), "not started" if step.why else "skipped", step.why)


def _named(step: PdfStep) -> Run:
    """The run under the name of its PDF, so that a report tells the two apart."""
    return replace(step.run, slug=step.book.place.name)


def _common_parts(root: Path) -> dict[str, str]:
    """Digests of what all PDFs depend on."""
    assets = [path for pattern in ASSETS for path in sorted((root / "assets").glob(pattern))]
    tools = {"pandoc": pandoc_version(), **{name: importlib.metadata.version(name) for name in ("pikepdf", "typst")}}
    return {
        "assets": _files(root, assets),
        "settings": _files(root, [root / name for name in SETTINGS]),
        "code": _files(_CODE, sorted(_CODE.glob("*.py"))),
        "fonts": fonts(),
        "tools": _sha256(json.dumps(tools).encode()),
    }


def _files(root: Path, paths: Sequence[Path]) -> str:
    digests: Mapping[str, str] = {path.relative_to(root).as_posix(): _file(path) for path in paths if path.is_file()}
    return _sha256(json.dumps(digests).encode())


def _file(path: Path) -> str:
    return _sha256(path.read_bytes())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
