"""The folder of a form: made aside, then put in its place, where nothing stands yet."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from itabook.data.peers import FOLDER
from itabook.data.project import Project
from itabook.data.raw import KEY, read_agency, read_agency_year
from itabook.data.rules import load_rules
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR
from itabook.errors import ItabookError
from itabook.forms.form import Before, Form, form_of
from itabook.forms.records import agency_text, source_text
from itabook.forms.workbook import write_csv_files, write_workbook
from itabook.language import later, tr

LONGEST = 60
RESERVED = {FOLDER: later("ตารางของหน่วยงานหลายแห่ง"), "national": later("ค่าของทั้งประเทศ")}
"""Folders of data/raw that are of no agency."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the folder of the year, the files to fill in, and `agency.yml` where it is new."""

    folder: Path
    tables: tuple[Path, ...]
    agency: Path | None


def make_form(project: Project, agency: str, year: int, *, like: str = "", as_csv: bool = False) -> Made:
    """Make the folder of an agency-year to fill in; `like` is another ("bgo/2564") from which what stays is taken.

    ItabookError for a name or a year that cannot be, and where the folder is there already: nothing is overwritten.
    DataError where the other agency-year cannot be read.
    """
    _check_name(agency)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ItabookError(
            tr(
                "ไม่มีหลักเกณฑ์ของปี {year} · วิธีแก้: ใช้ปีงบประมาณ พ.ศ. {first} ถึง {last}",
                year=year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )
    place = project.raw / agency / str(year)
    if place.exists():
        shown = place.relative_to(project.root).as_posix()
        raise ItabookError(
            tr("มี {shown} อยู่แล้ว จึงไม่เขียนทับ · วิธีแก้: กรอกแฟ้มที่มีอยู่ หรือย้ายโฟลเดอร์นี้ออกไปก่อนแล้วสั่งใหม่", shown=shown)
        )
    before = _before(project, like) if like else None
    form = form_of(agency, load_rules(project, year), before)
    return _place(project, place, form, before, as_csv=as_csv)


def _check_name(agency: str) -> None:
    remedy = tr("ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และขีด เช่น banpaen")
    if not KEY.fullmatch(agency) or len(agency) > LONGEST:
        raise ItabookError(
            tr(
                "ชื่อโฟลเดอร์ของหน่วยงานใช้ไม่ได้ (พบ {agency!r}) · วิธีแก้: {remedy} ไม่เกิน {longest} ตัว",
                agency=agency,
                remedy=remedy,
                longest=LONGEST,
            )
        )
    if agency in RESERVED:
        raise ItabookError(
            tr(
                "{agency} เป็นโฟลเดอร์ของ{kind} · วิธีแก้: ตั้งชื่อโฟลเดอร์ของหน่วยงานเป็นชื่ออื่น",
                agency=agency,
                kind=tr(RESERVED[agency]),
            )
        )


def _before(project: Project, like: str) -> Before:
    key, _, year = like.partition("/")
    if not KEY.fullmatch(key) or not year.isdecimal() or not (project.raw / key / year).is_dir() or key in RESERVED:
        there = (path for path in sorted(project.raw.glob("*/*")) if path.is_dir() and path.parent.name not in RESERVED)
        names = ", ".join(f"{path.parent.name}/{path.name}" for path in there if not path.parent.name.startswith("."))
        raise ItabookError(
            tr("ไม่มีข้อมูลของ {like} ให้คัดลอก · วิธีแก้: ใช้ --from หน่วยงาน/ปี จากที่มี: {names}", like=like, names=names)
        )
    known, source, tables = read_agency_year(project, key, year)
    return Before(like, known, source, tables, load_rules(project, int(year)))


def _place(project: Project, place: Path, form: Form, before: Before | None, *, as_csv: bool) -> Made:
    """Write everything aside, and move it in: the year, with its agency where that is new too."""
    home, own = place.parent, before is not None and before.agency.key == form.agency
    publisher = before.source.publisher if before is not None and own else _publisher(project, home)
    project.raw.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=project.raw.parent) as scratch:
        aside = Path(scratch) / form.agency
        folder = aside / place.name
        folder.mkdir(parents=True)
        tables = write_csv_files(folder, form) if as_csv else (write_workbook(folder, form),)
        (folder / "source.yml").write_text(source_text(publisher), encoding="utf-8")
        described = (home / "agency.yml").exists()
        if not described:
            (aside / "agency.yml").write_text(agency_text(before.agency if before else None), encoding="utf-8")
        _move(aside, home, place)
    return Made(place, tuple(place / table.name for table in tables), None if described else home / "agency.yml")


def _publisher(project: Project, home: Path) -> str:
    """The agency publishes its own report; empty where its name is not known yet."""
    return read_agency(home, project).name if (home / "agency.yml").exists() else ""


def _move(aside: Path, home: Path, place: Path) -> None:
    if not home.exists():
        aside.rename(home)
        return
    (aside / place.name).rename(place)
    agency = aside / "agency.yml"
    if agency.exists():
        agency.rename(home / agency.name)
