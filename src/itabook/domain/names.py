"""Indicator names as printed, matched to the official ten of the year."""

import re
from typing import Literal

from itabook.domain.rules import YearRules

NameMatch = Literal["official", "variant", "other"]
_LEAD = re.compile(r"^(ตัวชี้วัด(ที่)?\s*)?[\d๐-๙]{0,2}\s*[.)]?\s*")


def match_indicator(name: str, rules: YearRules) -> tuple[int | None, NameMatch]:
    """Number of the indicator that a cleaned name means, and whether it is official, a known variant or neither.

    A number before the name ("ตัวชี้วัดที่ 3 การใช้อำนาจ") is passed over. The known variants stand in
    `params/years`.
    """
    plain = _LEAD.sub("", name)
    for indicator in rules.indicators:
        if plain == indicator.name:
            return indicator.number, "official"
        if plain in indicator.variants:
            return indicator.number, "variant"
    return None, "other"
