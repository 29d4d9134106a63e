"""The language in which the program speaks to whoever runs it: Thai, as it stands in the code, or English.

The Thai text is the name of a message; `locale/en.po` has the English one, and is read only where English is spoken.
What is printed in the book, in the forms, and what the proofreader finds, is Thai in either language.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["th", "en"]
VARIABLE = "ITABOOK_LANG"
OPTION = "--lang"
CATALOGUE = Path(__file__).with_name("locale") / "en.po"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NEUTRAL = ("", "C", "POSIX")


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of an environment: what ITABOOK_LANG says, else the locale; Thai where neither names a language.

    >>> language_of({"LANG": "en_GB.UTF-8"}), language_of({"LANG": "th_TH.UTF-8"}), language_of({"LANG": "C.UTF-8"})
    ('en', 'th', 'th')
    >>> language_of({"ITABOOK_LANG": "th", "LC_ALL": "en_US.UTF-8"})
    'th'
    """
    said = next((environment[name] for name in (VARIABLE, *_LOCALE) if environment.get(name)), "")
    named = said.partition(".")[0].partition("@")[0]
    return "th" if named in _NEUTRAL or named.lower().partition("_")[0] == "th" else "en"


def tr(message: str, /, **values: object) -> str:
    """A message in the language of this process, its places filled with values; these are never taken as templates.

    >>> tr("แถว {row}", row="{row}")
    'แถว {row}'
    """
    return translated(message).format(**values)


def later(message: str) -> str:
    """The same message: marks one that is kept in a table, and put into the language by `tr` where it is shown."""
    return message


def translated(text: str) -> str:
    """A finished text in the language of this process; as it is where the catalogue does not have it."""
    return text if language_of(os.environ) == "th" else _english().get(text, text)


@cache
def _english() -> Mapping[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - Thai starts without it

    with CATALOGUE.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def without_option(arguments: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The values of --lang, wherever it stands before a "--", and the arguments without them.

    >>> without_option(["check", "--lang", "en", "--json"])
    (('en',), ['check', '--json'])
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    values, rest = [], []
    given = iter(arguments[:end])
    for argument in given:
        if argument == OPTION:
            values.append(next(given, ""))
        elif argument.startswith(f"{OPTION}="):
            values.append(argument.partition("=")[2])
        else:
            rest.append(argument)
    return tuple(values), [*rest, *arguments[end:]]


def speak(arguments: Sequence[str]) -> list[str]:
    """Set the language of this process and of those that it starts; returns the arguments without --lang.

    Help is put into words when the command line is imported, so this comes before. ValueError, in both languages, for
    a language that is neither.
    """
    values, rest = without_option(arguments)
    wrong = [value for value in values if value not in get_args(Language)]
    if wrong:
        raise ValueError(
            f"{OPTION} ใช้ได้เฉพาะ th หรือ en (พบ {wrong[0]!r}) · {OPTION} takes th or en (found {wrong[0]!r})"
        )
    os.environ[VARIABLE] = values[-1] if values else language_of(os.environ)
    return rest
