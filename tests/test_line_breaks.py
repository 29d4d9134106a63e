"""Where a line of Thai may end."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.corpus import thai_words
from pythainlp.util import Trie

from itabook import line_breaks
from itabook.line_breaks import LONGEST, LineBreaks, letters, project_breaks, read_glossary

from .conftest import ROOT

TERMS = read_glossary(ROOT / "assets" / "glossary.txt")
KEPT = tuple(term for term in TERMS if letters(term) <= LONGEST)
BREAKS = LineBreaks(TERMS)
WORDS = st.lists(st.sampled_from([*TERMS, "และ", "ของ", "การ", "ต่าง", "ๆ", "ให้", "ป", "ฯลฯ"]), min_size=1, max_size=9)


def test_the_examples_of_the_module() -> None:
    assert doctest.testmod(line_breaks).failed == 0


@given(WORDS)
def test_pieces_are_the_run_itself_and_end_inside_no_term(words: list[str]) -> None:
    run = "".join(words)
    pieces = BREAKS.pieces(run)

    assert "".join(pieces) == run
    ends = [len("".join(pieces[:n])) for n in range(1, len(pieces))]
    for term in KEPT:
        at = run.find(term)
        assert not any(at < end < at + len(term) for end in ends) or at < 0 or _inside_a_longer(run, at, term)


def _inside_a_longer(run: str, at: int, term: str) -> bool:
    """Whether a term that begins before takes the first letters of this one, as รับรู้ does in ผู้รับรู้."""
    return any(0 <= (start := run.find(other)) < at < start + len(other) for other in KEPT if other != term)


@pytest.fixture(scope="module")
def grown() -> Trie:
    return Trie([word for word in thai_words() if letters(word) <= LONGEST])


@given(text=st.lists(st.sampled_from(sorted(thai_words()))).map("".join), start=st.integers(0, 9))
def test_words_are_found_by_their_beginnings_as_in_the_tree_of_pythainlp(grown: Trie, text: str, start: int) -> None:
    assert line_breaks._dictionary().prefixes(text, start) == grown.prefixes(text, start)
    assert len(line_breaks._dictionary()) == len(grown)


@given(WORDS)
def test_a_sign_of_repetition_begins_no_line(words: list[str]) -> None:
    assert not any(piece.startswith(("ๆ", "ฯ")) for piece in BREAKS.pieces("ก" + "".join(words)))


@given(st.text("กขคงจ ๆ0123456789.()", max_size=40))
def test_parts_are_the_text_itself(text: str) -> None:
    assert "".join(BREAKS.parts(text)) == text


def test_a_number_stays_with_its_unit_and_a_year_with_its_era() -> None:
    said = "ได้ 91.21 คะแนน ใน พ.ศ. 2564 จาก 8 หน่วยงาน ตัวชี้วัดที่ 3 ต่าง ๆ ร้อยละ ๘๕"
    parts = [part.strip() for part in BREAKS.parts(said)]
    assert parts == ["ได้", "91.21 คะแนน", "ใน", "พ.ศ. 2564", "จาก", "8 หน่วยงาน", "ตัวชี้วัดที่ 3", "ต่าง ๆ", "ร้อยละ ๘๕"]


def test_a_number_is_not_tied_to_a_word_that_is_no_unit() -> None:
    assert [part.strip() for part in BREAKS.parts("ข้อ 12 ปรับปรุง")] == ["ข้อ 12", "ปรับปรุง"]


def test_a_line_does_not_end_with_a_prefix() -> None:
    assert BREAKS.pieces("ผลของการขับเคลื่อน")[-1] == "การขับเคลื่อน"


def test_charts_use_the_glossary_of_the_project() -> None:
    assert "คะแนนเฉลี่ย" not in TERMS
    assert "งบประมาณ" in project_breaks().pieces("ใช้งบประมาณ")
