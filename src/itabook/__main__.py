"""`python -m itabook`, the same as the command `itabook`."""

from itabook.cli import app

app()
