"""The command `itabook`; `python -m itabook` is the same."""

import sys

from itabook.errors import visible
from itabook.language import speak


def main() -> None:
    """Set the language, then run the command line in it."""
    try:
        arguments = speak(sys.argv[1:])
    except ValueError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        raise SystemExit(2) from error
    from itabook.cli import app  # noqa: PLC0415 - its help is in the language that is set now

    app(arguments)


if __name__ == "__main__":
    main()
