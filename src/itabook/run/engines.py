"""Which engines there are, apart from them: what they import takes seconds, and most commands run no cells."""

import os
import sys
from typing import Literal

Engine = Literal["fork", "kernel"]
"""Where cells run: in a child forked from this process, or in a kernel started for the run."""


def fork_is_safe() -> bool:
    """Whether this platform can go on running Python in a forked process; macOS and Windows cannot."""
    return hasattr(os, "fork") and sys.platform not in {"darwin", "win32", "cygwin"}
