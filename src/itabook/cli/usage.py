"""The words of the command line itself, in help and in faults of what was typed, in the language of the program.

Typer says them in English: the fixed ones are its constants, those of faults come with an exception, and are known here
by what they say. What is not known stays as Typer says it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from itabook.language import later, tr

_OPTIONS, _COMMANDS = "[OPTIONS]", "COMMAND [ARGS]..."
_FAULTS = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in (
    (r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)", later("ไม่มีตัวเลือก {name} · วิธีแก้: ใช้ {near}")),
    (r"No such option: (?P<name>.+)", later("ไม่มีตัวเลือก {name}")),
    (r"No such command (?P<name>.+)\. Did you mean (?P<near>.+)\?", later("ไม่มีคำสั่ง {name} · วิธีแก้: ใช้ {near}")),
    (r"No such command (?P<name>.+)\.", later("ไม่มีคำสั่ง {name}")),
    (r"Missing command\.", later("ไม่ได้ระบุคำสั่ง")),
    (r"Missing option (?P<name>.+?)\.(?P<more>.*)", later("ต้องใส่ตัวเลือก {name}{more}")),
    (r"Missing argument (?P<name>.+?)\.(?P<more>.*)", later("ต้องใส่ {name}{more}")),
    (r"Option (?P<name>.+) requires an argument\.", later("ต้องใส่ค่าหลัง {name}")),
    (r"Option (?P<name>.+) does not take a value\.", later("ตัวเลือก {name} ไม่รับค่า")),
    (r"Got unexpected extra argument\(s\) \((?P<name>.+)\)", later("มีค่าที่ไม่ต้องใส่: {name}")),
    (r"Invalid value for (?P<name>.+?): (?P<why>.+)", later("ค่าของ {name} ใช้ไม่ได้: {why}")),
    (r"Input should be a valid integer.*", later("ต้องเป็นจำนวนเต็ม")),
    (r"Input should be greater than or equal to (?P<least>\S+)", later("ต้องไม่น้อยกว่า {least}")),
    (r"Input should be less than or equal to (?P<most>\S+)", later("ต้องไม่เกิน {most}")),
    (r"Value error, (?P<value>.+) is not one of (?P<listed>.+)\.", later("{value} ไม่ใช่คำใดคำหนึ่งใน {listed}")),
))  # fmt: skip
"""What Typer says, and how the program says it."""


class UsageFault(typer.BadParameter):
    """A fault of what was typed, in the words of the program."""

    def format_message(self) -> str:
        """The message alone: it says already where the fault is."""
        return self.message


def in_words(text: str) -> str:
    """What Typer says of a fault, as the program says it; as it is where that is not known.

    >>> in_words("No such option: --yeer (Possible options: --year)")
    'ไม่มีตัวเลือก --yeer · วิธีแก้: ใช้ --year'
    """
    for pattern, said in _FAULTS:
        if found := pattern.fullmatch(text):
            values = found.groupdict()
            return tr(said, **({**values, "why": in_words(values["why"])} if "why" in values else values))
    return text


@contextmanager
def _in_words(ctx: Any) -> Iterator[None]:  # noqa: ANN401 - Typer keeps the types of its click to itself
    try:
        yield
    except typer.TyperException as error:
        text = error.format_message()
        if (said := in_words(text)) == text:
            raise
        _set_words()
        raise UsageFault(said, ctx=getattr(error, "ctx", None) or ctx) from error


def _set_words() -> None:
    """Give Typer the words that it keeps as constants; those of rich are imported only where something is shown."""
    from typer import rich_utils

    from itabook.cli.wrapping import ByWords

    rich_utils.highlighter = ByWords()
    rich_utils.ARGUMENTS_PANEL_TITLE = tr("ค่าหลังคำสั่ง")
    rich_utils.OPTIONS_PANEL_TITLE = tr("ตัวเลือก")
    rich_utils.COMMANDS_PANEL_TITLE = tr("คำสั่ง")
    rich_utils.ERRORS_PANEL_TITLE = tr("คำสั่งไม่ถูกต้อง")
    rich_utils.REQUIRED_LONG_STRING = tr("[ต้องใส่]")
    rich_utils.DEFAULT_STRING = tr("[ไม่ใส่คือ {value}]", value="{}")
    rich_utils.RICH_HELP = tr(
        "ดูวิธีใช้ด้วย [blue]'{command} {option}'[/]", command="{command_path}", option="{help_option}"
    )


class _Worded:
    """What commands and groups of commands have in common."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help, its help in the language of the program."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = tr("แสดงวิธีใช้นี้")
        return option

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """The line of usage, what stands for options and commands in the language of the program."""
        words = {_OPTIONS: tr("[ตัวเลือก]"), _COMMANDS: tr("คำสั่ง [ค่า]...")}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=tr("วิธีใช้: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Print the help."""
        _set_words()
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read what was typed."""
        with _in_words(ctx):
            return list(super().parse_args(ctx, args))  # type: ignore[misc]


class Command(_Worded, TyperCommand):
    """A command that speaks the language of the program."""


class Group(_Worded, TyperGroup):
    """A group of commands that speaks the language of the program."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Find the command and run it."""
        with _in_words(ctx):
            return super().invoke(ctx)
