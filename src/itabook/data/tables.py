"""From a table as typed to a table of facts: columns, cells and rows checked, all faults at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pandas as pd
import pandera.errors

from itabook.data.checks import problem_and_remedy, schema, score_in_range
from itabook.data.files import RawTable
from itabook.data.limits import row_faults, text_faults
from itabook.data.schemas import SPECS, ColumnSpec, TableSpec
from itabook.data.text import arabic, clean, is_missing, item_code, number
from itabook.errors import Fault
from itabook.language import tr

_CODES = {
    "total": ("",),
    "national": ("",),
    "instrument": ("IIT", "EIT", "OIT"),
    "part": ("EIT1", "EIT2"),
    "indicator": ("", *(str(number) for number in range(1, 11))),
}


def read_table(raw: RawTable) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Facts of one table, or None with every fault found in it.

    The frame has the columns of the table (numbers as Decimal or int, None where missing), and for each
    number a column `<name>_printed` with the cell as typed.
    """
    spec = SPECS[raw.name]
    faults = [*_header_faults(raw, spec), *row_faults(raw)]
    if faults:
        return None, faults
    raw = replace(raw, rows=_told_rows(raw, spec))
    unfit = list(text_faults(raw))
    told = {(fault.row, fault.column) for fault in unfit}
    text = _cleaned(raw, spec)
    wrong = (fault for fault in _cell_faults(raw, spec, text) if (fault.row, fault.column) not in told)
    faults = [*_width_faults(raw), *unfit, *wrong]
    clean_rows = text.drop(index=list({fault.row for fault in faults}))
    facts = _typed(spec, clean_rows)
    faults += [*_duplicate_faults(raw, spec, facts), *_score_faults(raw, facts)]
    return (None, _in_order(faults, spec)) if faults else (facts, [])


