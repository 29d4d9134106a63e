"""The plan of a book: one run of a notebook for each chapter, in the order of the pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itabook.data.library import Library
from itabook.data.listed import is_listed
from itabook.data.parquet import Pair
from itabook.data.project import Project
from itabook.data.unread import faults_in
from itabook.domain.facts import Agency
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.run.book import Book, ChapterSpec
from itabook.run.parameters import parameter_faults, parameters_of
from itabook.words import Words


@dataclass(frozen=True)
class Run:
    """One notebook with its parameters; it becomes the chapter `slug` with the id sec-<slug>."""

    slug: str
    notebook: Path
    title: str
    part: str
    parameters: dict[str, Any]
    agency: str = ""
    fiscal_year: int | None = None

    @property
    def who(self) -> str:
        """The agency as a message names it: by its folder; a row of a list by its key and its name."""
        return f"{self.agency} ({self.part})" if is_listed(self.agency) else self.agency


def plan(project: Project, book: Book, library: Library) -> tuple[Run, ...]:
    """Runs of a book: the chapters of each agency together, then those of the whole book.

    DataError, before anything runs, for a notebook that is not there, a parameter it does not have, and an
    agency-year without data, named twice, or of the whole country.
    """
    if not book.pairs:
        raise DataError([_nothing_to_do(book)])
    faults = [*_data_faults(book, library), *_notebook_faults(project, book)]
    if faults:
        raise DataError(faults)
    agencies = library.agencies
    keys = tuple(dict.fromkeys(agency for agency, _ in book.pairs))
    runs = [run for key in keys for run in _agency_runs(project, book, agencies[key])]
    runs += [_book_run(project, book, spec) for spec in book.chapters if spec.each == "book"]
    twice = [slug for slug, times in Counter(run.slug for run in runs).items() if times > 1]
    if twice:
        file, remedy = f"params/books/{book.name}.yml", tr("เหลือบทนี้ไว้บรรทัดเดียว")
        raise DataError([Fault(file, tr("บทนี้ซ้ำกันในเล่ม"), remedy, column="chapters", value=slug) for slug in twice])
    return tuple(runs)


def beside(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """Keys of what agency-years are compared with: the year before, lists of peers, the country (`Library.lost`)."""
    keys = (key for agency, year in pairs for key in (f"agency-year:{agency}/{year - 1}", f"list:{year}"))
    return tuple(dict.fromkeys(("national", *keys)))


def require_beside(runs: Sequence[Run], library: Library) -> None:
    """DataError, before anything runs, with the faults of what the chapters are compared with and cannot be read."""
    keys = beside((run.agency, run.fiscal_year) for run in runs if run.fiscal_year is not None)
    years = (f"years:{run.agency}" for run in runs if run.agency and run.fiscal_year is None)
    if faults := faults_in(library.lost((*keys, *years))):
        raise DataError(faults)


def _nothing_to_do(book: Book) -> Fault:
    remedy = tr(
        "สั่ง itabook build {name} --agency bgo --year 2564 (ชื่อโฟลเดอร์ใน data/raw และปี พ.ศ.) หรือเพิ่มคีย์นี้ในแฟ้ม",
        name=book.name,
    )
    return Fault(f"params/books/{book.name}.yml", tr("ไม่ได้ระบุหน่วยงานและปี"), remedy, column="agency-years")


def _data_faults(book: Book, library: Library) -> list[Fault]:
    file = f"params/books/{book.name}.yml"
    faults: list[Fault] = []
    agencies, unread = library.agencies, {one.name: one for one in library.unread}
    faults += faults_in(unread[name] for name in book.agency_years if name in unread)
    for (agency, year), times in Counter(book.pairs).items():
        value = f"{agency}/{year}"
        if times > 1:
            faults.append(Fault(file, tr("หน่วยงานและปีนี้ซ้ำ"), tr("เหลือไว้รายการเดียว"), column="agency-years", value=value))
        if agency in agencies and agencies[agency].type == "country":
            remedy = tr("ลบรายการนี้ ผลระดับประเทศแสดงเทียบอยู่ในบทของหน่วยงานแล้ว")
            faults.append(Fault(file, tr("เป็นผลระดับประเทศ ไม่ใช่หน่วยงาน"), remedy, column="agency-years", value=value))
        elif year not in library.years(agency) and value not in unread:
            remedy = tr("เพิ่มข้อมูลใน data/raw/{agency}/{year} หรือลบรายการนี้", agency=agency, year=year)
            faults.append(Fault(file, tr("ไม่มีข้อมูลของหน่วยงานและปีนี้"), remedy, column="agency-years", value=value))
    known = {agency for agency, _ in book.pairs}
    for spec in book.chapters:
        for agency in spec.agencies:
            if agency not in known:
                remedy = tr("ใช้หน่วยงานที่อยู่ใน agency-years ของหนังสือเล่มนี้")
                faults.append(Fault(file, tr("หน่วยงานนี้ไม่อยู่ในหนังสือ"), remedy, column="agencies", value=agency))
    return faults


def _notebook_faults(project: Project, book: Book) -> list[Fault]:
    file = f"params/books/{book.name}.yml"
    faults = []
    for spec in book.chapters:
        path = project.notebooks / f"{spec.notebook}.ipynb"
        if not path.is_file():
            known = ", ".join(sorted(found.stem for found in project.notebooks.glob("*.ipynb")))
            faults.append(
                Fault(
                    file,
                    tr("ไม่มีสมุดบันทึกชื่อนี้"),
                    tr("เลือกจากที่มี: {known}", known=known),
                    column="notebook",
                    value=spec.notebook,
                )
            )
            continue
        given = {**spec.parameters, **_given(spec, book)}
        faults += parameter_faults(path, parameters_of(path), given, file)
    return faults


def _given(spec: ChapterSpec, book: Book) -> dict[str, Any]:
    """Parameters that the plan itself gives to a notebook, each with a value of its type."""
    agency, year = book.pairs[0]
    own: dict[str, dict[str, Any]] = {
        "agency-year": {"agency": agency, "fiscal_year": year},
        "agency": {"agency": agency},
        "book": {"agency_years": list(book.agency_years)},
    }
    return {**own[spec.each], "digits": book.digits}


def _agency_runs(project: Project, book: Book, agency: Agency) -> list[Run]:
    words = Words(book.digits)
    runs = []
    for spec in book.chapters:
        notebook = project.notebooks / f"{spec.notebook}.ipynb"
        common = {**spec.parameters, "agency": agency.key, "digits": book.digits}
        part = spec.part or agency.name
        chosen = not spec.agencies or agency.key in spec.agencies
        if spec.each == "agency" and chosen:
            title = words.text(spec.title.format(agency=agency.name, short=agency.short, year=""))
            runs.append(Run(f"{agency.key}-{spec.notebook}", notebook, title, part, common, agency.key))
        if spec.each == "agency-year" and chosen:
            for year in (year for key, year in book.pairs if key == agency.key):
                title = words.text(spec.title.format(agency=agency.name, short=agency.short, year=year))
                slug = (
                    f"{agency.key}-{year}" if spec.notebook == "agency_year" else f"{agency.key}-{year}-{spec.notebook}"
                )
                parameters = {**common, "fiscal_year": year}
                runs.append(Run(slug, notebook, title, part, parameters, agency.key, year))
    return runs


def _book_run(project: Project, book: Book, spec: ChapterSpec) -> Run:
    parameters = {**spec.parameters, "agency_years": list(book.agency_years), "digits": book.digits}
    notebook = project.notebooks / f"{spec.notebook}.ipynb"
    return Run(spec.notebook, notebook, Words(book.digits).text(spec.title), spec.part, parameters)
