"""The command line.

What draws and publishes is imported by the command that needs it, so that the others start at once.
"""

import typer

from itabook.cli.batch import batch
from itabook.cli.build import build
from itabook.cli.check import check
from itabook.cli.doctor import doctor
from itabook.cli.imports import imports
from itabook.cli.new import new
from itabook.cli.preview import preview
from itabook.cli.status import status

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="หนังสือผลการประเมิน ITA จากข้อมูลดิบถึงเล่ม",
)
app.command(epilog="ตัวอย่าง: itabook new banpaen 2568 --from banpaen/2563")(new)
app.command(epilog="ตัวอย่าง: itabook check opdc/2566 --strict")(check)
app.command(
    epilog="ตัวอย่าง: itabook build annual --jobs 2 --keep-going\n\n"
    "itabook build board --agency bgo --year 2564 --set agenda=4.2 --set meeting=3/2569"
)(build)
app.command(epilog="ตัวอย่าง: itabook preview annual --port 4300")(preview)
app.command(epilog="ตัวอย่าง: itabook batch --agencies all --year 2568 --to pdf --jobs 4 --keep-going")(batch)
app.command(epilog="ตัวอย่าง: itabook status --year 2564")(status)
app.add_typer(imports, name="import")
app.command(epilog="ตัวอย่าง: itabook doctor")(doctor)
