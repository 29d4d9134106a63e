"""outputs/report.json and outputs/report.html: what became of each run, for programs and for people."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path

from itabook.data.project import Project
from itabook.language import language_of, tr
from itabook.run.outcome import STATUS_NAMES, Outcome

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font-family: Sarabun, sans-serif; line-height: 1.6; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; background: #f5f5f5; padding: .6rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}</p>
{failures}
<h2>{all}</h2>
<table>
<thead>
<tr>{heads}</tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def counts(outcomes: Sequence[Outcome]) -> str:
    """How many runs came to what, one line."""
    found = Counter(outcome.status for outcome in outcomes)
    return " ".join(
        tr("{status} {number} รายการ", status=tr(name), number=found[status])
        for status, name in STATUS_NAMES.items()
        if found[status]
    )


def write_report(project: Project, outcomes: Sequence[Outcome]) -> Path:
    """Write both, each aside and then in place; returns the JSON file."""
    project.outputs.mkdir(exist_ok=True)
    rows = [_row(outcome) for outcome in outcomes]
    path = project.outputs / "report.json"
    _replace(path, json.dumps({"summary": counts(outcomes), "runs": rows}, ensure_ascii=False, indent=2))
    _replace(path.with_suffix(".html"), _page(outcomes))
    return path


def _row(outcome: Outcome) -> dict[str, object]:
    run = outcome.run
    return {
        "slug": run.slug,
        "notebook": run.notebook.name,
        "agency": run.agency,
        "fiscal_year": run.fiscal_year,
        "status": outcome.status,
        "why": outcome.why,
        "seconds": outcome.seconds,
        "attempts": outcome.attempts,
        "failure": None if outcome.failure is None else asdict(outcome.failure),
    }


def _page(outcomes: Sequence[Outcome]) -> str:
    failures = "".join(
        f"<h2>{escape(outcome.run.slug)}</h2><p>{escape(outcome.failure.error)}</p>"
        f"<pre>{escape(outcome.failure.message)}</pre><pre>{escape(outcome.failure.traceback)}</pre>"
        for outcome in outcomes
        if outcome.failure is not None
    )
    rows = "\n".join(
        f"<tr><td>{escape(outcome.run.slug)}</td><td>{tr(STATUS_NAMES[outcome.status])}</td>"
        f"<td>{escape(outcome.why)}</td><td>{outcome.seconds:.2f}</td></tr>"
        for outcome in outcomes
    )
    heads = (tr("รายการ"), tr("ผล"), tr("เหตุผล"), tr("วินาที"))
    return _PAGE.format(
        language=language_of(os.environ),
        title=tr("ผลการสร้างสมุดบันทึก"),
        summary=escape(counts(outcomes)),
        failures=failures,
        all=tr("ทุกรายการ"),
        heads="".join(f'<th scope="col">{head}</th>' for head in heads),
        rows=rows,
    )


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
