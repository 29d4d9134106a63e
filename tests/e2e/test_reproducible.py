"""The same inputs give the same bytes."""

import hashlib
import json
import os
import subprocess
import sys

import yaml

from itabook.data.project import Project

NOON = "1700000000"


def digests(project: Project) -> dict[str, str]:
    """Of every file of the finished book."""
    folder = project.outputs / "book"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_with_one_time_stamp_are_equal_to_the_byte(project: Project) -> None:
    book = yaml.safe_load((project.books / "annual.yml").read_text(encoding="utf-8"))
    book |= {"agency-years": ["bgo/2563", "bgo/2564"]}
    book["chapters"] = [chapter for chapter in book["chapters"] if chapter["notebook"] != "trend"]
    (project.books / "small.yml").write_text(yaml.safe_dump(book, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "itabook", "build", "small", "--renderer", "builtin", "--force"]
    built = []
    for _ in range(2):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": NOON}
        subprocess.run(command, cwd=project.root, env=environment, check=True, capture_output=True)
        built.append(digests(project))

    assert built[0] == built[1]
    assert any(name.endswith(".pdf") for name in built[0])
    manifest = json.loads((project.outputs / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["made"] == "2023-11-14T22:13:20+00:00"
    assert set(manifest) == {"book", "made", "commit", "data", "notebooks", "runs", "versions", "fonts", "renderer"}
    assert manifest["renderer"]["name"] == "builtin"
