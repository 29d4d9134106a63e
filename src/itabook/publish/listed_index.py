"""Which PDF of a folder is of which agency: a table for people, since the keys of listed agencies tell nothing."""

from collections.abc import Iterator
from pathlib import Path

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.domain.facts import AGENCY_TYPES
from itabook.domain.figure_data import FigureData, Value
from itabook.domain.listed import as_agency
from itabook.domain.results import AgencyYear
from itabook.publish.pdfs import FOLDER
from itabook.run.figure_csv import csv_of
from itabook.run.listed import LISTED, own_folders

COLUMNS = ("หน่วยงาน", "ประเภท", "จังหวัด", "คะแนนรวม", "ระดับ", "แฟ้ม")


def write_listed_index(project: Project, library: Library, year: int) -> Path:
    """Write the table of all agencies in the list of a year that have a PDF, in its order; returns its path.

    Written aside, then in place. Total and level are those that list or report print; blank where they print none.
    """
    place = project.outputs / FOLDER / f"{LISTED}-{year}.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.tmp")
    try:
        text = csv_of(FigureData(COLUMNS, tuple(_rows(place.parent, library, year))))
        aside.write_text(text, encoding="utf-8", newline="")
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
    return place


def _rows(folder: Path, library: Library, year: int) -> Iterator[tuple[Value, ...]]:
    own = own_folders(library, year)
    for key, peers in library.listed_agencies(year).items():
        file = f"{own.get(key, key)}-{year}.pdf"
        if len(peers) == 1 and (folder / file).is_file():
            row = peers[0]
            printed = _printed(library.agency_year(own[key], year)) if key in own else (row.total, row.level)
            yield row.name, AGENCY_TYPES[as_agency(row).type], row.province, *printed, file


def _printed(result: AgencyYear) -> tuple[Value, Value]:
    total = result.total
    return (total.value if total is not None and total.printed else None), result.printed_level
