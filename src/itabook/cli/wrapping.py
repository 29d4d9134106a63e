"""Help texts in a narrow terminal: a line of Thai ends between words."""

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text
from typer.rich_utils import OptionHighlighter


class WordText(Text):
    """A text whose lines end between Thai words where no blank fits.

    What tells words apart takes half a second to load, so that is done only where a part without blanks is too long.
    """

    def wrap(self, console: Any, width: int, **options: Any) -> Lines:  # noqa: ANN401 - as there
        """The lines of a text in so many columns."""
        if all(cell_len(part) <= width for part in self.plain.split()):
            return super().wrap(console, width, **options)
        lines = Lines()
        for line in self.split(allow_blank=True):
            lines.extend(line.divide(_ends(line.plain, width)))
        for line in lines:
            line.rstrip()
        return lines


class ByWords(OptionHighlighter):
    """The highlighter of Typer; its texts wrap by words."""

    def __call__(self, text: str | Text) -> Text:
        """The highlighted text."""
        found = super().__call__(text)
        return WordText(style=found.style).append_text(found)


def _ends(line: str, width: int) -> Iterator[int]:
    """Where the lines end: each takes as many parts as fit."""
    from itabook.line_breaks import LineBreaks

    at = used = 0
    for part in LineBreaks(()).parts(line):
        room = cell_len(part.rstrip())
        if used and used + room > width:
            yield at
            used = 0
        at, used = at + len(part), used + cell_len(part)
