"""The engine "fork": the notebook of a kernel, without the kernel."""

import base64
import builtins
import io
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import papermill
import pytest
from IPython.core.getipython import get_ipython
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from PIL import Image

from itabook.data.project import Project
from itabook.run.engine import prepare
from itabook.run.engines import fork_is_safe
from itabook.run.execute import execute
from itabook.run.plan import Run

pytestmark = pytest.mark.skipif(not fork_is_safe(), reason="forks are not safe on this platform")

Outputs = list[Any]
HAND_MADE = {
    "print": "print('หนึ่ง')\nprint('two', end='')\nprint(3, 4, sep='\\n')",
    "streams in between displays": (
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\ndisplay('d')\n"
        "print('e', file=sys.stderr)\ndisplay('f')\nprint('g')\nprint('h', file=sys.stderr)"
    ),
    "flushes": "import sys\nprint('a', flush=True)\nprint('b', file=sys.stderr, flush=True)\nprint('c', flush=True)",
    "last expression": "1 + 1\n2 + 2",
    "no value": "None",
    "underscores": "(_, __, _4)",
    "value not shown": "3 + 3;",
    "display by id": "handle = display('before', display_id='x')\nprint('after')",
    "update": "handle.update('now')\nprint('updated')",
    "clear": "from IPython.display import clear_output\nprint('gone')\ndisplay('gone')\nclear_output()\nprint('stays')",
    "clear later": "print('gone')\nclear_output(wait=True)\ndisplay('stays')",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2, 4])\nplt.show()\nprint('shown')",
    "figure left to the end": "_ = plt.bar([1, 2], [3, 4])\nprint('before the figure')",
    "figure as value": "figure, axes = plt.subplots(figsize=(2, 1))\nfigure",
    "%matplotlib inline": "%matplotlib inline\nplt.plot([3, 1]);",
    "frame": "import pandas as pd\nframe = pd.DataFrame({'ก': [1, 2], 'b': ['x', None]})\nframe",
    "wide frame": "pd.DataFrame([range(60)] * 100)",
    "rich displays": (
        "from IPython.display import HTML, JSON, Latex, Markdown\n"
        "display(HTML('<b>x</b>'), Markdown('**x**'), Latex('$x$'), JSON({'a': [1, None]}))"
    ),
    "bundle": (
        "class Shown:\n    def _repr_mimebundle_(self, **_):\n"
        "        return {'text/html': '<i>ก</i>', 'text/plain': 'ก'}, {'itabook': {'label': 'x', 'n': (1, 2)}}\nShown()"
    ),
    "env": "%env ITABOOK_TRY=1\n%env ITABOOK_TRY",
    "capture": "%%capture captured\nprint('kept')\ndisplay('kept too')\n5",
    "captured": "captured.show()\ncaptured.stdout",
    "cd": "%cd -q .\n%who",
    "subprocess": "!echo hello\nlines = !printf 'a\\nb'\nlines",
    "bash": "%%bash\necho out\necho err >&2",
    # The kernel reads the file descriptors in a thread, a moment later: give it time, so that the order is certain.
    "descriptor 1": "import os, time\nprint('first')\nsize = os.write(1, 'ไทย\\n'.encode())\ntime.sleep(0.3)",
    "descriptor 2": "size = os.write(2, b'err\\n')\ntime.sleep(0.3)",
    "multi-line strings": "text = '''one\n  two\n%not_magic\n!nor this\n'''\nprint(text)\ntext",
    "await": "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "task": "task = asyncio.get_running_loop().create_task(asyncio.sleep(0, 'done'))",
    "task of another cell": "await task",
    "define": "def double(x):\n    return 2 * x\n\nvalue = 21",
    "use": "double(value)",
    "main": "import sys\n__name__, sys.modules['__main__'].double is double, sys.path.count('')",
    "pickle": "import pickle\npickle.loads(pickle.dumps(double))(4)",
    "shell": "get_ipython()",
    "history": "In[4], Out[4], len(In)",
    "help": "double?",
    "warning": "import warnings\nwarnings.warn('take care')\nwarnings.warn('old', DeprecationWarning)",
    "logging": "import logging\nlogging.warning('take care')\nlogging.info('not shown')",
    "interactive": "import matplotlib\nmatplotlib.is_interactive(), matplotlib.get_backend(), sys.stdout.isatty()",
    "environment": "[os.environ.get(name) for name in ('MPLBACKEND', 'TERM', 'PAGER', 'CLICOLOR')]",
    "empty": "",
    "comment": "# nothing",
    "sys.exit": "# raises-exception\nimport sys\nsys.exit(3)",
    "error": "# raises-exception\ndef deep(x):\n    return 1 / x\n\ndeep(0)",
    "syntax error": "# raises-exception\ndef (:",
    "error in display": (
        "# raises-exception\nclass Broken:\n    def __repr__(self):\n        raise ValueError('broken')\nBroken()"
    ),
    "error in await": "# raises-exception\nawait asyncio.sleep(0)\n[][1]",
    "input": "# raises-exception\ninput('name?')",
    "getpass": "# raises-exception\nimport getpass\ngetpass.getpass()",
    "group": "# raises-exception\nraise ExceptionGroup('many', [ValueError(1), KeyError('x')])",
    "skipped": "# skip-execution\nprint('never')",
    "unknown magic": "# raises-exception\n%nothing_like_it",
    "error at the end": "raise RuntimeError('ไม่ผ่าน')",
}


