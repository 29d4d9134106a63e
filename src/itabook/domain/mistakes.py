"""The mistakes that hands make when they copy a figure: a suggestion with its evidence, never a fact."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Literal

Mistake = Literal["transposed", "dropped", "extra"]


def likely_mistake(printed: str, expected: str) -> str:
    """How `expected` can have become `printed`, in Thai; empty where no mistake of the hand explains it.

    >>> likely_mistake("88.75", "88.57")
    'อาจสลับตัวเลขที่อยู่ติดกัน (88.57 เป็น 88.75)'
    """
    match mistake_of(printed, expected):
        case "transposed":
            return f"อาจสลับตัวเลขที่อยู่ติดกัน ({expected} เป็น {printed})"
        case "dropped":
            return f"อาจตกตัวเลขหนึ่งตัว ({expected} เป็น {printed})"
        case "extra":
            return f"อาจพิมพ์ตัวเลขเกินหนึ่งตัว ({expected} เป็น {printed})"
        case None:
            return ""


def mistake_of(printed: str, expected: str) -> Mistake | None:
    """The mistake that turns `expected` into `printed`, both in Arabic digits."""
    if any(value == expected for value in _transposed(printed)):
        return "transposed"
    if _lacks_one(printed, expected):
        return "dropped"
    return "extra" if _lacks_one(expected, printed) else None


def transpositions(printed: str) -> tuple[Decimal, ...]:
    """What a figure (Arabic digits, two decimals) was before two neighbouring digits changed places.

    >>> transpositions("88.75")
    (Decimal('87.85'), Decimal('88.57'))
    """
    return tuple(dict.fromkeys(Decimal(value) for value in _transposed(printed) if Decimal(value) <= 100))


def _transposed(printed: str) -> Iterator[str]:
    """The figure with two neighbouring digits exchanged; the decimal point between them does not count.

    A figure does not begin with a zero that means nothing.
    """
    places = [place for place, sign in enumerate(printed) if sign.isdigit()]
    for first, second in pairwise(places):
        if printed[first] != printed[second]:
            signs = list(printed)
            signs[first], signs[second] = signs[second], signs[first]
            if not (signs[0] == "0" and signs[1].isdigit()):
                yield "".join(signs)


def _lacks_one(short: str, long: str) -> bool:
    """Whether `short` is `long` without one of its digits."""
    return any(long[:i] + long[i + 1 :] == short for i, sign in enumerate(long) if sign.isdigit())
