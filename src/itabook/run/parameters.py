"""The parameters of a notebook, as its parameters cell declares them, and whether what it is given fits."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itabook.data.links import is_inside
from itabook.errors import DataError, Fault
from itabook.language import later, tr
from itabook.run.cells import cells_of

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}
WORDS = {
    "str": later("ข้อความในเครื่องหมายคำพูด"),
    "int": later("จำนวนเต็ม"),
    "float": later("ตัวเลข"),
    "bool": later("true หรือ false"),
    "list": later("รายการ (list)"),
    "dict": later("คู่ชื่อและค่า"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name in the parameters cell.

    Attributes:
        type: name of its type, by its annotation, else by its default; empty where neither tells.
        required: whether it has no default.
    """

    name: str
    type: str
    required: bool


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook by name; none where no cell is tagged "parameters".

    DataError for what is no notebook, one that lies elsewhere, and a parameters cell that is no Python.
    """
    place = f"notebooks/{notebook.name}"
    if not is_inside(notebook, notebook.parent):
        raise DataError([Fault(place, tr("เป็นลิงก์ไปนอกโฟลเดอร์ notebooks"), tr("ลบลิงก์ แล้วคัดลอกสมุดบันทึกจริงมาวางแทน"))])
    try:
        cells = cells_of(notebook.read_bytes())
        source = next((cell.source for cell in cells if "parameters" in cell.tags), "")
    except Exception as error:  # of any kind, for anything can stand in the file
        remedy = tr("เปิดด้วย make lab แล้วบันทึกใหม่ หรือคืนแฟ้มจาก Git")
        raise DataError([Fault(place, tr("อ่านสมุดบันทึกไม่ได้ ({kind})", kind=type(error).__name__), remedy)]) from error
    try:
        return {found.name: found for found in _declared(ast.parse(source))}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        remedy = tr("แก้เซลล์ที่มีแท็ก parameters ให้เป็นบรรทัด ชื่อ = ค่า")
        raise DataError(
            [Fault(place, tr("เซลล์ parameters ไม่ใช่ภาษาไพทอนที่ถูกต้อง ({error})", error=error), remedy)]
        ) from error


def parameter_faults(
    notebook: Path, declared: Mapping[str, Parameter], given: Mapping[str, Any], file: str
) -> Iterator[Fault]:
    """Parameters that the notebook does not have, that have another type, and that it lacks."""
    place = f"notebooks/{notebook.name}"
    for name, value in given.items():
        known = declared.get(name)
        if known is None:
            remedy = tr("เพิ่มในเซลล์ parameters ของ {place} หรือแก้ชื่อ", place=place)
            yield Fault(file, tr("สมุดบันทึกไม่มีพารามิเตอร์นี้"), remedy, column="parameters", value=name)
        elif not _fits(value, known.type):
            remedy = tr(
                "ใส่ {name} เป็น{kind} ตามเซลล์ parameters ของ {place}", name=name, kind=tr(WORDS[known.type]), place=place
            )
            yield Fault(file, tr("พารามิเตอร์ {name} ผิดชนิด", name=name), remedy, column="parameters", value=str(value))
    for name, known in declared.items():
        if known.required and name not in given:
            remedy = tr("ใส่ค่าใต้ parameters ของบทนี้ หรือให้ค่าตั้งต้นใน {place}", place=place)
            yield Fault(file, tr("ขาดพารามิเตอร์ที่ต้องมี"), remedy, column="parameters", value=name)


def _declared(tree: ast.Module) -> Iterator[Parameter]:
    for line in tree.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            named = ast.unparse(line.annotation).partition("[")[0]
            yield Parameter(line.target.id, named if named in TYPES else "", required=line.value is None)
        elif isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield Parameter(line.targets[0].id, _type_of(line.value), required=False)


def _type_of(node: ast.expr) -> str:
    try:
        named = type(ast.literal_eval(node)).__name__
    except ValueError:
        return ""
    return named if named in TYPES else ""


def _fits(value: Any, named: str) -> bool:  # noqa: ANN401 - a parameter can be anything
    if not named:
        return True
    if named == "float":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if named == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[named])
