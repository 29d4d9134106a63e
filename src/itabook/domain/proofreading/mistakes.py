"""The most likely printed mistake behind a contradiction: a suggestion with its evidence, never a fact."""


def likely_mistake(printed: str, expected: str) -> str:
    """How `expected` can have become `printed`, in Thai; empty where neither is likely.

    >>> likely_mistake("88.75", "88.57")
    'อาจสลับตัวเลขที่อยู่ติดกัน (88.57 เป็น 88.75)'
    """
    if _transposed(printed, expected):
        return f"อาจสลับตัวเลขที่อยู่ติดกัน ({expected} เป็น {printed})"
    if _dropped(printed, expected):
        return f"อาจตกตัวเลขหนึ่งตัว ({expected} เป็น {printed})"
    if _dropped(expected, printed):
        return f"อาจพิมพ์ตัวเลขเกินหนึ่งตัว ({expected} เป็น {printed})"
    return ""


def _transposed(printed: str, expected: str) -> bool:
    """Whether two neighbouring digits changed places; the decimal point between them does not count."""
    if printed.find(".") != expected.find(".") or len(printed) != len(expected):
        return False
    one, other = printed.replace(".", ""), expected.replace(".", "")
    unlike = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) != 2 or unlike[1] != unlike[0] + 1:
        return False
    first, second = unlike
    return one[first] == other[second] and one[second] == other[first]


def _dropped(short: str, long: str) -> bool:
    """Whether `short` is `long` without one of its digits."""
    return any(long[:i] + long[i + 1 :] == short for i, sign in enumerate(long) if sign.isdigit())
