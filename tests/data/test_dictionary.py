"""The words for tables and columns: none is missing, none is of something that is not there, every example may be typed."""

import pandas as pd
import pytest

from itabook.data.checks import schema
from itabook.data.dictionary import TABLES
from itabook.data.schemas import SPECS


def test_every_table_and_column_of_the_schemas_has_its_words() -> None:
    assert {name: tuple(text.columns) for name, text in TABLES.items()} == {
        name: spec.names for name, spec in SPECS.items()
    }


@pytest.mark.parametrize("name", SPECS)
def test_the_examples_of_a_table_make_a_row_that_is_read(name: str) -> None:
    row = {column: text.example for column, text in TABLES[name].columns.items()}
    assert len(schema(SPECS[name]).validate(pd.DataFrame([row]).astype("str"))) == 1


@pytest.mark.parametrize("name", SPECS)
def test_the_words_of_a_fixed_list_are_all_explained(name: str) -> None:
    for column in SPECS[name].columns:
        if column.kind == "choice" and column.choices != "agency-type" and column.name != "type":
            text = TABLES[name].columns[column.name].description
            assert [word for word in set(column.words.values()) if word not in text] == []
