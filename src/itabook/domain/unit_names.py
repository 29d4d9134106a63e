"""Names of the units of an agency, as its report names who is responsible."""

import re
from collections.abc import Iterable

NAMES_KEY = "itabook-names"
"""In the metadata of an output: names in a table that no line end may cut."""
_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_SHORTEST = 4
"""Letters; what is shorter is a word beside a name, such as ข้อ."""
_AND = "และ"


def unit_names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in cells that name one unit or several, sorted, each once.

    Whatever is no Thai letter stands between two names; an "and" between them is not a part of the second.

    >>> unit_names(["สำนักบริหาร : งานกฎหมาย และส่วนเทคโนโลยีสารสนเทศ", "กองคลัง/สำนักปลัด", "ข้อ 4 กองคลัง"])
    ('กองคลัง', 'งานกฎหมาย', 'สำนักบริหาร', 'สำนักปลัด', 'ส่วนเทคโนโลยีสารสนเทศ')
    """
    found = (name.removeprefix(_AND) for text in texts for name in _RUN.findall(text))
    return tuple(sorted({name for name in found if len(name) >= _SHORTEST}))
