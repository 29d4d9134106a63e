"""Numbers and lists in Thai."""

import re
from decimal import Decimal as D

import pypandoc
from hypothesis import given
from hypothesis import strategies as st

from itabook.words import Words, escape, escape_title, join, unescape


def test_changes_have_a_true_minus_sign() -> None:
    words = Words()

    assert [words.signed(D(v)) for v in ("0.91", "-2.15", "0", "-0.001")] == ["+0.91", "−2.15", "0.00", "0.00"]
    assert Words("thai").arrow(D("-15")) == "▼ ๑๕.๐๐"


def test_a_year_stays_with_its_era() -> None:
    assert escape(Words().year(2566)) == "ปีงบประมาณ พ.ศ.\u00a02566"


def test_lists() -> None:
    assert join([]) == ""
    assert join(["ก"]) == "ก"
    assert join(["ก", "ข", "ค"]) == "ก ข และค"
    assert join(["IIT", "OIT"]) == "IIT และ OIT"
    assert join(["๙๙.๐๐", "๙๙.๗๖"]) == "๙๙.๐๐ และ ๙๙.๗๖"


@given(st.text(alphabet="กข1.-+*_#<>{}[]()!@$^~|`\\&: =\"'", min_size=1, max_size=20))
def test_escaped_text_is_plain_text_for_pandoc(text: str) -> None:
    plain = " ".join(text.split())
    back = pypandoc.convert_text(escape(text), "plain", format="markdown", extra_args=["--wrap=none"])

    assert " ".join(back.split()) == plain


@given(st.text(alphabet="กข1.-+*_#<>{}[]()!@$^~|`\\&; =\"'lt", min_size=1, max_size=20))
def test_a_title_is_the_same_after_it_was_escaped(text: str) -> None:
    escaped = escape_title(text)

    assert unescape(escaped).split() == text.split()
    assert not re.search("[<>]|&(?!lt;|gt;|amp;)", escaped)


def test_no_blank_makes_a_short_code_of_an_escaped_text() -> None:
    assert unescape(escape("{{< env HOME >}}")) == "{{<\u00a0env HOME\u00a0>}}"