@pytest.fixture(scope="module", autouse=True)
def prepared() -> None:
    prepare()


@pytest.fixture
def tidy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Libraries as they are imported, whatever tests before have set."""
    monkeypatch.delenv("MPLBACKEND", raising=False)
    with mpl.rc_context():
        mpl.rc_file_defaults()
        yield


def notebook_of(path: Path, *sources: str) -> Path:
    """A notebook; a comment in the first line of a cell gives it a tag."""
    cells = []
    for source in sources:
        tags = re.findall(r"\A# ((?:raises-exception|skip-execution))", source)
        cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags} if tags else {}))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def fork(folder: Path, *sources: str, **options: object) -> NotebookNode:
    """The notebook that the engine leaves, run in its folder."""
    path = notebook_of(folder / "in.ipynb", *sources)
    given: dict[str, Any] = {"execution_timeout": 60, "progress_bar": False, "cwd": str(folder)} | options
    papermill.execute_notebook(str(path), str(folder / "out.ipynb"), engine_name="fork", kernel_name="python3", **given)
    return saved(folder)


def saved(folder: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(folder / "out.ipynb", as_version=4)
    return notebook


def text_of(cell: NotebookNode) -> str:
    return "".join(output.get("text", output.get("data", {}).get("text/plain", "")) for output in cell.outputs)


def normal(outputs: Outputs) -> Outputs:
    """Outputs without what cannot be equal.

    Objects stand at other addresses, and processes have other numbers. A kernel sends what is printed every 0.2
    seconds, so that a slow cell may have its text in several pieces: pieces of one stream are put together. Who
    refuses to ask for input stands in another file: the last frame of that traceback is left out.
    """
    made: Outputs = []
    for output in outputs:
        one = plain(dict(output))
        if one.get("ename") == "StdinNotImplementedError":
            del one["traceback"][-2]
        if made and one["output_type"] == made[-1]["output_type"] == "stream" and one["name"] == made[-1]["name"]:
            made[-1]["text"] += one["text"]
        else:
            made.append(one)
    return made


def plain(value: object) -> Any:  # noqa: ANN401 - as nested as it came
    if isinstance(value, dict):
        return {key: pixels(item) if key == "image/png" else plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"0x[0-9a-f]{6,}", "0x", re.sub(r"ipykernel_\d+", "ipykernel_", value))
    return value


def pixels(png: str) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        return image.size, image.convert("RGBA").tobytes()


def same(forked: NotebookNode, kernel: NotebookNode) -> None:
    """Two notebooks, cell by cell; papermill's times, and names of files, are not compared."""
    assert len(forked.cells) == len(kernel.cells)
    for one, other in zip(forked.cells, kernel.cells, strict=True):
        for name in ("start_time", "end_time", "duration"):
            assert (one.metadata.get("papermill", {}).pop(name, None) is None) == (
                other.metadata.get("papermill", {}).pop(name, None) is None
            )
        ids = {"metadata", "id", "outputs"}
        assert {k: v for k, v in one.items() if k not in ids} == {k: v for k, v in other.items() if k not in ids}
        assert one.metadata == other.metadata, one.source
        assert normal(one.get("outputs", [])) == normal(other.get("outputs", [])), one.source
    metadata = [{k: v for k, v in book.metadata.items() if k != "papermill"} for book in (forked, kernel)]
    assert metadata[0] == metadata[1]


@pytest.mark.usefixtures("tidy")
@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("agency_year", {"agency": "bgo", "fiscal_year": 2564}),
        ("trend", {"agency": "bgo"}),
        ("comparison", {"agency_years": ["bgo/2564", "opdc/2566"]}),
    ],
)
def test_chapters_are_those_of_the_kernel(project: Project, name: str, parameters: dict[str, Any]) -> None:
    from itabook.report.style import use_style

    use_style.cache_clear()  # tests before may have called it, and `tidy` undid what it set
    run = Run(name, project.notebooks / f"{name}.ipynb", name, "", parameters, "bgo", 2564)
    files = [project.outputs / f"{engine}.ipynb" for engine in ("fork", "kernel")]
    execute(run, files[0], project.root, "fork")
    execute(run, files[1], project.root, "kernel")

    forked, kernel = (nbformat.read(file, as_version=4) for file in files)
    assert any("image/svg+xml" in output.get("data", {}) for cell in forked.cells for output in cell.get("outputs", []))
    same(forked, kernel)


