"""Which rows of a list a batch is made of: one run of the notebook of an agency's year for each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itabook.data.library import Library
from itabook.data.listed import key_of, list_file, twice
from itabook.data.peer_words import province_of, type_of
from itabook.data.project import Project
from itabook.domain.facts import AGENCY_TYPES, Peer
from itabook.domain.listed import has_scores
from itabook.domain.peers import by_name, itself_in
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.run.batch import notebook_faults, run_of, with_data
from itabook.run.plan import Run
from itabook.words import Digits

LISTED = "listed"

Rows = Mapping[str, Sequence[Peer]]
"""Rows of a list by key."""


@dataclass(frozen=True, slots=True)
class ListedBatch:
    """What a batch of the rows of a list is made of.

    Attributes:
        runs: one an agency, in the order of the list.
        own: folders of data/raw whose data are used instead of the row of the same agency.
        blank: names of agencies without any score, which are left out.
    """

    runs: tuple[Run, ...]
    own: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


def plan_listed(
    project: Project, library: Library, year: int, digits: Digits, *, province: str = "", kind: str = ""
) -> ListedBatch:
    """One run for each agency that data/raw/peers lists for a year, of one province or type where these are named.

    An agency that has data of its own of that year is made from these, for they tell more. DataError, before anything
    runs, for a year without a list, a province or type that the list does not have, an agency in several rows, and for
    a notebook that is not there or does not take these parameters.
    """
    rows = library.listed_agencies(year)
    chosen = _chosen(rows, province, kind)
    faults = [*_choice_faults(library, year, province, kind, chosen), *notebook_faults(project, year, digits)]
    faults += [twice(year, peers) for peers in chosen.values() if len(peers) > 1]
    if faults:
        raise DataError(faults)
    own = {key: folder for key, folder in own_folders(library, year).items() if key in chosen}
    told = [key for key, peers in chosen.items() if key in own or has_scores(peers[0])]
    runs = tuple(run_of(project, library, own.get(key, key), year, digits) for key in told)
    blank = tuple(peers[0].name for key, peers in chosen.items() if key not in own and not has_scores(peers[0]))
    return ListedBatch(runs, tuple(own.values()), blank)


def own_folders(library: Library, year: int) -> dict[str, str]:
    """The agencies of data/raw that have data of a year and stand in its list too, by the key of their row."""
    names = by_name(library.listed(year))
    rows = {folder: itself_in(library.agencies[folder], names) for folder in with_data(library, year)}
    return {key_of(row): folder for folder, row in rows.items() if row is not None}


def _chosen(rows: Rows, province: str, kind: str) -> Rows:
    place, wanted = province_of(province.strip()), type_of(kind)

    def fits(peer: Peer) -> bool:
        return place in ("", province_of(peer.province)) and (not kind.strip() or peer.type == wanted)

    return {key: peers for key, peers in rows.items() if fits(peers[0])}


def _choice_faults(library: Library, year: int, province: str, kind: str, chosen: Rows) -> Iterator[Fault]:
    """Why nothing is chosen, with what there is to choose from."""
    peers, file = library.listed(year), list_file(year)
    if not peers:
        yield _no_list(library, year)
    if chosen or not peers:
        return
    places = sorted({province_of(peer.province) for peer in peers} - {""})
    kinds = _counted_types(peers)
    wrong_place = bool(province.strip()) and province_of(province.strip()) not in places
    wrong_kind = bool(kind.strip()) and type_of(kind) not in {peer.type for peer in peers}
    if wrong_place:
        choose = tr("เลือกจากที่มี: {listed}", listed=", ".join(places))
        remedy = choose if places else tr("ตารางไม่ระบุจังหวัด สั่งโดยไม่ใช้ --province")
        yield Fault("--province", tr("{file} ไม่มีหน่วยงานของจังหวัดนี้", file=file), remedy, value=province)
    if wrong_kind:
        remedy = tr("เลือกจากที่มี: {listed}", listed=kinds)
        yield Fault("--type", tr("{file} ไม่มีหน่วยงานประเภทนี้", file=file), remedy, value=kind)
    if not wrong_place and not wrong_kind:
        there = _counted_types([peer for peer in peers if province_of(peer.province) == province_of(province.strip())])
        problem = tr("{file} ไม่มีหน่วยงานประเภทนี้ในจังหวัด {province}", file=file, province=province)
        yield Fault("--type", problem, tr("จังหวัดนี้มี: {listed}", listed=there), value=kind)


def _no_list(library: Library, year: int) -> Fault:
    years = " ".join(map(str, library.listed_years))
    remedy = tr("นำตารางเข้าด้วย itabook import peers <แฟ้ม> --year {year}", year=year)
    if years:
        remedy = tr("{remedy} หรือเลือกปีที่มีตาราง: {years}", remedy=remedy, years=years)
    return Fault("--year", tr("ไม่มีตารางของหลายหน่วยงานในปีนี้"), remedy, value=str(year))


def _counted_types(peers: Sequence[Peer]) -> str:
    """The types of some rows, each with its official name and how many there are."""
    numbers = Counter(peer.type for peer in peers)
    return ", ".join(f"{kind} ({name} {numbers[kind]:,})" for kind, name in AGENCY_TYPES.items() if numbers[kind])
