"""The messages that the source says, and their catalogue: `python -m tests.catalogue` brings the catalogue up to date.

What is new gets an empty translation, what is not said any more is left out; `tests/test_language.py` fails for either.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from itabook.domain.proofreading.finding import SEVERITIES
from itabook.language import CATALOGUE

SOURCE = CATALOGUE.parents[1]
SCOPE = ("errors.py", "language.py", "data", "run", "publish", "preview", "forms", "cli")
"""What speaks to whoever runs the program."""
RULES = SOURCE / "domain" / "rules.py"
"""Its validators may not import the catalogue; what they say is translated where it is caught."""
SAYS = ("tr", "later")
WHOLE = "*"
IN_THE_BOOK = {
    "publish/html_tables.py": {WHOLE},  # the workbook of tables beside the book
    "publish/listed_index.py": {"COLUMNS"},
    "publish/lists.py": {"_list"},  # in the pages
    "publish/numbered.py": {"KINDS"},
    "publish/pdfs.py": {"short_book"},  # subtitle
    "publish/sheets.py": {WHOLE},  # letters without width
    "publish/text_layer.py": {WHOLE},  # Thai letters in a pattern
    "preview/site.py": {"_MISSING"},  # a page, as those of the book
    "publish/web_fonts.py": {WHOLE},  # letters
    "publish/workbook.py": {WHOLE},
    "run/batch.py": {"run_of"},  # title
    "run/chapters.py": {WHOLE},  # colophon and dates
    "run/figure_cells.py": {WHOLE},
}
IN_THE_FORMS = {
    "data/dictionary.py": {WHOLE},
    "data/dictionary_page.py": {WHOLE},
    "forms/checks.py": {WHOLE},
    "forms/form.py": {WHOLE},
    "forms/formulas.py": {WHOLE},
    "forms/instructions.py": {WHOLE},
    "forms/records.py": {WHOLE},
    "forms/sheets.py": {WHOLE},
    "forms/styles.py": {WHOLE},
}
WORDS_OF_THE_DATA = {
    "data/files.py": {"_looks_thai"},
    "data/peer_headers.py": {"NAMES", "_NUMBERED", "_NUMBER_AND_NAME", "_YEAR"},
    "data/peer_rows.py": {"_SUMS"},
    "data/peer_words.py": {WHOLE},
    "data/schemas.py": {"CHOICES"},
    "data/text.py": {WHOLE},
}
IN_BOTH_LANGUAGES = {"language.py": {"speak"}}
THAI_BY_RIGHT = {**IN_THE_BOOK, **IN_THE_FORMS, **WORDS_OF_THE_DATA, **IN_BOTH_LANGUAGES}
"""Thai that is no message, by file and top-level name."""
HEADER = """\
# English of the messages of itabook. `make messages` brings it up to date: new messages have an empty msgstr.
# Each names file, sheet, row, column, value and remedy as the Thai does; {names} stand for the same values.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"

"""
_THAI = re.compile("[\u0e01-\u0e5b]")
_Text = tuple[str, str]
"""A file and a text in it."""


def files() -> Iterator[Path]:
    """The modules that speak."""
    for name in SCOPE:
        place = SOURCE / name
        yield from sorted(place.rglob("*.py")) if place.is_dir() else (place,)


def said() -> dict[str, set[str]]:
    """Every message with the files that say it."""
    found: dict[str, set[str]] = {name: {"domain/proofreading/finding.py"} for name in SEVERITIES.values()}
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _says(node) and isinstance(node.args[0], ast.Constant):
                found.setdefault(str(node.args[0].value), set()).add(path.relative_to(SOURCE).as_posix())
    for text in _raised(ast.parse(RULES.read_text(encoding="utf-8"))):
        found.setdefault(text, set()).add(RULES.relative_to(SOURCE).as_posix())
    return found


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS


def _raised(tree: ast.Module) -> Iterator[str]:
    """Texts of faults that validators find: a problem and its remedy."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " · " in node.value:
            yield node.value


def unsaid() -> Iterator[_Text]:
    """Thai text of the modules that speak which is neither a message, nor a docstring, nor Thai by right."""
    for path in files():
        file = path.relative_to(SOURCE).as_posix()
        exempt = THAI_BY_RIGHT.get(file, set())
        if WHOLE not in exempt:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((file, text) for part in tree.body if not _names(part) & exempt for text in _plain_thai(part))


def _names(part: ast.stmt) -> set[str]:
    if isinstance(part, ast.FunctionDef | ast.ClassDef):
        return {part.name}
    targets = part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _plain_thai(node: ast.AST) -> Iterator[str]:
    """Thai constants outside of messages; a text that stands alone is a docstring."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and _THAI.search(child.value):
            yield child.value
        elif _says(child):
            parts = (*child.keywords, *(part for part in child.args if not isinstance(part, ast.Constant)))
            yield from (text for part in parts for text in _plain_thai(part))
        else:
            yield from _plain_thai(child)


def catalogue() -> dict[str, str]:
    """The catalogue as it is: English by Thai, empty where it is missing."""
    with CATALOGUE.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def page() -> str:
    """The catalogue as it is to be."""
    known, updated = catalogue(), Catalog(locale="en")
    for message, places in said().items():
        updated.add(
            message, known.get(message, ""), locations=[(f"src/itabook/{place}", 0) for place in sorted(places)]
        )
    written = io.BytesIO()
    write_po(written, updated, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + written.getvalue().decode("utf-8")


if __name__ == "__main__":
    CATALOGUE.write_text(page(), encoding="utf-8")
