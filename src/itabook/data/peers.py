"""Peers as the processed table holds them: those that data/raw/peers lists, and those that data/raw has itself."""

from collections.abc import Collection

from itabook.data.rows import Row, exact
from itabook.data.text import is_missing
from itabook.domain.facts import Peer

FOLDER = "peers"
"""The folder in data/raw; in the table it stands for the agency of the rows that come from there."""
NUMBERS = tuple(str(number) for number in range(1, 11))
"""Columns of the indicators."""


def peers_of(rows: Collection[Row]) -> tuple[Peer, ...]:
    """Peers from the rows of one year and type: those that data/raw/peers lists, else the agencies of data/raw.

    A list is the group as somebody drew it up, so agencies of data/raw neither add to it nor change it.
    """
    listed = [row for row in rows if row["agency"] == FOLDER]
    return tuple(_peer(row) for row in listed or sorted(rows, key=lambda row: str(row["agency"])))


def _peer(row: Row) -> Peer:
    return Peer(
        name=row["name"],
        type=row["type"],
        province="" if is_missing(row["province"]) else row["province"],
        indicators=tuple(exact(row[number]) for number in NUMBERS),
        total=exact(row["total"]),
        level=row["level"],
        source=row["source"],
    )
