"""YAML files as frozen models; every unknown key and wrong value is one fault with its place."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from itabook.data.files import decode
from itabook.errors import DataError, Fault

Model = TypeVar("Model", bound=BaseModel)

_PROBLEMS = {
    "missing": ("ขาดค่าที่จำเป็น", "เพิ่มบรรทัดนี้ในแฟ้ม"),
    "extra_forbidden": ("ไม่รู้จักคีย์นี้", "ตรวจตัวสะกดของคีย์ หรือลบบรรทัดนี้"),
    "string_type": ("ต้องเป็นข้อความ", 'ใส่เครื่องหมายคำพูดคร่อมค่า เช่น "2567"'),
}


def read_yaml(path: Path, root: Path) -> dict[str, object]:
    """The mapping of a YAML file. DataError with the line of a syntax fault."""
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        raise DataError([Fault(file, "ไม่มีแฟ้มนี้", "สร้างแฟ้มตามตัวอย่างใน README")])
    try:
        content = yaml.safe_load(decode(path.read_bytes(), file))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        remedy = "ตรวจการย่อหน้า เครื่องหมาย : และเครื่องหมายคำพูดในบรรทัดนี้"
        raise DataError([Fault(file, "โครงสร้าง YAML ไม่ถูกต้อง", remedy, row=row)]) from error
    if not isinstance(content, dict):
        raise DataError([Fault(file, "แฟ้มต้องเป็นรายการ คีย์: ค่า", "ดูตัวอย่างใน README")])
    return content


def load_model(path: Path, root: Path, model: type[Model], **known: object) -> Model:
    """A YAML file as a model; `known` are values that come from elsewhere, such as the folder's name."""
    content = read_yaml(path, root)
    try:
        return model.model_validate({**content, **known})
    except ValidationError as error:
        raise DataError(_faults(error, path.relative_to(root).as_posix())) from error


def _faults(error: ValidationError, file: str) -> list[Fault]:
    faults = []
    for detail in error.errors(include_url=False):
        key = ".".join(str(part) for part in detail["loc"])
        problem, remedy = _PROBLEMS.get(detail["type"], ("ค่าไม่ถูกต้อง", f"แก้ค่าให้ถูกต้อง ({detail['msg']})"))
        if detail["type"] == "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            problem, remedy = "ไม่ใช่ค่าที่กำหนดไว้", f"ใช้ค่าใดค่าหนึ่ง: {expected}"
        value = "" if detail["type"] == "missing" else str(detail["input"])
        faults.append(Fault(file, problem, remedy, column=key, value=value[:80]))
    return faults
