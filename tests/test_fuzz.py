"""A sample of `make bench-fuzz`: whatever is done to the real files, a reader reads them or says what to do."""

from bench.fuzz import fuzz
from tests.conftest import ROOT


def test_broken_files_end_in_tables_or_in_remedies() -> None:
    tally = fuzz(ROOT, cases=150)

    assert [f"seed {one.seed}\n{one.trace}" for one in tally.broken] == []
    assert tally.read > 5
    assert tally.refused > 50
    assert set(tally.kinds) == {
        "csv bytes", "csv cells", "folder", "xlsx bytes", "xlsx parts", "yaml bytes", "yaml values",
    }  # fmt: skip
