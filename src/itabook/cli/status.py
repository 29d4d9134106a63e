"""`itabook status`: what is in the data, what is made of it, what is stale, what has findings."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from itabook.cli.console import err, fault_table, faults_as_messages, out, plain
from itabook.cli.findings import counted_as
from itabook.data.library import Library
from itabook.data.parquet import Pair
from itabook.data.project import find_project
from itabook.data.store import current_tables
from itabook.data.unread import Unread
from itabook.domain.proofreading.finding import SEVERITIES, Severity
from itabook.errors import DataError, Fault
from itabook.language import later, tr

if TYPE_CHECKING:
    from itabook.cli.states import AgencyYearState, BookState, Made, State, Total

STATES: "dict[State, str]" = {
    "fresh": later("ใช้ได้"),
    "stale": later("ต้องสร้างใหม่"),
    "never": later("ยังไม่มี"),
    "failed": later("ล้มเหลว"),
}
TOTALS: "dict[Total, str]" = {
    "printed": later("คะแนนรวมตามรายงาน"),
    "computed": later("คะแนนรวมคำนวณ"),
    "none": later("ไม่มีคะแนนรวม"),
}


def status(
    agency: Annotated[str, typer.Option(help=tr("ดูเฉพาะหน่วยงานนี้ (ชื่อโฟลเดอร์ใน data/raw) เช่น bgo"))] = "",
    year: Annotated[int | None, typer.Option(help=tr("ดูเฉพาะปีงบประมาณนี้ (พ.ศ.) เช่น 2564"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=tr("พิมพ์เป็น JSON"))] = False,
) -> None:
    """Tell what is in the data, what is made of it and what is stale; nothing is written."""
    with faults_as_messages(), TemporaryDirectory() as scratch:
        from itabook.cli.states import book_states, states

        project = find_project()
        with err.status(tr("กำลังตรวจข้อมูลและสิ่งที่สร้างไว้")):
            library = Library(project, current_tables(project, Path(scratch) / "tables"))
            pairs, unread = _chosen(library, agency, year)
            books = book_states(project, library, pairs)
            found = states(project, library, pairs, books)
    if as_json:
        told = {
            "agency-years": [_row(one) for one in found],
            "unread": [_unread(one) for one in unread],
            "books": [_book(book) for book in books],
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _print(found, unread, books)


def _chosen(library: Library, agency: str, year: int | None) -> tuple[tuple[Pair, ...], tuple[Unread, ...]]:
    """The agency-years that are named, and what cannot be read; all without names. DataError where there are none."""
    known = library.pairs()
    chosen = tuple(pair for pair in known if agency in ("", pair[0]) and year in (None, pair[1]))
    years = ("", str(year))
    unread = tuple(one for one in library.unread if agency in ("", one.agency) and (year is None or one.year in years))
    if not chosen and not unread:
        value = "/".join(str(part) for part in (agency, year) if part)
        remedy = (
            tr("เลือกจากที่มี: {listed}", listed=", ".join((f"{key}/{of}" for key, of in known)))
            if known
            else tr("ใส่ข้อมูลใน data/raw ดูตัวอย่างใน README")
        )
        raise DataError([Fault("--agency --year", tr("ไม่มีข้อมูลของหน่วยงานและปีนี้"), remedy, value=value)])
    return chosen, unread


def _row(one: "AgencyYearState") -> dict[str, object]:
    agency, year = one.pair
    return {
        "agency": agency,
        "fiscal_year": year,
        "name": one.name,
        "tables": list(one.tables),
        "total": one.total,
        "books": {name: {"state": made.state, "why": made.why} for name, made in one.books.items()},
        "pdf": {"state": one.pdf.state, "why": one.pdf.why},
        "findings": {severity: one.findings.get(severity, 0) for severity in SEVERITIES},
    }


def _unread(one: Unread) -> dict[str, object]:
    state = "blank" if one.blank else "unread"
    return {"name": one.name, "state": state, "faults": [str(fault) for fault in one.faults]}


def _book(book: "BookState") -> dict[str, object]:
    return {
        "book": book.name,
        "other_chapters": book.others,
        "other_chapters_due": book.due,
        "faults": [str(fault) for fault in book.faults],
    }


def _print(found: "Sequence[AgencyYearState]", unread: Sequence[Unread], books: "Sequence[BookState]") -> None:
    table = Table(title=tr("สถานะของข้อมูลและสิ่งที่สร้าง"), title_justify="left", show_lines=True)
    for name in (tr("หน่วยงาน/ปี"), tr("ข้อมูล"), tr("บทในหนังสือ"), "PDF", tr("ข้อค้นพบ")):
        table.add_column(name, overflow="fold", no_wrap=name == tr("หน่วยงาน/ปี"))
    for one in found:
        data = "\n".join((" ".join(one.tables), tr(TOTALS[one.total])))
        books_of = "\n".join(f"{name}: {_said(made)}" for name, made in one.books.items()) or tr("ไม่อยู่ในหนังสือ")
        cells = ("/".join(map(str, one.pair)), data, books_of, _said(one.pdf), counted_as(one.findings))
        table.add_row(*map(escape, cells))
    for lost in unread:
        table.add_row(*map(plain, (lost.name, _said_unread(lost), "", "", "")))
    out.print(table)
    for book in books:
        if book.faults:
            err.print(fault_table(tr("หนังสือ {name} ยังสร้างไม่ได้", name=escape(book.name)), book.faults))
        elif book.others:
            said = tr(
                "{name}: บทที่รวมหลายปีหรือทั้งเล่ม {others} บท ต้องสร้างใหม่ {due} บท",
                name=book.name,
                others=book.others,
                due=book.due,
            )
            out.print(escape(said), highlight=False)
    chapters = [made for one in found for made in one.books.values()]
    findings: Counter[Severity] = sum((Counter(one.findings) for one in found), Counter())
    said = tr(
        "{sets:,} ชุดข้อมูล · บท: {chapters} · PDF: {pdfs}",
        sets=len(found),
        chapters=_tally(chapters),
        pdfs=_tally([one.pdf for one in found]),
    )
    out.print(tr("{said} · ข้อค้นพบ: {findings}", said=said, findings=counted_as(findings)), highlight=False)


def _said_unread(one: Unread) -> str:
    if one.blank:
        return tr("ยังไม่ได้กรอก")
    return tr("อ่านไม่ได้ ({faults} แห่ง) สั่ง itabook check", faults=len(one.faults))


def _said(made: "Made") -> str:
    state = tr(STATES[made.state])
    return f"{state} ({made.why})" if made.state in ("stale", "failed") else state


def _tally(made: "Sequence[Made]") -> str:
    times = Counter(one.state for one in made)
    return " ".join(f"{tr(name)} {times[state]:,}" for state, name in STATES.items() if times[state]) or "–"