@pytest.mark.usefixtures("tidy")
def test_cells_of_all_kinds_are_those_of_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from itabook.run.execute import QuietKernelManager

    monkeypatch.setenv("ITABOOK_TRY", "0")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel does not read file descriptors
    path = notebook_of(tmp_path / "all.ipynb", *HAND_MADE.values())
    options = {"kernel_name": "python3", "execution_timeout": 60, "progress_bar": False, "cwd": str(tmp_path)}
    options |= {"record_timing": False, "extra_arguments": ["--log-level=50"]}
    books = []
    for engine in ("fork", "nbclient"):
        output = tmp_path / f"{engine}.ipynb"
        with pytest.raises(PapermillExecutionError, match="ไม่ผ่าน"):
            papermill.execute_notebook(
                str(path), str(output), engine_name=engine, kernel_manager_class=QuietKernelManager, **options
            )
        books.append(nbformat.read(output, as_version=4))
    same(*books)


def test_the_last_output_is_kept_whatever_the_parent_calls_underscore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtins, "_", None, raising=False)  # as doctest leaves it

    *_, cell = fork(tmp_path, "4", "_ + 1").cells
    assert cell.outputs[0].data["text/plain"] == "5"


def test_times_of_cells_are_noted_as_a_client_of_a_kernel_does(tmp_path: Path) -> None:
    (cell,) = fork(tmp_path, "1").cells

    assert set(cell.metadata.execution) == {
        "iopub.status.busy", "iopub.execute_input", "iopub.status.idle", "shell.execute_reply",
    }  # fmt: skip
    assert cell.metadata.papermill.status == "completed"


def test_nothing_reaches_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    noise = "import os, subprocess, sys\nos.write(1, b'1\\n'); os.write(2, b'2\\n'); os.system('echo 3; echo 4 >&2')"
    file = "print('5', file=sys.__stdout__, flush=True); _ = subprocess.run(['echo', '6'], stdout=sys.stdout)"
    (cell, _) = fork(tmp_path, f"{noise}\n{file}", "print('x' * 300_000)").cells

    assert capfd.readouterr() == ("", "")
    assert {output.name: output.text for output in cell.outputs} == {"stdout": "1\n3\n5\n6\n", "stderr": "2\n4\n"}


def test_much_output_at_once_is_read_in_full(tmp_path: Path) -> None:
    cells = fork(tmp_path, "!seq 100000 >/proc/self/fd/1", "import os; _ = os.system('seq 200000')").cells

    assert text_of(cells[1]).splitlines() == [str(number) for number in range(1, 200_001)]


@pytest.mark.parametrize("call", ["input()", "import getpass; getpass.getpass()"])
def test_nobody_is_asked(tmp_path: Path, call: str) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        fork(tmp_path, call)

    assert caught.value.ename == "StdinNotImplementedError"


