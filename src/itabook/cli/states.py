"""What is known and made of each agency-year: data, chapters of books, PDFs, findings. Nothing is changed or run."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from itabook.cli.batch import book_of
from itabook.cli.findings import of_agency_years
from itabook.data.library import Library
from itabook.data.parquet import Pair
from itabook.data.project import Project
from itabook.data.schemas import TABLES
from itabook.data.unread import Unread, faults_in
from itabook.domain.proofreading.finding import Severity
from itabook.domain.results import AgencyYear
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.run.batch import batch_name, plan_batch
from itabook.run.book import Book, load_book
from itabook.run.build import Step, steps
from itabook.run.choose import only
from itabook.run.index import NEVER
from itabook.run.plan import Run, plan
from itabook.run.store import RunStore

State = Literal["fresh", "stale", "never", "failed"]
Total = Literal["printed", "computed", "none"]
_OF_A_YEAR = tuple(name for name in TABLES if name != "national")


@dataclass(frozen=True, slots=True)
class Made:
    """Something that is made of an agency-year: as good as new, stale, never made, or failed the last time.

    Attributes:
        why: why it would be made again; empty where it is fresh.
    """

    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class BookState:
    """The chapters of a book for the agency-years asked for, and those of no single year (trends, the whole book).

    Attributes:
        chapters: by agency-year; where it has several, the worst of them.
        others: how many chapters are of no single year.
        due: how many of those would be made again.
        faults: why the book cannot be planned; empty where it can. Chapters of what can be read are told beside them.
    """

    name: str
    chapters: Mapping[Pair, Made]
    others: int = 0
    due: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyYearState:
    """What is known and made of one agency-year.

    Attributes:
        tables: those of the raw data that have rows.
        total: whether the report prints the total or it is computed.
        books: the chapter in each book that has one.
        pdf: the short book in outputs/agencies.
    """

    pair: Pair
    name: str
    tables: tuple[str, ...]
    total: Total
    books: Mapping[str, Made]
    pdf: Made
    findings: Mapping[Severity, int]


def states(
    project: Project, library: Library, pairs: Sequence[Pair], books: Sequence[BookState]
) -> tuple[AgencyYearState, ...]:
    """All that can be told of each agency-year."""
    pdfs = dict(_pdfs(project, library, pairs))
    return tuple(
        AgencyYearState(
            pair=pair,
            name=result.agency.name,
            tables=tuple(name for name in _OF_A_YEAR if getattr(result, name)),
            total=_total(result),
            books={book.name: book.chapters[pair] for book in books if pair in book.chapters},
            pdf=pdfs[pair],
            findings=Counter(finding.severity for finding in findings),
        )
        for pair, (result, findings) in zip(pairs, of_agency_years(library, pairs), strict=True)
    )


def _total(result: AgencyYear) -> Total:
    if result.total is None:
        return "none"
    return "printed" if result.total.printed else "computed"


def book_states(project: Project, library: Library, pairs: Sequence[Pair]) -> tuple[BookState, ...]:
    """Each book that lists agency-years. One that cannot be planned comes with its faults, not as an error."""
    names = sorted(path.stem for path in project.books.glob("*.yml"))
    return tuple(state for name in names if (state := _book(project, library, name, set(pairs))))


def _book(project: Project, library: Library, name: str, pairs: set[Pair]) -> BookState | None:
    """None for a book that takes its agency-years from the command line: nothing tells what it would be made of."""
    try:
        book = load_book(project, name)
        if not book.pairs:
            return None
        lost = [one for one in library.unread if one.name in book.agency_years]
        runs = _chapters_without(project, book, library, lost) if lost else plan(project, book, library)
    except DataError as error:
        return BookState(name, {}, faults=error.faults)
    store = RunStore(project, name)
    chosen = [run for run in runs if run.fiscal_year is None or _pair(run) in pairs]
    others: list[Step] = []
    chapters: dict[Pair, Made] = {}
    for step in steps(chosen, store, library):
        if step.run.fiscal_year is None:
            others.append(step)
        else:
            pair = _pair(step.run)
            chapters[pair] = _worse(chapters.get(pair), _made(step, store))
    return BookState(name, chapters, len(others), sum(bool(step.why) for step in others), faults_in(lost))


def _chapters_without(project: Project, book: Book, library: Library, lost: Sequence[Unread]) -> tuple[Run, ...]:
    """The chapters of those agency-years of a book that can be read; they are the same with or without the others."""
    unread = {one.name for one in lost}
    rest = [name for name in book.agency_years if name not in unread]
    runs = plan(project, only(book, rest), library) if rest else ()
    return tuple(run for run in runs if run.fiscal_year is not None)


def _pair(run: Run) -> Pair:
    return run.agency, run.fiscal_year or 0


def _made(step: Step, store: RunStore) -> Made:
    """What a build says of a run; one that is due and whose failed notebook still stands failed the last time."""
    if step.why and store.failed_notebook(step.run).is_file():
        return Made("failed", tr("ล้มเหลวครั้งล่าสุด ({why})", why=step.why))
    return _of(step.why)


def _of(why: str) -> Made:
    return Made("fresh" if not why else "never" if why == tr(NEVER) else "stale", why)


def _worse(one: Made | None, other: Made) -> Made:
    order: tuple[State, ...] = ("fresh", "stale", "never", "failed")
    return other if one is None else max(one, other, key=lambda made: order.index(made.state))


def _pdfs(project: Project, library: Library, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Made]]:
    """What `itabook batch` would do, year by year, in its default digits."""
    for year in dict.fromkeys(year for _, year in pairs):
        keys = [agency for agency, of in pairs if of == year]
        store = RunStore(project, batch_name(year))
        if not store.folder.is_dir():
            yield from (((key, year), Made("never", tr(NEVER))) for key in keys)
            continue
        runs = plan_batch(project, library, ",".join(keys), year, "arabic")
        yield from _pdfs_of(project, steps(runs, store, library), store)


def _pdfs_of(project: Project, planned: Sequence[Step], store: RunStore) -> Iterator[tuple[Pair, Made]]:
    """A PDF whose notebook is to be made again is to be made again too, as the dry run of a batch says."""
    from itabook.publish.pdfs import PdfIndex, pdf_steps

    short = book_of(project, store)
    kept = [step.run for step in planned if not step.why]
    whys = {pdf.run.slug: pdf.why for pdf in pdf_steps(kept, short, PdfIndex(project, store))}
    for step in planned:
        notebook = _made(step, store)
        if step.run.slug in whys:
            yield _pair(step.run), _of(whys[step.run.slug])
        elif notebook.state == "failed":
            yield _pair(step.run), notebook
        elif short(step.run).place.is_file():
            yield _pair(step.run), Made("stale", tr("สมุดบันทึก: {why}", why=step.why))
        else:
            yield _pair(step.run), Made("never", tr(NEVER))
