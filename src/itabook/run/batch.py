"""Which agency-years a batch is made of: one run of the notebook of an agency's year for each."""

from collections import Counter
from collections.abc import Iterator, Sequence

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.unread import Unread
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.run.parameters import parameter_faults, parameters_of
from itabook.run.plan import Run
from itabook.words import Digits, Words

NOTEBOOK = "agency_year.ipynb"
ALL = "all"


def batch_name(year: int) -> str:
    """Name under which the executed notebooks of a year are kept."""
    return f"agencies-{year}"


def plan_batch(project: Project, library: Library, named: str, year: int, digits: Digits) -> tuple[Run, ...]:
    """One run for each agency: `named` is "all" or keys with commas between them.

    "all" is every agency that has data of that year, the country aside. DataError, before anything runs, for an agency
    that is not known, has no data of the year, is named twice or is the country, and for a notebook that is not there
    or does not take these parameters.
    """
    known = with_data(library, year)
    keys = known if named.strip() == ALL else tuple(key.strip() for key in named.split(",") if key.strip())
    faults = [*_agency_faults(library, keys, year, known), *notebook_faults(project, year, digits)]
    if faults:
        raise DataError(faults)
    return tuple(run_of(project, library, key, year, digits) for key in keys)


def unread_of(library: Library, year: int) -> tuple[Unread, ...]:
    """What "all" agencies of a year would be, could it be read; a form that nobody has filled in is not missed."""
    found = (one for one in library.unread if one.is_agency_year and one.year == str(year))
    return tuple(one for one in found if not one.blank and not one.of_country)


def run_of(project: Project, library: Library, key: str, year: int, digits: Digits) -> Run:
    """The run of one agency, which may be a row of a list."""
    agency = library.agency(key)
    title = Words(digits).text(f"{agency.name} ปีงบประมาณ พ.ศ. {year}")
    given = {"agency": key, "fiscal_year": year, "digits": digits}
    return Run(f"{key}-{year}", project.notebooks / NOTEBOOK, title, agency.name, given, key, year)


def with_data(library: Library, year: int) -> tuple[str, ...]:
    """Agencies that have data of a year, without the country."""
    return tuple(
        key for key, agency in library.agencies.items() if agency.type != "country" and year in library.years(key)
    )


def _agency_faults(library: Library, keys: Sequence[str], year: int, known: Sequence[str]) -> Iterator[Fault]:
    if not known:
        agencies = [key for key, agency in library.agencies.items() if agency.type != "country"]
        years = " ".join(map(str, sorted({of for key in agencies for of in library.years(key)})))
        yield Fault("--year", tr("ไม่มีหน่วยงานใดมีข้อมูลของปีนี้"), tr("เลือกปีที่มีข้อมูล: {years}", years=years), value=str(year))
    choose = tr("เลือกจากหน่วยงานที่มีข้อมูลปี {year}: {listed}", year=year, listed=", ".join(known))
    if not keys and known:
        yield Fault("--agencies", tr("ไม่ได้ระบุหน่วยงาน"), choose)
    unread = {one.name: one for one in library.unread}
    for key, times in Counter(keys).items():
        if times > 1:
            yield Fault("--agencies", tr("ระบุหน่วยงานนี้ซ้ำ"), tr("เหลือไว้ครั้งเดียว"), value=key)
        if f"{key}/{year}" in unread:
            yield from unread[f"{key}/{year}"].faults
        elif key not in library.agencies:
            yield Fault("--agencies", tr("ไม่มีหน่วยงานนี้ใน data/raw"), choose, value=key)
        elif library.agencies[key].type == "country":
            yield Fault("--agencies", tr("เป็นผลระดับประเทศ ไม่ใช่หน่วยงาน"), choose, value=key)
        elif key not in known:
            remedy = tr("เพิ่มข้อมูลใน data/raw/{key}/{year} หรือ{choose}", key=key, year=year, choose=choose)
            yield Fault("--agencies", tr("ไม่มีข้อมูลปี {year} ของหน่วยงานนี้", year=year), remedy, value=key)


def notebook_faults(project: Project, year: int, digits: Digits) -> Iterator[Fault]:
    """What keeps the notebook from being run."""
    path = project.notebooks / NOTEBOOK
    if not path.is_file():
        yield Fault(f"notebooks/{NOTEBOOK}", tr("ไม่มีสมุดบันทึกนี้"), tr("คืนแฟ้มนี้จาก Git"), value=NOTEBOOK)
        return
    given = {"agency": "", "fiscal_year": year, "digits": digits}
    yield from parameter_faults(path, parameters_of(path), given, f"notebooks/{NOTEBOOK}")
