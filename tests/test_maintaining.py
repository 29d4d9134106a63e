"""What the maintainer's guide names is there."""

import ast
import re
import tomllib

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "maintaining.md").read_text(encoding="utf-8")
MADE = {"data/processed/scores.parquet", "outputs/notebooks", "outputs/book", "params/years/2570.yml"}
"""Paths that a build or a recipe makes."""


def test_every_file_and_folder_that_it_names_is_there() -> None:
    named = set(
        re.findall(r"`((?:\.ci|\.github|\.devcontainer|data|docs|src|params|notebooks|tests|bench)/[\w./-]+)`", PAGE)
    )

    assert len(named) > 25
    missing = {name for name in named - MADE if not (ROOT / name).exists()}
    assert missing == {name for name in missing if "2570" in name}


def test_the_links_lead_to_pages() -> None:
    assert all((ROOT / "docs" / name).is_file() for name in re.findall(r"\]\(([\w-]+\.md)\)", PAGE))


def test_the_picture_shows_every_layer_and_only_what_is_there() -> None:
    picture = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)[0]
    shown = set(re.findall(r'\["(?:itabook\.)?([\w/]+)(?=<br>|")', picture))
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][
        0
    ]

    assert set(re.findall(r"itabook\.(\w+)", " ".join(layers["layers"]))) - shown == {"errors"}
    sources = {path.stem for path in (ROOT / "src" / "itabook").iterdir()}
    assert {name for name in shown if name not in sources and not (ROOT / name).exists()} <= MADE


def test_its_order_of_imports_is_the_one_that_is_held() -> None:
    (told,) = re.findall(r"Imports go one way: (.*?) \(", PAGE)
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][
        0
    ]

    assert told.split(" → ") == [layer.replace("itabook.", "") for layer in layers["layers"]]


def test_make_targets_and_names_of_code_are_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([\w-]+)`", PAGE)) <= set(targets)
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        tree = ast.parse("\n".join(line.removeprefix("   ") for line in block.splitlines()))
        for line in (node for node in tree.body if isinstance(node, ast.ImportFrom) and "itabook" in str(node.module)):
            source = ROOT / "src" / f"{str(line.module).replace('.', '/')}.py"
            text = source.read_text(encoding="utf-8")
            assert all(re.search(rf"\b{name.name}\b", text) for name in line.names), source
