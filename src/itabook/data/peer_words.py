"""What stands in a list of agencies for a type, a province and a level, in the words of our own tables."""

from itabook.data.peer_headers import folded
from itabook.domain.facts import AgencyType
from itabook.domain.rules import YearRules

_TYPES: dict[AgencyType, tuple[str, ...]] = {
    "department": (
        "กรม", "กรมหรือเทียบเท่า", "กรมหรือส่วนราชการเทียบเท่า", "ส่วนราชการระดับกรม", "ส่วนราชการระดับกรมหรือเทียบเท่า",
        "ส่วนราชการ (กรมหรือเทียบเท่า)", "ส่วนราชการ (ระดับกรมหรือเทียบเท่า)", "ส่วนราชการ",
    ),
    "state-enterprise": ("รัฐวิสาหกิจ", "รสก."),
    "public-organization": ("องค์การมหาชน",),
    "independent": ("องค์กรอิสระ", "องค์กรอิสระตามรัฐธรรมนูญ", "หน่วยงานธุรการขององค์กรอิสระ", "องค์กรอิสระและองค์กรอัยการ"),
    "court": ("ศาล", "องค์กรศาล", "หน่วยงานธุรการของศาล", "สำนักงานศาล"),
    "parliament": ("รัฐสภา", "หน่วยงานของรัฐสภา", "หน่วยงานในสังกัดรัฐสภา", "หน่วยธุรการของรัฐสภา"),
    "university": ("สถาบันอุดมศึกษา", "มหาวิทยาลัย", "สถาบันอุดมศึกษาของรัฐ"),
    "province": ("จังหวัด", "ราชการส่วนภูมิภาค"),
    "pao": ("องค์การบริหารส่วนจังหวัด", "อบจ.", "อปท. (อบจ.)"),
    "city-municipality": ("เทศบาลนคร", "ทน."),
    "town-municipality": ("เทศบาลเมือง", "ทม."),
    "subdistrict-municipality": ("เทศบาลตำบล", "ทต."),
    "sao": ("องค์การบริหารส่วนตำบล", "อบต."),
    "special-local": (
        "องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ", "อปท. รูปแบบพิเศษ", "องค์กรปกครองส่วนท้องถิ่น (รูปแบบพิเศษ)",
    ),
    "other": ("อื่น ๆ", "หน่วยงานอื่น", "หน่วยงานอื่นของรัฐ", "หน่วยงานของรัฐประเภทอื่น", "กองทุน"),
}  # fmt: skip
"""Official names and common short ones of the types; a country is no peer."""
TYPES: dict[str, AgencyType] = {folded(word): kind for kind, words in _TYPES.items() for word in (kind, *words)}
_BANGKOK = {folded(name): "กรุงเทพมหานคร" for name in ("กรุงเทพ", "กรุงเทพฯ", "กทม.", "Bangkok")}


def type_of(text: str) -> AgencyType | None:
    """The type that a cell names; None for any other text.

    >>> type_of("อบต."), type_of("เทศบาล ตำบล"), type_of("state-enterprise"), type_of("สโมสร")
    ('sao', 'subdistrict-municipality', 'state-enterprise', None)
    """
    return TYPES.get(folded(text))


def province_of(text: str) -> str:
    """A province without the word for province, as agency.yml has it.

    >>> province_of("จ.ลำพูน"), province_of("จังหวัด นครราชสีมา"), province_of("กทม.")
    ('ลำพูน', 'นครราชสีมา', 'กรุงเทพมหานคร')
    """
    for word in ("จังหวัด", "จ."):
        text = text.removeprefix(word).strip()
    return _BANGKOK.get(folded(text), text)


def levels_by_word(rules: YearRules) -> dict[str, str]:
    """The levels of the year by their folded names, alone and after the word for level."""
    return {folded(f"{word}{name}"): name for name in rules.levels.names for word in ("", "ระดับ")}
