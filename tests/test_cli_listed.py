"""`itabook batch --agencies listed` as a user types it: the books of the rows of a list, and the index of them."""

import csv
import io
import re

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.data.library import Library
from itabook.data.project import Project
from tests.conftest import add_year
from tests.data.test_listed import key
from tests.data.test_peers import SCORES, add_peers, row

YEAR = 2568
FULL = "95.10,93.22,90.01,88.50,91.30,89.45,87.60,86.75,96.00,80.00"
ROWS = (
    f"อบต.เต็ม,sao,ปทุมธานี,{FULL},89.07,ผ่าน,ประกาศสมมติ\n",
    "=1+1,sao,ลำพูน,,,,,,,,,,,91.20,ผ่าน,\n",
    *(row(f"ทต.อื่น {number}", kind="subdistrict-municipality", province="ลำพูน") for number in range(3)),
    "อบต.ว่าง,sao,ปทุมธานี,,,,,,,,,,,,,\n",
)


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    add_peers(project, YEAR, *ROWS)
    return project


def batch(*options: str) -> Result:
    return CliRunner().invoke(app, ["batch", "--year", str(YEAR), "--jobs", "2", *options])


def index(project: Project) -> list[list[str]]:
    data = (project.outputs / "agencies" / f"listed-{YEAR}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_book_of_a_row_and_the_index_of_all_that_are_there(here: Project) -> None:
    done = batch("--agencies", "listed", "--province", "จ.ปทุมธานี", "--type", "อบต.")
    assert done.exit_code == 0, done.output
    assert "ไม่มีคะแนนในตารางจึงไม่ทำเล่ม 1 แห่ง: อบต.ว่าง" in done.output
    assert "outputs/agencies/listed-2568.csv บอกว่า PDF ใดเป็นของหน่วยงานใด" in done.output

    library = Library(here)
    file = f"{key(library, 'อบต.เต็ม')}-{YEAR}.pdf"
    assert index(here) == [
        ["หน่วยงาน", "ประเภท", "จังหวัด", "คะแนนรวม", "ระดับ", "แฟ้ม"],
        ["อบต.เต็ม", "องค์การบริหารส่วนตำบล", "ปทุมธานี", "89.07", "ผ่าน", file],
    ]
    assert {path.name for path in (here.outputs / "agencies").iterdir()} == {file, f"listed-{YEAR}.csv"}
    pages = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(here.outputs / "agencies" / file)]
    text = re.sub(r"\s+", " ", " ".join(pages))
    assert all(part in text for part in ("อบต.เต็ม", "89.07", "บัญชีผลการประเมิน", "ที่มาของข้อมูล"))
    assert not [heading for heading in ("รายการตรวจสอบเอกสาร", "ความแน่นอนของคะแนน", "ข้อเสนอแนะ") if heading in text]

    again = batch("--agencies", "listed", "--province", "ปทุมธานี")
    assert "ใช้ของเดิม 1 รายการ" in again.output
    other = f"{key(library, '=1+1')}-{YEAR}.pdf"
    (here.outputs / "agencies" / other).write_bytes(b"made another day")
    assert batch("--agencies", "listed", "--province", "ปทุมธานี").exit_code == 0
    assert [line[0] for line in index(here)[1:]] == ["อบต.เต็ม", "'=1+1"]


def test_dry_run_names_the_agencies_and_those_with_data_of_their_own(here: Project) -> None:
    add_year(here, "own", str(YEAR), scores=SCORES + "score,total,,x,91,ผ่าน,\n")
    add_peers(here, YEAR, *ROWS, row("หน่วยงานทดลอง"))
    done = batch("--agencies", "listed", "--type", "sao", "--dry-run")

    assert done.exit_code == 0, done.output
    assert re.search(r"listed-[0-9a-f]{12}-2568 อบต.เต็ม", done.output)
    assert "จะสร้างสมุดบันทึก 3 รายการ และ PDF 3 ฉบับ จาก 3 หน่วยงาน" in done.output
    assert "ใช้ข้อมูลนั้นแทนแถวในตาราง: own" in done.output
    assert not (here.outputs / "agencies").exists()


def test_province_and_type_are_for_lists_only(here: Project) -> None:
    done = batch("--agencies", "all", "--province", "ปทุมธานี", "--type", "sao")

    assert done.exit_code == 1
    assert all(part in done.output for part in ("--province", "--type", "ใช้ได้กับ --agencies listed เท่านั้น"))


def test_an_unknown_province_lists_the_known_ones(here: Project) -> None:
    done = batch("--agencies", "listed", "--province", "ลำปาง")

    assert done.exit_code == 1
    assert "เลือกจากที่มี: ปทุมธานี, ลำพูน" in done.output


def test_help_has_an_example() -> None:
    done = CliRunner().invoke(app, ["batch", "--help"])

    assert "itabook batch --agencies listed" in done.output
