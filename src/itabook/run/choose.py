"""What a command line says of a book: which of its agency-years, and values of the parameters of its notebooks."""

from collections.abc import Iterable, Mapping, Sequence

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.yaml_files import parse_yaml
from itabook.errors import DataError, Fault
from itabook.language import later, tr
from itabook.run.book import Book, ChapterSpec
from itabook.run.parameters import Parameter, parameters_of

OWN = {
    "agency": later("ใช้ --agency"),
    "fiscal_year": later("ใช้ --year"),
    "agency_years": later("ใช้ --agency และ --year"),
    "digits": later("แก้คีย์ digits ใน params/books ของหนังสือ"),
}
"""Parameters that the plan of a book gives, each with the way to change it."""


def choose(book: Book, library: Library, agency: str, year: int | None) -> Book:
    """The book with those of its agency-years that are named; one that lists none takes the one that is named.

    An empty `agency` and a `year` of None name all. DataError where that leaves nothing, or there are no data.
    """
    if not agency and year is None:
        return book
    if book.agency_years:
        named = zip(book.agency_years, book.pairs, strict=True)
        chosen = tuple(name for name, (key, of) in named if agency in ("", key) and year in (None, of))
    else:
        there = {*(f"{agency}/{one}" for one in library.years(agency)), *(one.name for one in library.unread)}
        chosen = (f"{agency}/{year}",) if f"{agency}/{year}" in there else ()
    if not chosen:
        raise DataError([_none_chosen(book, library, agency, year)])
    return only(book, chosen)


def only(book: Book, agency_years: Sequence[str]) -> Book:
    """The book of some of its agency-years."""
    return book.model_copy(
        update={"agency_years": tuple(agency_years), "chapters": tuple(_chapters(book, agency_years))}
    )


def _chapters(book: Book, agency_years: Sequence[str]) -> list[ChapterSpec]:
    """The chapters without the agencies that are left out, and without those that were for these alone."""
    keys = {name.partition("/")[0] for name in agency_years}
    found = []
    for spec in book.chapters:
        agencies = tuple(key for key in spec.agencies if key in keys)
        if agencies or not spec.agencies:
            found.append(spec.model_copy(update={"agencies": agencies}))
    return found


def _none_chosen(book: Book, library: Library, agency: str, year: int | None) -> Fault:
    value = "/".join(str(part) for part in (agency, year) if part)
    if book.agency_years:
        problem, remedy = (
            tr("ไม่มีหน่วยงานหรือปีนี้ในหนังสือ"),
            tr("เลือกจากที่มีในหนังสือ: {listed}", listed=", ".join(book.agency_years)),
        )
        if year in library.years(agency):
            remedy = tr(
                "มีข้อมูลแล้ว เพิ่ม {value} ใน agency-years ของ params/books/{book}.yml หรือ{remedy}",
                value=value,
                book=book.name,
                remedy=remedy,
            )
    elif not agency or year is None:
        problem, remedy = tr("ต้องระบุทั้งหน่วยงานและปี"), tr("ใส่ทั้งสองค่า เช่น --agency bgo --year 2564")
    elif agency not in library.agencies:
        problem, remedy = (
            tr("ไม่มีหน่วยงานนี้"),
            tr("ใช้ชื่อโฟลเดอร์ใน data/raw เช่น {listed}", listed=", ".join(_some_agencies(library))),
        )
    else:
        problem = tr("ไม่มีข้อมูลของหน่วยงานและปีนี้")
        years = ", ".join(map(str, library.years(agency)))
        remedy = tr("เพิ่มข้อมูลใน data/raw/{agency}/{year} หรือเลือกปีที่มี: {years}", agency=agency, year=year, years=years)
    return Fault("--agency --year", problem, remedy, value=value)


def _some_agencies(library: Library) -> list[str]:
    return [key for key, agency in library.agencies.items() if agency.type != "country"][:5]


def set_parameters(project: Project, book: Book, given: Sequence[str]) -> Book:
    """The book with parameters given as "name=value", each to every chapter whose notebook declares it.

    DataError for one that is not of that form, that no notebook declares, or that the plan of a book gives itself.
    """
    declared = [_declared(project, spec) for spec in book.chapters]
    known = dict.fromkeys(name for one in declared for name in one if name not in OWN)
    parted = [(text, *text.partition("=")) for text in given]
    faults = [fault for text, name, sign, _ in parted if (fault := _set_fault(text, name.strip(), sign, known))]
    if faults:
        raise DataError(faults)
    texts = {name.strip(): value.strip() for _, name, _, value in parted}
    chapters = (
        spec.model_copy(update={"parameters": {**spec.parameters, **_values(texts, names)}})
        for spec, names in zip(book.chapters, declared, strict=True)
    )
    return book.model_copy(update={"chapters": tuple(chapters)})


def _set_fault(text: str, name: str, sign: str, known: Iterable[str]) -> Fault | None:
    if not sign or not name:
        return Fault(
            "--set", tr("ต้องอยู่ในรูป ชื่อ=ค่า"), tr('เช่น --set agenda=4.2 หรือ --set date="15 มกราคม 2569"'), value=text
        )
    if name in OWN:
        return Fault("--set", tr("พารามิเตอร์นี้มาจากหนังสือ"), tr(OWN[name]), value=name)
    if name not in known:
        remedy = tr("ใช้ชื่อในเซลล์ parameters ของสมุดบันทึก: {listed}", listed=", ".join(known) or tr("ไม่มี"))
        return Fault("--set", tr("ไม่มีสมุดบันทึกที่ใช้ชื่อนี้"), remedy, value=name)
    return None


def _declared(project: Project, spec: ChapterSpec) -> dict[str, Parameter]:
    """Parameters of the notebook of a chapter; none where it is not there, which the plan tells."""
    path = project.notebooks / f"{spec.notebook}.ipynb"
    return parameters_of(path) if path.is_file() else {}


def _values(texts: Mapping[str, str], declared: Mapping[str, Parameter]) -> dict[str, object]:
    """Text stays what it is where a notebook takes text, and is read as YAML elsewhere: 5, true."""
    found: dict[str, object] = {}
    for name, text in texts.items():
        if name in declared:
            found[name] = text if declared[name].type == "str" else _read(text)
    return found


def _read(text: str) -> object:
    """What YAML reads; the text itself where it is none, which the plan tells as a value of the wrong type."""
    try:
        return parse_yaml(text, "--set")[0]
    except DataError:
        return text
