"""YAML files as frozen models; every unknown key and wrong value is one fault with its place."""

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from itabook.data.files import decode
from itabook.data.links import is_inside
from itabook.data.limits import MOST_YAML_BYTES, plain_fault, read_bytes
from itabook.errors import DataError, Fault
from itabook.language import later, tr, translated

Model = TypeVar("Model", bound=BaseModel)

_PROBLEMS = {
    "missing": (later("ขาดค่าที่จำเป็น"), later("เพิ่มบรรทัดนี้ในแฟ้ม")),
    "extra_forbidden": (later("ไม่รู้จักคีย์นี้"), later("ตรวจตัวสะกดของคีย์ หรือลบบรรทัดนี้")),
    "string_type": (later("ต้องเป็นข้อความ"), later('ใส่เครื่องหมายคำพูดคร่อมค่า เช่น "2567"')),
    "too_short": (later("ต้องมีอย่างน้อยหนึ่งรายการ"), later("เพิ่มรายการในคีย์นี้")),
    "greater_than_equal": (later("ค่าน้อยเกินไป"), later("ใช้ค่าตั้งแต่ {ge} ขึ้นไป")),
    "less_than_equal": (later("ค่ามากเกินไป"), later("ใช้ค่าไม่เกิน {le}")),
    "literal_error": (later("ไม่ใช่ค่าที่กำหนดไว้"), later("ใช้ค่าใดค่าหนึ่ง: {expected}")),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), (later("ต้องเป็นจำนวนเต็ม"), later("พิมพ์จำนวนเต็ม เช่น 2567"))),
    **dict.fromkeys(
        ("decimal_type", "decimal_parsing", "float_type", "float_parsing"), (later("ต้องเป็นตัวเลข"), later("พิมพ์ตัวเลขอย่างเดียว เช่น 0.30"))
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), (later("ต้องเป็น true หรือ false"), later("พิมพ์ true หรือ false"))),
    **dict.fromkeys(("tuple_type", "list_type"), (later("ต้องเป็นรายการ"), later("พิมพ์ทีละบรรทัด นำหน้าแต่ละรายการด้วยขีด (-)"))),
    "string_too_long": (later("ข้อความยาวเกิน {max_length} ตัวอักษร"), later("ย่อข้อความให้ไม่เกิน {max_length} ตัวอักษร")),
    "string_pattern_mismatch": (later("มีอักขระที่ใช้ไม่ได้"), later("ใช้เฉพาะอักขระที่กำหนด")),
    "invalid_key": (later("คีย์ต้องเป็นข้อความ"), later("ตรวจตัวสะกดของคีย์ หรือใส่เครื่องหมายคำพูดคร่อม")),
    **dict.fromkeys(
        (
            "greater_than",
            "less_than",
            "finite_number",
            "decimal_max_digits",
            "decimal_max_places",
            "decimal_whole_digits",
        ),
        (later("ตัวเลขอยู่นอกช่วงที่ใช้ได้"), later("ตรวจตัวเลขกับเอกสารที่อ้างถึง แล้วแก้ให้ถูกต้อง")),
    ),
    **dict.fromkeys(("dict_type", "model_type"), (later("ต้องเป็นรายการ คีย์: ค่า"), later("พิมพ์ คีย์: ค่า ทีละบรรทัด"))),
}
_EXAMPLES = {"agency.yml", "source.yml"}
DEEPEST = 20
"""How deep lists and mappings may stand in each other; the rules of a year are five deep."""
MOST_ALIASES = 20
"""How often values may be named again (*name): so many can stand for some thousand values, not for billions."""


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
        raise DataError([Fault(file, tr("ไม่มีแฟ้มนี้"), tr("สร้างแฟ้ม{example}", example=_example(path)))])
    if not is_inside(path, root):
        raise DataError([Fault(file, tr("เป็นลิงก์ไปนอกโครงการ"), tr("ลบลิงก์ แล้วคัดลอกแฟ้มจริงมาวางแทน"))])
    content, repeated = parse_yaml(decode(read_bytes(path, file, MOST_YAML_BYTES), file), file)
    if not isinstance(content, dict):
        raise DataError([Fault(file, tr("แฟ้มต้องเป็นรายการ คีย์: ค่า"), tr("เขียนแฟ้มใหม่{example}", example=_example(path)))])
    if repeated:
        remedy = tr("เหลือไว้บรรทัดเดียว ลบบรรทัดที่ซ้ำ")
        raise DataError([Fault(file, tr("คีย์ซ้ำ"), remedy, row=row, column=key, value=key) for key, row in repeated])
    unfit = [(key, text, said) for key, text in _texts(content) if (said := plain_fault(text))]
    if unfit:
        raise DataError([Fault(file, *said, column=key, value=text) for key, text, said in unfit])
    return content


