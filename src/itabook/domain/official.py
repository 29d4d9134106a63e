"""The official item that a row of a report means."""

from itabook.domain.proofreading.items import find_item
from itabook.domain.rules import Item, Sourced, YearRules


def official_item(rules: YearRules, instrument: str, code: str, title: str = "") -> Item | None:
    """The item of that code (or the one that a sub-item belongs to), else of that wording.

    None where the year's rules do not list it, and where what they say of it may not be printed as official.
    """
    listed = next((listed for name, listed in rules.items.items() if name == instrument), None)
    item = None if listed is None else find_item(code.partition(".")[0], title, listed.items)
    if listed is None or item is None:
        return None
    sourced = Sourced(source=item.source or listed.source, confidence=item.confidence or listed.confidence)
    return item if sourced.official else None
