"""`itabook import peers`: somebody's list of many agencies into data/raw/peers."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from itabook.cli.console import err, faults_as_messages, out
from itabook.data.project import Project, find_project
from itabook.errors import DataError, Fault, ItabookError

if TYPE_CHECKING:
    from itabook.data.peer_import import PeerImport
    from itabook.data.peer_rows import Rejected
    from itabook.domain.facts import AgencyType

imports = typer.Typer(no_args_is_help=True, help="นำข้อมูลจากแฟ้มอื่นเข้า data/raw")
FIELDS = {
    "name": "ชื่อหน่วยงาน", "type": "ประเภท", "province": "จังหวัด",
    **{str(number): f"ตัวชี้วัดที่ {number}" for number in range(1, 11)},
    "total": "คะแนนรวม", "level": "ระดับ", "source": "แหล่งที่มา",
}  # fmt: skip
"""What the columns of the peers are called in the preview."""
NAMED = 10
"""So many of the rows that were not read are named."""
_LONGEST = 40


@imports.callback()
def _all() -> None:
    """นำข้อมูลจากแฟ้มอื่นเข้า data/raw"""


@imports.command(
    epilog="ตัวอย่าง: itabook import peers ผล-ita-2568.xlsx --year 2568 --source 'ประกาศผลการประเมิน ITA 2568'\n\n"
    "itabook import peers อบต.csv --year 2568 --type sao --map 'ชื่อ อปท.=agency' --map 'F=total' --merge --yes"
)
def peers(  # noqa: PLR0917 - one argument an option
    file: Annotated[Path, typer.Argument(metavar="แฟ้ม", help="ตารางของหลายหน่วยงาน แถวละหนึ่งหน่วยงาน (.csv หรือ .xlsx)")],
    year: Annotated[int, typer.Option(help="ปีงบประมาณของผล (พ.ศ.) เช่น 2568")],
    sheet: Annotated[str, typer.Option(help="ชื่อแผ่นงานในสมุดงาน (ไม่ระบุคือแผ่นแรก)")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="หัวคอลัมน์=ชื่อ",
            help="บอกว่าคอลัมน์ใดคืออะไร เช่น B=name, E=total, F=1 (ตัวชี้วัดที่ 1) หรือ G=- (ไม่นำเข้า)",
        ),
    ] = None,
    kind: Annotated[str, typer.Option("--type", help="ประเภทของหน่วยงานในแถวที่ไม่ระบุ เช่น sao หรือ อบต.")] = "",
    source: Annotated[str, typer.Option(help="แหล่งที่มาของคะแนน ในแถวที่ไม่ระบุ")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="แทนตารางเดิมของปีนี้ทั้งตาราง")] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="เพิ่มเข้าตารางเดิมของปีนี้ หน่วยงานที่มีอยู่แล้ว (ชื่อ ประเภท และจังหวัดตรงกัน) ใช้แถวใหม่")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="ดูว่าจะนำเข้าอะไร โดยไม่เขียนอะไรลงดิสก์")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="ไม่ต้องถามก่อนเขียน (สำหรับสคริปต์)")] = False,
) -> None:
    """นำตารางของหลายหน่วยงานเข้า data/raw/peers เดาว่าคอลัมน์ใดคืออะไร แสดงให้ตรวจก่อน แล้วจึงเขียน

    แถวที่อ่านไม่ได้ไม่ถูกนำเข้า แต่อยู่พร้อมเหตุผลใน outputs/peers/<ปี>.rejected.csv
    """
    from itabook.data.peer_import import Request, peers_file, read_import, rows_there, write_import

    with faults_as_messages():
        project = find_project()
        request = Request(file, year, sheet, _pairs(columns or ()), _kind(kind), " ".join(source.split()))
        made = read_import(project, request)
        _preview(made)
        if not made.reading.listed:
            if not dry_run:
                write_import(project, made)
                _tell_rejected(project, made)
            raise ItabookError("ไม่มีแถวใดที่นำเข้าได้ ตารางเดิมไม่ถูกแก้ไข · วิธีแก้: ตรวจเหตุผลข้างต้น หรือบอกคอลัมน์ด้วย --map")
        _refuse_to_overwrite(project, year, replace=replace, merge=merge)
        if dry_run:
            return
        before = rows_there(project, year) if merge else ()
        if not yes and not _agreed():
            raise typer.Exit(1)
        rows = write_import(project, made, before)
        place = peers_file(project, year).relative_to(project.root)
        out.print(f"{place} มี {rows:,} แถว นำเข้า {len(made.reading.listed):,} แถว", highlight=False)
        _tell_rejected(project, made)


def _pairs(given: Sequence[str]) -> dict[str, str]:
    parted = [(text, *text.rpartition("=")) for text in given]
    wrong = [text for text, name, sign, field in parted if not (sign and name.strip() and field.strip())]
    if wrong:
        remedy = 'เช่น --map "ชื่อ อปท.=name" หรือ --map F=total'
        raise DataError([Fault("--map", "ต้องอยู่ในรูป หัวคอลัมน์=ชื่อ", remedy, value=text) for text in wrong])
    return {name.strip(): field.strip() for _, name, _, field in parted}


def _kind(text: str) -> "AgencyType | None":
    from itabook.data.peer_words import TYPES, type_of

    found = type_of(text)
    if text and found is None:
        remedy = f"ใช้ชื่อใดชื่อหนึ่ง: {', '.join(dict.fromkeys(TYPES.values()))}"
        raise DataError([Fault("--type", "ไม่รู้จักประเภทหน่วยงาน", remedy, value=text)])
    return found


def _preview(made: "PeerImport") -> None:
    """Which column is taken as what, with the first rows, and how many rows were read."""
    sheet = f" แผ่นงาน {made.grid.sheet}" if made.grid.sheet else ""
    table = Table(title=escape(f"{made.grid.file}{sheet}"), title_justify="left")
    for name in ("คอลัมน์", "หัวตาราง", "นำเข้าเป็น", *(f"แถว {row}" for row, _ in made.grid.rows[made.head.first :][:3])):
        table.add_column(name, overflow="fold")
    for place, column in enumerate(made.head.columns):
        shown = made.examples(place)
        if column.header or any(shown):
            cells = (column.letter, column.header, FIELDS.get(column.field, "ไม่นำเข้า"), *shown)
            table.add_row(*(escape(_short(cell)) for cell in cells))
    out.print(table)
    missing = [label for field, label in FIELDS.items() if field not in made.head.fields]
    if missing:
        out.print(f"ไม่พบคอลัมน์: {', '.join(missing)}", highlight=False)
    reading = made.reading
    out.print(f"อ่านได้ {len(reading.listed):,} แถว อ่านไม่ได้ {len(reading.rejected):,} แถว", highlight=False)
    if reading.rounded:
        out.print(f"คะแนน {reading.rounded:,} ช่องมีทศนิยมเกิน 6 ตำแหน่ง ปัดครึ่งขึ้นเหลือ 2 ตำแหน่ง", highlight=False)
    for one in reading.rejected[:NAMED]:
        out.print(f"  แถว {one.row}: {_short(' · '.join(one.reasons), 160)}", markup=False, highlight=False)
    if len(reading.rejected) > NAMED:
        _tell_reasons(reading.rejected)


def _short(text: str, longest: int = _LONGEST) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _tell_reasons(rejected: "Sequence[Rejected]") -> None:
    """How many rows were not read, for the reasons that most have."""
    columns = Counter(one.reasons[0].partition("“")[0].strip() for one in rejected)
    for reason, number in columns.most_common(5):
        out.print(f"  {number:,} แถว: {_short(reason, 80)}", markup=False, highlight=False)


def _refuse_to_overwrite(project: Project, year: int, *, replace: bool, merge: bool) -> None:
    from itabook.data.peer_import import count_there, peers_file

    path = peers_file(project, year)
    if replace and merge:
        raise DataError([Fault("--replace --merge", "ใช้พร้อมกันไม่ได้", "เลือกอย่างใดอย่างหนึ่ง")])
    if path.is_file() and not (replace or merge):
        file = path.relative_to(project.root).as_posix()
        remedy = "ใส่ --replace เพื่อแทนทั้งตาราง หรือ --merge เพื่อเพิ่มเข้าตารางเดิม"
        raise DataError([Fault(file, f"มีตารางของปีนี้อยู่แล้ว {count_there(project, year):,} แถว", remedy)])


def _agreed() -> bool:
    """Whether the user, asked on a terminal, wants to go on. ItabookError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise ItabookError("ยังไม่ได้เขียนอะไร เพราะไม่มีผู้ตอบคำถาม · วิธีแก้: ตรวจตารางข้างต้นแล้วสั่งอีกครั้งโดยใส่ --yes")
    return typer.confirm("เขียนลง data/raw/peers หรือไม่")


def _tell_rejected(project: Project, made: "PeerImport") -> None:
    from itabook.data.peer_import import rejected_file

    if made.reading.rejected:
        file = rejected_file(project, made.year).relative_to(project.root)
        said = f"แถวที่อ่านไม่ได้ {len(made.reading.rejected):,} แถว อยู่ใน {file} แก้ในแฟ้มต้นทางแล้วนำเข้าอีกครั้ง"
        err.print(said, highlight=False)