def parse_yaml(text: str, file: str) -> tuple[object, list[tuple[str, int]]]:
    """What a YAML text says, and the keys that stand twice in one mapping with their lines. DataError where it is none.

    Many aliases, tags and deep nesting are refused before anything is built of them: few lines could fill all memory.
    """
    _check_shape(text, file)
    loader = _Loader(text)
    try:
        return loader.get_single_data(), loader.repeated
    except yaml.YAMLError as error:
        raise DataError([_syntax_fault(error, file)]) from error
    except ValueError as error:  # of a date that the calendar does not have, or a number of thousands of digits
        remedy = tr("แก้วันที่หรือตัวเลขให้ถูกต้อง และใส่เครื่องหมายคำพูดคร่อม")
        raise DataError([Fault(file, tr("มีวันที่ซึ่งไม่มีในปฏิทิน หรือตัวเลขที่ใช้ไม่ได้ ({error})", error=error), remedy)]) from error
    finally:
        loader.dispose()


def _check_shape(text: str, file: str) -> None:
    opened: list[str | None] = []
    aliases = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            aliases += isinstance(event, yaml.AliasEvent)
            said = _event_problem(event, opened, aliases)
            if said:
                raise DataError([Fault(file, *said, row=_line(event))])
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append(event.anchor)
            elif isinstance(event, yaml.CollectionEndEvent):
                opened.pop()
    except yaml.YAMLError as error:
        raise DataError([_syntax_fault(error, file)]) from error


def _event_problem(event: yaml.Event, opened: Sequence[str | None], aliases: int) -> tuple[str, str] | None:
    """Problem and remedy of one event; `opened` are the names (&name) of the lists and mappings that it stands in."""
    if isinstance(event, yaml.AliasEvent) and event.anchor in opened:
        return tr("รายการอ้างถึงตัวเองด้วย *"), tr("ลบการอ้างถึง หรือใส่เครื่องหมายคำพูดคร่อมข้อความที่ขึ้นต้นด้วย *")
    if aliases > MOST_ALIASES:
        return tr("อ้างถึงค่าอื่นด้วย * เกิน {most} แห่ง", most=MOST_ALIASES), tr("พิมพ์ค่านั้นซ้ำ หรือใส่เครื่องหมายคำพูดคร่อมข้อความที่ขึ้นต้นด้วย *")
    if getattr(event, "tag", None):
        return tr("ใช้ ! ของ YAML ไม่ได้"), tr("ใส่เครื่องหมายคำพูดคร่อมข้อความที่ขึ้นต้นด้วย !")
    if len(opened) > DEEPEST:
        return tr("รายการซ้อนกันลึกเกิน {most} ชั้น", most=DEEPEST), tr("ตรวจการย่อหน้าและวงเล็บ [ ] {{ }}")
    return None


def _line(event: yaml.Event) -> int | None:
    return None if event.start_mark is None else event.start_mark.line + 1


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    row = None if mark is None else mark.line + 1
    remedy = tr("ตรวจการย่อหน้า เครื่องหมาย : และเครื่องหมายคำพูดในบรรทัดนี้")
    return Fault(file, tr("โครงสร้าง YAML ไม่ถูกต้อง"), remedy, row=row)


def _texts(content: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in lists and mappings with the keys that lead there; keys are texts too."""
    if isinstance(content, str):
        yield key, content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from _texts(name, key)
            yield from _texts(value, f"{key}.{name}".strip("."))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _texts(value, f"{key}.{number}".strip("."))


def _example(path: Path) -> str:
    """Where the user finds a file to write this one after."""
    if path.name in _EXAMPLES:
        return tr("ตามตัวอย่างใน README")
    return tr("โดยคัดลอกแฟ้มของปีก่อนในโฟลเดอร์เดียวกัน แล้วแก้ให้ตรงกับปีนี้") if path.parent.name == "years" else tr("ให้ถูกที่และถูกรูปแบบ")


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
        problem, remedy = _said(detail)
        plain = detail["input"] is not None and not isinstance(detail["input"], dict | list | tuple)
        value = str(detail["input"]) if plain else ""
        faults.append(Fault(file, problem, remedy, column=key, value=value[:80]))
    return faults


def _said(detail: ErrorDetails) -> tuple[str, str]:
    """Problem and remedy of what pydantic found, in the language of the program."""
    if detail["input"] is None:
        return tr("ยังไม่ได้กรอก"), tr("พิมพ์ค่าหลังเครื่องหมาย : ในบรรทัดนี้")
    if detail["type"] == "value_error":
        problem, _, remedy = translated(detail["msg"].removeprefix("Value error, ")).partition(" · ")
        return problem, remedy
    if detail["type"] in _PROBLEMS:
        problem, remedy = _PROBLEMS[detail["type"]]
        context = {name: str(text).replace(" or ", ", ") for name, text in detail.get("ctx", {}).items()}
        return tr(problem, **context), tr(remedy, **context)
    return tr("ค่าไม่ถูกต้อง"), tr("แก้ค่าให้ถูกต้อง ({said})", said=detail["msg"])
