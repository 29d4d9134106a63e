"""outputs/manifest.json: what a book was made from and with, so that it can be made again."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from itabook.data.project import Project
from itabook.run.digest import fonts, static_parts, versions
from itabook.run.outcome import Outcome

COMMIT_LETTERS = 10
"""So many letters of a commit are shown in the book."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The state of the project in Git.

    Attributes:
        id: full name of the commit; empty outside a repository, or without Git.
        dirty: whether tracked files were changed since.
    """

    id: str
    dirty: bool

    @property
    def short(self) -> str:
        """The first letters, with "+" where the tree was changed; empty without a commit."""
        return f"{self.id[:COMMIT_LETTERS]}{'+' if self.dirty else ''}" if self.id else ""


def commit_of(root: Path) -> Commit:
    """The commit that a project stands at."""
    name = _git(root, "rev-parse", "HEAD")
    return Commit(name, bool(name) and bool(_git(root, "status", "--porcelain", "--untracked-files=no")))


def write_manifest(
    project: Project,
    book: str,
    outcomes: Sequence[Outcome],
    data_digest: str,
    renderer: Mapping[str, str],
    *,
    folder: Path | None = None,
) -> Path:
    """Write manifest.json into outputs/, or another folder, aside, then in place; returns it."""
    content = {
        "book": book,
        "made": _now(),
        "commit": asdict(commit_of(project.root)),
        "data": data_digest,
        "notebooks": {outcome.run.slug: static_parts(outcome.run) for outcome in outcomes},
        "runs": {outcome.run.slug: {"status": outcome.status, "seconds": outcome.seconds} for outcome in outcomes},
        "versions": versions(),
        "fonts": fonts(),
        "renderer": dict(renderer),
    }
    path = (folder or project.outputs) / "manifest.json"
    aside = path.with_name(".manifest.json.tmp")
    aside.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    aside.replace(path)
    return path


def _now() -> str:
    """The time of the build, or that which SOURCE_DATE_EPOCH names."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def _git(root: Path, *arguments: str) -> str:
    """What Git says; empty where there is no Git or no repository."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