def _told_rows(raw: RawTable, spec: TableSpec) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows but those of a form that nobody filled in; where the table demands what they leave blank, all or none."""
    places = [raw.header.index(name) for name in spec.told if name in raw.header]
    told = tuple(row for row in raw.rows if any(cell.strip() for cell in _cells(row[1], places, raw)))
    demanded = any(column.required for column in spec.columns if column.name in spec.told)
    return raw.rows if not places or (told and demanded) else told


def _cells(cells: tuple[str, ...], places: list[int], raw: RawTable) -> Iterable[str]:
    """Cells in these places, and those beyond the header."""
    return (cell for place, cell in enumerate(cells) if place in places or place >= len(raw.header))


def _in_order(faults: Iterable[Fault], spec: TableSpec) -> list[Fault]:
    """Faults row by row; within a row those of the whole row, then those of cells in the order of the columns."""
    columns = ("", *spec.names)
    return sorted(faults, key=lambda fault: (fault.row or 0, columns.index(fault.column)))


def _header_faults(raw: RawTable, spec: TableSpec) -> Iterable[Fault]:
    for name, times in Counter(raw.header).items():
        if name not in spec.names:
            remedy = tr("ลบหรือเปลี่ยนชื่อคอลัมน์ ตาราง {name} มีคอลัมน์: {listed}", name=spec.name, listed=', '.join(spec.names))
            yield raw.fault(tr("ไม่รู้จักคอลัมน์นี้"), remedy, row=raw.header_row, column=name, value=name)
        elif times > 1:
            yield raw.fault(tr("ชื่อคอลัมน์ซ้ำ"), tr("เหลือไว้คอลัมน์เดียว"), row=raw.header_row, column=name, value=name)
    for name in spec.names:
        if name not in raw.header:
            yield raw.fault(tr("ขาดคอลัมน์"), tr("เพิ่มคอลัมน์ {name} ในแถวหัวตาราง", name=name), row=raw.header_row, column=name)


def _width_faults(raw: RawTable) -> Iterable[Fault]:
    for row, cells in raw.rows:
        extra = [cell for cell in cells[len(raw.header) :] if cell.strip()]
        if extra:
            remedy = tr('ใส่เครื่องหมายคำพูด "…" คร่อมข้อความที่มีจุลภาค หรือลบช่องที่เกิน')
            yield raw.fault(tr("มีช่องเกินหัวตาราง"), remedy, row=row, value=extra[0])


def _cleaned(raw: RawTable, spec: TableSpec) -> pd.DataFrame:
    """Cleaned text by column, indexed by the row numbers a user sees; short rows are filled with blanks."""
    width, cleaned = len(raw.header), cache(clean)
    rows = [[cleaned(cell) for cell in (*cells, *[""] * width)[:width]] for _, cells in raw.rows]
    index = pd.Index([row for row, _ in raw.rows], dtype="int64")
    frame = pd.DataFrame(rows, columns=list(raw.header), index=index, dtype="object")
    return frame.astype("str")[list(spec.names)]


def _cell_faults(raw: RawTable, spec: TableSpec, text: pd.DataFrame) -> list[Fault]:
    try:
        schema(spec).validate(text, lazy=True)
    except pandera.errors.SchemaErrors as error:
        found: dict[tuple[int, str], Fault] = {}
        for case in error.failure_cases.itertuples():
            problem, remedy = problem_and_remedy(str(case.check))
            row, column = int(str(case.index)), str(case.column)
            value = str(text.at[row, column])
            found.setdefault((row, column), raw.fault(problem, remedy, row=row, column=column, value=value))
        return list(found.values())
    return []


def _typed(spec: TableSpec, text: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for column in spec.columns:
        cells = text[column.name]
        if column.kind in ("score", "points", "percent", "figure", "count"):
            columns[f"{column.name}_printed"] = cells
        values = {cell: _value(column, cell) for cell in dict.fromkeys(cells)}
        columns[column.name] = pd.Series([values[cell] for cell in cells], index=text.index, dtype="object")
    return pd.DataFrame(columns, index=text.index)


def _value(column: ColumnSpec, cell: str) -> Decimal | int | str | None:
    match column.kind:
        case "score" | "points" | "percent" | "figure":
            return number(cell)
        case "count":
            value = number(cell)
            return None if value is None else int(value)
        case "indicator":
            return None if is_missing(cell) else int(arabic(cell))
        case "item":
            return "" if is_missing(cell) else item_code(cell)
        case "choice":
            return column.words[cell]
        case _:
            return arabic(cell) if column.name in ("code", "no", "scope") else cell


def _duplicate_faults(raw: RawTable, spec: TableSpec, facts: pd.DataFrame) -> Iterable[Fault]:
    first: dict[tuple[object, ...], int] = {}
    for row, values in zip(facts.index, facts[list(spec.key)].itertuples(index=False), strict=True):
        key = tuple(values)
        if key in first:
            remedy = tr("ลบแถวที่ซ้ำ หากรายงานพิมพ์สองแห่งให้ระบุคอลัมน์ where ให้ต่างกัน")
            yield raw.fault(tr("แถวซ้ำกับแถว {first}", first=first[key]), remedy, row=int(row))
        first.setdefault(key, int(row))


def _score_faults(raw: RawTable, facts: pd.DataFrame) -> Iterable[Fault]:
    """Faults of a score that only the whole row shows: its range, and a code that does not fit its scope."""
    if raw.name not in ("scores", "items"):
        return
    for row, fact in zip(facts.index, facts.to_dict("records"), strict=True):
        measure = str(fact.get("measure", "score"))
        value = fact["value"]
        if value is not None and not score_in_range(measure, value):
            remedy = tr("ตรวจตัวเลขกับรายงาน คะแนนอยู่ระหว่าง 0 ถึง 100")
            yield raw.fault(tr("คะแนนอยู่นอกช่วง 0 ถึง 100"), remedy, row=int(row), column="value", value=fact["value_printed"])
        codes = _CODES.get(str(fact.get("scope")))
        if codes is not None and fact["code"] not in codes:
            remedy = tr("scope {scope} ใช้รหัส: {listed}", scope=fact['scope'], listed=', '.join((code or tr('(เว้นว่าง)') for code in codes)))
            yield raw.fault(tr("รหัสไม่ตรงกับ scope"), remedy, row=int(row), column="code", value=str(fact["code"]))
