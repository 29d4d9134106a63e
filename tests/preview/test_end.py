"""The start and the end of a preview."""

import asyncio
import os
import select
import signal
import socket
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from itabook.cli import app
from itabook.data.project import Project
from itabook.errors import ItabookError
from itabook.preview.quarto import Changed
from itabook.preview.site import HERE, TRIED, Site
from tests.preview.conftest import PATIENCE, small_project, started

pytestmark = pytest.mark.slow

QUARTO = """#!/bin/sh
case "$1" in
  --version) echo 1.9.7 ;;
  preview) echo "quarto $*"; exec sleep 600 ;;
esac
"""


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return small_project(tmp_path / "project")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_a_build_that_is_under_way_and_leaves_no_process(small: Project, sign: signal.Signals) -> None:
    begun = small.root / "begun"
    os.mkfifo(begun)
    notebook = small.notebooks / "short.ipynb"
    endless = f"open({str(begun)!r}, 'w').write('x')\\nwhile True: pass\\n"
    notebook.write_text(notebook.read_text("utf-8").replace("from itabook", f"{endless}from itabook"), encoding="utf-8")
    told = os.open(begun, os.O_RDONLY | os.O_NONBLOCK)
    with started(small, "--renderer", "builtin") as preview:
        assert select.select([told], [], [], PATIENCE)[0]
        builds = psutil.Process(preview.program.pid).children(recursive=True)
        preview.program.send_signal(sign)
        assert preview.program.wait(PATIENCE) == 0
        gone, alive = psutil.wait_procs(builds, timeout=PATIENCE)
        preview.line("(end)")
    os.close(told)
    assert len(gone) == len(builds) >= 2
    assert not alive
    assert "Traceback" not in "\n".join(preview.said)


def test_quarto_shows_the_book_where_there_is_one(small: Project, tmp_path: Path) -> None:
    program = tmp_path / "quarto"
    program.write_text(QUARTO, encoding="utf-8")
    program.chmod(0o755)

    with started(small, QUARTO_PATH=str(program)) as preview:
        assert preview.line("สร้างเสร็จ")
        said = preview.line("^quarto (.*)")
        quartos = psutil.Process(preview.program.pid).children(recursive=True)
        (small.root / "index.qmd").write_text("# ใหม่\n", encoding="utf-8")
        assert preview.line("^บันทึก (.*)") == "index.qmd"
        assert preview.line("สร้างเสร็จ")
    words = said.split()
    assert [*words[:4], words[5]] == ["preview", "--host", HERE, "--port", "--no-browser"]
    assert not [one for one in quartos if one.is_running()]
    assert len(list((small.outputs / "notebooks").glob("*.ipynb"))) == 1
    assert (small.outputs / "pieces.txt").is_file()
    assert not (small.outputs / "book").exists()


def test_quarto_is_shown_the_notebooks_that_were_made_anew(small: Project) -> None:
    folder = small.outputs / "notebooks"
    folder.mkdir()
    for name in ("kept.ipynb", "made.ipynb"):
        (folder / name).write_text("{}", encoding="utf-8")
    changed = Changed(small)
    made, kept = folder / "made.ipynb", (folder / "kept.ipynb").stat().st_mtime_ns
    made.unlink()
    made.write_text("{ }", encoding="utf-8")
    before = made.stat().st_mtime_ns

    changed.touch()

    assert made.stat().st_mtime_ns > before
    assert (folder / "kept.ipynb").stat().st_mtime_ns == kept


def test_a_port_that_is_taken_is_passed_over(tmp_path: Path) -> None:
    async def serve(port: int) -> str:
        server, address = Site(tmp_path).serve(port)
        server.stop()
        return address

    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
        address = asyncio.run(serve(port))
    assert port < int(address.rstrip("/").rpartition(":")[2]) < port + TRIED


def test_a_port_that_one_may_not_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("socket.create_server", refuse)
    with pytest.raises(ItabookError, match=r"เปิดพอร์ต 80 ไม่ได้ .*--port"):
        Site(tmp_path).serve(80)


def test_a_book_without_pages_is_refused(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)

    done = CliRunner().invoke(app, ["preview", "board"])

    assert done.exit_code == 1
    assert "itabook build board" in done.stderr


def test_help_has_an_example() -> None:
    assert "itabook preview annual --port 4300" in CliRunner().invoke(app, ["preview", "--help"]).output
