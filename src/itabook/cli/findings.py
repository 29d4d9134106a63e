"""What the proofreader says of agency-years and of the lists of peers, for the commands that tell it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache

from rich.markup import escape

from itabook.cli.console import out
from itabook.data.library import Library
from itabook.data.listed import list_file
from itabook.data.parquet import Pair
from itabook.data.rules import load_rules
from itabook.domain.facts import NationalFigure
from itabook.domain.listed import list_places
from itabook.domain.peers import by_name, itself_in
from itabook.domain.proofreading import Finding, Subject, proofread
from itabook.domain.proofreading.finding import SEVERITIES, Severity
from itabook.domain.proofreading.lists import against_list, proofread_list
from itabook.domain.results import AgencyYear
from itabook.errors import DataError
from itabook.language import tr

NAMED = 10
"""So many findings of a list are named; the others are counted."""


def of_agency_years(library: Library, pairs: Iterable[Pair]) -> Iterator[tuple[AgencyYear, tuple[Finding, ...]]]:
    """Each agency-year with its findings, last those against the list of its year.

    It is not proofread against a year before, figures of the country or a list that cannot be read: their faults are
    told beside (`itabook.cli.unread`).
    """
    listed = cache(library.listed)
    names, places = cache(lambda year: by_name(listed(year))), cache(lambda year: list_places(listed(year)))
    for pair in pairs:
        subject, year = _subject(library, pair), pair[1]
        row = itself_in(subject.result.agency, names(year))
        against = () if row is None else against_list(subject.result, row, list_file(year), places(year))
        yield subject.result, (*proofread(subject), *against)


def _subject(library: Library, pair: Pair) -> Subject:
    result = library.agency_year(*pair)
    previous: AgencyYear | None = None
    national: tuple[NationalFigure, ...] = ()
    with suppress(DataError):
        previous = library.previous(result)
    with suppress(DataError):
        national = library.national
    return Subject(result, previous, national)


def of_lists(library: Library) -> tuple[Finding, ...]:
    """Findings of all lists of peers."""
    return tuple(
        finding
        for year in library.listed_years
        for finding in proofread_list(library.listed(year), load_rules(library.project, year), list_file(year))
    )


def print_list_findings(findings: Sequence[Finding]) -> None:
    """How many findings each list has, and the first ten of it by name."""
    for where in dict.fromkeys(finding.where for finding in findings):
        own = [finding for finding in findings if finding.where == where]
        out.print(f"{where}: {counted(own)}", highlight=False)
        for found in own[:NAMED]:
            said = f"  {tr(SEVERITIES[found.severity])} · {found.subject}: {found.message}"
            out.print(escape(said), highlight=False)
        if len(own) > NAMED:
            said = tr("และอีก {more:,} ข้อ (ดูครบทุกข้อด้วย --json)", more=len(own) - NAMED)
            out.print(f"  {said}", highlight=False)


def counted(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity."""
    return counted_as(Counter(finding.severity for finding in findings))


def counted_as(times: Mapping[Severity, int]) -> str:
    """Numbers of findings by severity, a dash where there are none."""
    return " ".join(f"{tr(name)} {times[one]:,}" for one, name in SEVERITIES.items() if times.get(one)) or "–"