def test_a_failed_cell_stops_the_notebook(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        fork(tmp_path, "1", "# raises-exception\n[][0]", "print('said'); 1 / 0", "2")

    assert (caught.value.exec_count, caught.value.ename) == (3, "ZeroDivisionError")
    assert "line 1" in re.sub(r"\x1b\[\d*m", "", "".join(caught.value.traceback))
    cells = [cell for cell in saved(tmp_path).cells if cell.cell_type == "code"]
    assert [cell.metadata.papermill.status for cell in cells] == ["completed", "completed", "failed", "pending"]
    assert [output.output_type for output in cells[2].outputs] == ["stream", "error"]


def state(pid: int) -> str:
    """State of a process as Linux names it, "X" where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def descriptors() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


@pytest.fixture
def nothing_left(tmp_path: Path) -> Iterator[None]:
    """No file descriptor, no child and none of its children outlives a run; cells leave process ids in `pids`."""
    before = descriptors()
    yield
    assert descriptors() == before
    child, *others = map(int, (tmp_path / "pids").read_text(encoding="utf-8").split())
    assert state(child) == "X"  # waited for, no zombie
    deadline = time.monotonic() + 5
    while any(state(pid) not in "XZ" for pid in others) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert all(state(pid) in "XZ" for pid in others)  # init may take its time to wait for orphans


TELL = "import os, signal, subprocess, time\nother = subprocess.Popen(['sleep', '60'])\nopen('pids', 'w').write(f'{os.getpid()} {other.pid}');"


@pytest.mark.usefixtures("nothing_left")
def test_a_good_run_leaves_nothing(tmp_path: Path) -> None:
    fork(tmp_path, TELL)


@pytest.mark.usefixtures("nothing_left")
def test_a_cell_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(CellTimeoutError, match="after 1 seconds"):
        fork(tmp_path, TELL, "print('begun'); time.sleep(60)", execution_timeout=1)

    assert text_of(saved(tmp_path).cells[1]) == "begun\n"


@pytest.mark.usefixtures("nothing_left")
def test_a_cell_that_never_stops_writing_is_ended(tmp_path: Path) -> None:
    with pytest.raises(CellTimeoutError):
        fork(tmp_path, TELL, "while True: print('.' * 100); time.sleep(0.001)", execution_timeout=1)


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("how", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "os.abort()"])
def test_a_child_that_dies_is_told(tmp_path: Path, how: str) -> None:
    with pytest.raises(DeadKernelError):
        fork(tmp_path, TELL, f"print('last words'); {how}", "1")

    cell = saved(tmp_path).cells[1]
    assert text_of(cell).startswith("last words\n")


@pytest.mark.usefixtures("nothing_left")
def test_a_child_is_dead_though_its_own_children_hold_its_pipes(tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        fork(tmp_path, TELL, "if os.fork() == 0: time.sleep(60)\nos.kill(os.getpid(), signal.SIGKILL)")


@pytest.mark.usefixtures("nothing_left")
def test_ctrl_c_ends_the_child(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fork(tmp_path, TELL, "os.kill(os.getppid(), signal.SIGINT); time.sleep(60)")


@pytest.mark.usefixtures("nothing_left")
def test_what_a_child_of_a_cell_prints_is_kept_and_its_displays_are_not(tmp_path: Path) -> None:
    source = "pid = os.fork()\nif not pid:\n    print('child'); display('lost'); os._exit(0)\n_ = os.waitpid(pid, 0)\nprint('cell')"
    cells = fork(tmp_path, TELL, source).cells

    assert text_of(cells[1]) == "child\ncell\n"


def test_runs_know_nothing_of_each_other(tmp_path: Path) -> None:
    chance = "import random, numpy as np\n(random.random(), np.random.random())"
    change = "import os, sys, matplotlib.pyplot as plt, pandas\nx = 1; os.environ['ITABOOK_TRY'] = '1'; os.chdir('/'); plt.figure(); pandas.made = 1"
    look = "import os, matplotlib.pyplot as plt, pandas\nprint('x' in dir(), 'ITABOOK_TRY' in os.environ, os.getcwd(), plt.get_fignums(), hasattr(pandas, 'made'))"
    plt.figure()
    random.seed(1)
    try:
        first, second = fork(tmp_path, chance, change), fork(tmp_path, chance, look)
    finally:
        plt.close("all")

    assert text_of(first.cells[0]) != text_of(second.cells[0])
    assert text_of(second.cells[1]) == f"False False {tmp_path} [] False\n"


def test_the_parent_stays_as_it_is(tmp_path: Path) -> None:
    def look() -> tuple[Any, ...]:
        parts = dict(os.environ), list(sys.path), Path.cwd(), sys.modules["__main__"], sys.stdout, builtins.input
        return *parts, mpl.get_backend(), random.getstate(), hasattr(sys, "ps1"), hasattr(builtins, "display")

    before = look()
    fork(tmp_path, "import os, sys\nos.environ['ITABOOK_TRY'] = '1'; sys.path.append('x'); print(1)")

    assert look() == before
    assert get_ipython() is None


def test_modules_beside_the_notebook_are_found(tmp_path: Path) -> None:
    (tmp_path / "beside_it.py").write_text("value = 7", encoding="utf-8")
    (cell,) = fork(tmp_path, "import beside_it\nbeside_it.value").cells

    assert text_of(cell) == "7"
    assert "beside_it" not in sys.modules


def test_warnings_are_not_what_the_caller_made_of_them(tmp_path: Path) -> None:
    (cell,) = fork(
        tmp_path, "import warnings\nwarnings.warn('care'); warnings.warn('pending', PendingDeprecationWarning)"
    ).cells

    assert "UserWarning: care" in text_of(cell)
    assert "pending" not in text_of(cell).partition("\n")[2].replace("warnings.warn('pending'", "")


def test_nothing_is_written_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(home))
    fork(tmp_path, "%cd -q .\n1", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")

    assert list(home.iterdir()) == []


def test_many_runs_cost_no_memory_and_no_descriptors(tmp_path: Path) -> None:
    def megabytes() -> float:
        return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

    for _ in range(10):
        fork(tmp_path, "x = 1", "x")
    memory, before = megabytes(), descriptors()
    for _ in range(60):
        fork(tmp_path, "x = 1", "x")

    assert descriptors() == before
    assert megabytes() - memory < 4
