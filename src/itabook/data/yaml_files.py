"""YAML files as frozen models; every unknown key and wrong value is one fault with its place."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from itabook.data.files import decode
from itabook.errors import DataError, Fault

Model = TypeVar("Model", bound=BaseModel)

_PROBLEMS = {
    "missing": ("ขาดค่าที่จำเป็น", "เพิ่มบรรทัดนี้ในแฟ้ม"),
    "extra_forbidden": ("ไม่รู้จักคีย์นี้", "ตรวจตัวสะกดของคีย์ หรือลบบรรทัดนี้"),
    "string_type": ("ต้องเป็นข้อความ", 'ใส่เครื่องหมายคำพูดคร่อมค่า เช่น "2567"'),
    "too_short": ("ต้องมีอย่างน้อยหนึ่งรายการ", "เพิ่มรายการในคีย์นี้"),
    "greater_than_equal": ("ค่าน้อยเกินไป", "ใช้ค่าตั้งแต่ {ge} ขึ้นไป"),
    "less_than_equal": ("ค่ามากเกินไป", "ใช้ค่าไม่เกิน {le}"),
    "literal_error": ("ไม่ใช่ค่าที่กำหนดไว้", "ใช้ค่าใดค่าหนึ่ง: {expected}"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), ("ต้องเป็นจำนวนเต็ม", "พิมพ์จำนวนเต็ม เช่น 2567")),
    **dict.fromkeys(
        ("decimal_type", "decimal_parsing", "float_type", "float_parsing"), ("ต้องเป็นตัวเลข", "พิมพ์ตัวเลขอย่างเดียว เช่น 0.30")
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), ("ต้องเป็น true หรือ false", "พิมพ์ true หรือ false")),
    **dict.fromkeys(("tuple_type", "list_type"), ("ต้องเป็นรายการ", "พิมพ์ทีละบรรทัด นำหน้าแต่ละรายการด้วยขีด (-)")),
    **dict.fromkeys(("dict_type", "model_type"), ("ต้องเป็นรายการ คีย์: ค่า", "พิมพ์ คีย์: ค่า ทีละบรรทัด")),
}
_EXAMPLES = {"agency.yml", "source.yml"}


class _Loader(yaml.CSafeLoader):
    """Reads as yaml.safe_load does, and keeps every key that stands twice in one mapping with its line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    self.repeated.append((key.value, key.start_mark.line + 1))
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, root: Path) -> dict[str, object]:
    """The mapping of a YAML file. DataError with the line of a syntax fault."""
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        raise DataError([Fault(file, "ไม่มีแฟ้มนี้", f"สร้างแฟ้ม{_example(path)}")])
    loader = _Loader(decode(path.read_bytes(), file))
    try:
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        remedy = "ตรวจการย่อหน้า เครื่องหมาย : และเครื่องหมายคำพูดในบรรทัดนี้"
        raise DataError([Fault(file, "โครงสร้าง YAML ไม่ถูกต้อง", remedy, row=row)]) from error
    except ValueError as error:  # of a date that the calendar does not have
        remedy = "แก้วันที่ให้ถูกต้อง และใส่เครื่องหมายคำพูดคร่อม"
        raise DataError([Fault(file, f"มีวันที่ซึ่งไม่มีในปฏิทิน ({error})", remedy)]) from error
    finally:
        loader.dispose()
    if not isinstance(content, dict):
        raise DataError([Fault(file, "แฟ้มต้องเป็นรายการ คีย์: ค่า", f"เขียนแฟ้มใหม่{_example(path)}")])
    if loader.repeated:
        remedy = "เหลือไว้บรรทัดเดียว ลบบรรทัดที่ซ้ำ"
        raise DataError([Fault(file, "คีย์ซ้ำ", remedy, row=row, column=key, value=key) for key, row in loader.repeated])
    return content


def _example(path: Path) -> str:
    """Where the user finds a file to write this one after."""
    if path.name in _EXAMPLES:
        return "ตามตัวอย่างใน README"
    return "โดยคัดลอกแฟ้มของปีก่อนในโฟลเดอร์เดียวกัน แล้วแก้ให้ตรงกับปีนี้" if path.parent.name == "years" else "ให้ถูกที่และถูกรูปแบบ"


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
        if detail["type"] == "too_short" and detail["input"]:
            continue  # pydantic counts only the items that are right; those that are wrong have their own faults
        key = ".".join(str(part) for part in detail["loc"])
        problem, remedy = _PROBLEMS.get(detail["type"], ("ค่าไม่ถูกต้อง", f"แก้ค่าให้ถูกต้อง ({detail['msg']})"))
        context = {name: str(text).replace(" or ", ", ") for name, text in detail.get("ctx", {}).items()}
        if detail["type"] in _PROBLEMS:
            remedy = remedy.format(**context)
        if detail["type"] == "value_error":
            problem, remedy = detail["msg"].removeprefix("Value error, "), "แก้ค่าของคีย์นี้ในแฟ้ม"
        if detail["input"] is None:
            problem, remedy = "ยังไม่ได้กรอก", "พิมพ์ค่าหลังเครื่องหมาย : ในบรรทัดนี้"
        value = (
            "" if detail["input"] is None or isinstance(detail["input"], dict | list | tuple) else str(detail["input"])
        )
        faults.append(Fault(file, problem, remedy, column=key, value=value[:80]))
    return faults
