"""Chapters of the five reports, opened once."""

from collections.abc import Callable

import pytest

from itabook.report.chapter import AgencyYearChapter, open_agency_year
from itabook.words import Digits
from tests.conftest import copy_project

Open = Callable[..., AgencyYearChapter]


@pytest.fixture(scope="session")
def open_chapter(tmp_path_factory: pytest.TempPathFactory) -> Open:
    project = copy_project(tmp_path_factory.mktemp("report") / "project")

    def opened(agency: str, year: int, digits: Digits = "arabic") -> AgencyYearChapter:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ITABOOK_PROJECT", str(project.root))
            return open_agency_year(agency, year, digits=digits)

    return opened
