"""`itabook check`: read data/raw and prove every printed figure."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Annotated

import typer
from rich.table import Table

from itabook.cli.console import faults_as_messages, out, plain
from itabook.cli.findings import counted, of_agency_years, of_lists, print_list_findings
from itabook.cli.unread import lost_beside, print_faults, warn
from itabook.data.library import Library
from itabook.data.project import find_project
from itabook.domain.proofreading import Finding
from itabook.domain.proofreading.finding import SEVERITIES
from itabook.language import tr
from itabook.words import Words, subject_name


def check(
    names: Annotated[list[str] | None, typer.Argument(metavar=tr("หน่วยงาน/ปี"), help=tr("ตรวจเฉพาะรายการนี้"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=tr("พิมพ์ข้อค้นพบเป็น JSON"))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=tr("จบด้วยสถานะ 1 เมื่อมีข้อค้นพบระดับ error หรือ warning"))] = False,
) -> None:
    """Read and check the raw data, write data/processed, and prove every printed figure."""
    with faults_as_messages():
        library = Library(find_project())
        pairs = library.pairs(names or ())
        own = tuple(finding for _, findings in of_agency_years(library, pairs) for finding in findings)
        listed = () if names else of_lists(library)
    findings = (*own, *listed)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print_findings(own)
        print_list_findings(listed)
        out.print(
            tr(
                "ตรวจ {sets} ชุดข้อมูล พบข้อค้นพบ {findings} ข้อ{parts}",
                sets=len(pairs),
                findings=len(findings),
                parts=_parts(findings),
            ),
            highlight=False,
        )
    if names:
        warn(lost_beside(library, pairs))
    elif print_faults(library.unread):
        raise typer.Exit(1)
    if strict and any(finding.severity != "note" for finding in findings):
        raise typer.Exit(1)


def _print_findings(findings: Sequence[Finding]) -> None:
    for (agency, year), group in groupby(findings, key=lambda finding: (finding.agency, finding.fiscal_year)):
        table = Table(title=f"{agency}/{year}", title_justify="left", show_lines=True, expand=True)
        for name in (tr("ระดับ"), tr("เรื่อง"), tr("ที่พิมพ์"), tr("ที่ควรเป็น")):
            table.add_column(name, width=11, overflow="fold")
        table.add_column(tr("ข้อค้นพบ"), ratio=1, overflow="fold")
        for found in group:
            cells = (tr(SEVERITIES[found.severity]), _subject(found), found.printed, found.expected)
            said = "\n".join((found.message, found.explanation, found.where))
            table.add_row(*map(plain, (*cells, said)))
        out.print(table)


def _subject(found: Finding) -> str:
    """What a finding is about, as the report calls it; an item without a code by its wording."""
    return subject_name(found.subject, Words()).replace("\u00a0", " ") or found.subject


def _parts(findings: Sequence[Finding]) -> str:
    return f" ({counted(findings)})" if findings else ""
