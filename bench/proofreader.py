"""How much the proofreader finds, how often its suggestion is right, and how fast it reads 8,300 agency-years.

    make bench-proofreader        (or: python -m bench.proofreader [mistakes of each kind])

Agencies and mistakes are made up with a fixed seed; nothing is written.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from bench.mistakes import MISTAKES, TRANSPOSED, Injected, Mistake
from bench.synthetic import AGENCY, agency_year, changes
from itabook.data.project import find_project
from itabook.data.rules import load_rules
from itabook.domain.proofreading import Finding, Subject, proofread
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, YearRules

SEED = 2568
CORRECT = 100
"""Correct agency-years of each fiscal year."""
AGENCIES = 8300


@dataclass
class Tally:
    """What came of the mistakes of one kind."""

    tried: int = 0
    showing: int = 0
    found: int = 0
    suggested: int = 0
    suggestible: int = 0

    def add(self, injected: Injected, findings: tuple[Finding, ...]) -> None:
        """Count one mistake; only those that show can be found."""
        self.tried += 1
        if not injected.shows:
            return
        self.showing += 1
        own = [finding for finding in findings if finding.subject in injected.subjects]
        self.found += bool(own)
        if injected.right:
            self.suggestible += 1
            self.suggested += any(injected.right in (finding.expected, *finding.explanation.split()) for finding in own)


def correct_subject(rng: Random, year: int, rules: Callable[[int], YearRules]) -> Subject:
    """A correct agency-year, with the year before and the changes where the same rules hold for both."""
    result = agency_year(rng, rules(year))
    if year == FIRST_YEAR:
        return Subject(result)
    previous = agency_year(rng, rules(year - 1))
    if previous.rules.regime != result.rules.regime:
        return Subject(result)
    return Subject(changes(result, previous), previous)


def false_findings(rng: Random, rules: Callable[[int], YearRules]) -> tuple[int, int]:
    """Correct agency-years, and findings on them."""
    found = 0
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        found += sum(len(proofread(correct_subject(rng, year, rules))) for _ in range(CORRECT))
    return CORRECT * (LAST_YEAR - FIRST_YEAR + 1), found


def tally(rng: Random, mistake: Mistake, times: int, rules: Callable[[int], YearRules]) -> Tally:
    """One kind of mistake in correct agency-years of all fiscal years in turn."""
    counted = Tally()
    for turn in range(times * 20):
        if counted.tried == times:
            break
        subject = correct_subject(rng, FIRST_YEAR + turn % (LAST_YEAR - FIRST_YEAR + 1), rules)
        injected = mistake(rng, subject.result)
        if injected is not None:
            counted.add(injected, proofread(replace(subject, result=injected.result)))
    return counted


def seconds_for_all(rng: Random, rules: Callable[[int], YearRules]) -> float:
    """Seconds, on one core, to proofread the indicator scores of as many agencies as there are."""
    models = [agency_year(rng, rules(2566)) for _ in range(100)]
    results = [scores_only(models[number % 100], number) for number in range(AGENCIES)]
    start = time.perf_counter()
    for result in results:
        proofread(Subject(result))
    return time.perf_counter() - start


def scores_only(model: AgencyYear, number: int) -> AgencyYear:
    """The scores of one agency-year, for another agency."""
    agency = AGENCY.model_copy(update={"key": f"synthetic-{number}"})
    return replace(model, agency=agency, items=(), responses=(), respondents=(), measures=())


def percent(part: int, whole: int) -> str:
    """A share in percent; a dash where there is nothing to share."""
    return f"{100 * part / whole:5.1f}" if whole else "    –"


def main(times: int = 200) -> None:
    """Print the table."""
    project = find_project()
    rng = Random(SEED)  # noqa: S311 - made-up figures

    def rules(year: int) -> YearRules:
        return load_rules(project, year)

    checked, false = false_findings(rng, rules)
    print(f"correct agency-years: {checked}, findings on them: {false}\n")
    print(f"{'mistake':24} {'tried':>6} {'shows':>6} {'found %':>8} {'right %':>8}")
    tallies = {name: tally(rng, mistake, times, rules) for name, mistake in MISTAKES.items()}
    for name, one in tallies.items():
        found, right = percent(one.found, one.showing), percent(one.suggested, one.suggestible)
        print(f"{name:24} {one.tried:6} {one.showing:6} {found:>8} {right:>8}")
    every, swaps = tallies.values(), [tallies[name] for name in TRANSPOSED]
    print(f"\nfound, of all that show: {percent(sum(t.found for t in every), sum(t.showing for t in every))} %")
    right = percent(sum(t.suggested for t in swaps), sum(t.suggestible for t in swaps))
    print(f"right suggestion, of transpositions that another figure determines: {right} %")
    print(f"\n{AGENCIES} agency-years of scores, one core: {seconds_for_all(rng, rules):.1f} s")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
