"""The HTML book as a reader meets it: weight of a page, first paint, and search in a book of 300 chapters.

    make bench-search        (or: python -m bench.search [folder of a finished book])

The annual book is built in a scratch folder. Its index is repeated under other agency names until it has 300 chapters.
Everything is measured in the Chromium on PATH, with new pages; from the disk and from a server on this machine.
"""

import functools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, groupby, islice
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from bench.project import COPIED
from itabook.data.project import find_project

CHAPTERS = 300
ROUNDS = 5
FLAGS = ("--no-sandbox", "--disable-gpu")
START = "window.itabookIndex = "
QUERIES = (
    "กา", "ร่", "ะแ", "ทุ", "00", "๒๕", "85", "it", "OIT", "ข้อ", "คะแนน", "คะแนนรวม", "การ", "ความ", "หน่วยงาน",
    "การเปิดเผยข้อมูล", "การปฏิบัติหน้าที่", "ปฏิบัติหน้า", "งบประมาณ", "การใช้อำนาจ", "ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต", "เกณฑ์ผ่าน", "ผู้ตอบแบบวัด", "ข้อเสนอแนะ", "ที่มาของข้อมูล", "ค่าเฉลี่ยประเทศ", "90.47", "๙๐.๔๗",
    "ปีงบประมาณ พ.ศ. 2566", "หน่วยงาน 17", "สมมติที่ 299", "คะแนน ลดลง", "OIT เสียคะแนน", "ตัวชี้วัด อำนาจ ผ่าน", "กก", "ฆฆฆ",
    "ไม่มีคำนี้ในเล่ม", "zebra", "การเปิดเผยข้อมูลสาธารณะ",
)  # fmt: skip
ANSWER = """(query) => new Promise((done) => {
  const search = document.getElementById("search"), box = document.getElementById("results"), start = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    box.getBoundingClientRect();
    done([performance.now() - start, document.getElementById("found").textContent]);
  });
  search.value = query;
  seen.observe(document.getElementById("found"), { childList: true });
  search.dispatchEvent(new Event("input"));
})"""
OPENED = """() => new Promise((done) => {
  const start = performance.now(), search = document.getElementById("search");
  search.value = "ไม่มี";
  new MutationObserver(() => {
    if (/พบ|แสดง/.test(document.getElementById("found").textContent)) done(performance.now() - start);
  }).observe(document.getElementById("found"), { childList: true });
  search.focus();
})"""
PAINT = """() => new Promise((done) => new PerformanceObserver((entries) => {
  for (const entry of entries.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""


def build_book(root: Path) -> Path:
    """The annual book of this project, in a scratch folder; returns its folder."""
    source = find_project().root
    for name in (*COPIED, "data/raw"):
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy(source / name, root / name)
    line = [sys.executable, "-m", "itabook", "build", "annual", "--renderer", "builtin"]
    subprocess.run(line, cwd=root, check=True, capture_output=True)
    return root / "outputs" / "book"


def repeat_index(book: Path, folder: Path) -> Path:
    """The front page with an index of 300 chapters: the real ones, each time under the name of another agency."""
    for path in book.iterdir():
        if path.suffix in (".css", ".js") or path.name in ("index.html", "fonts"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
    index = (book / "search-index.js").read_text(encoding="utf-8")
    records = json.loads(index.removeprefix(START).rstrip().removesuffix(";"))
    chapters = [list(group) for _, group in groupby(records, lambda record: record["page"])]
    long = [chapter for chapter in chapters if len(chapter) > 5]
    made = [
        {**record, "page": f"หน่วยงานสมมติที่ {number} {record['page']}", "url": f"{number}-{record['url']}"}
        for number, chapter in enumerate(islice(cycle(long), CHAPTERS), start=1)
        for record in chapter
    ]
    for record in made:
        if "#" not in record["url"]:
            record["title"] = record["page"]
    written = f"{START}{json.dumps(made, ensure_ascii=False, separators=(',', ':'))};\n"
    (folder / "search-index.js").write_text(written, encoding="utf-8")
    return folder / "index.html"


def search(browser: Browser, page_path: Path) -> list[str]:
    """Milliseconds from a key to the answer on the page, each query the median of five, in an index of 300 chapters."""
    page = browser.new_page()
    page.set_default_timeout(30_000)
    page.goto(page_path.as_uri())
    before = _memory()
    opened = page.evaluate(OPENED)
    held = _memory() - before
    times = {query: sorted(page.evaluate(ANSWER, query) for _ in range(ROUNDS))[ROUNDS // 2] for query in QUERIES}
    worst = max(times, key=lambda query: times[query][0])
    size = (page_path.parent / "search-index.js").stat().st_size
    taken = [answer[0] for answer in times.values()]
    return [
        f"index of {CHAPTERS} chapters: {size / 1e6:.1f} MB, opened in {opened:.0f} ms, {held / 1e6:.0f} MB of memory",
        f"{len(QUERIES)} queries: median {statistics.median(taken):.1f} ms, "
        f"worst {max(taken):.1f} ms ({worst}: {times[worst][1]})   wanted: < 50 ms",
    ]


def _memory() -> int:
    """Bytes that the largest page of Chromium holds; V8's own count leaves out most of a large text."""
    held = [0]
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "--type=renderer" in process.cmdline():
                held.append(process.memory_info().rss)
    return max(held)


def first_paint(browser: Browser, addresses: Sequence[str]) -> list[str]:
    """First contentful paint of each page, the median of five new windows."""
    lines = []
    for address in addresses:
        times = []
        for _ in range(ROUNDS):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            times.append(float(page.evaluate(PAINT)))
            context.close()
        scheme, _, name = address.partition(":")
        lines.append(f"first paint, {scheme}, {name.rpartition('/')[2]}: {statistics.median(times):.0f} ms")
    return lines


def weight(browser: Browser, address: str, book: Path) -> int:
    """Bytes of a page with all it asks the server for, by Chromium's network log; each file once."""
    page = browser.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.partition("#")[0]))
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.close()
    base = address.rpartition("/")[0]
    return sum((book / url.removeprefix(f"{base}/")).stat().st_size for url in asked if url.startswith(base))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server on this machine for a folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A window that is closed while it loads is no fault."""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="itabook-bench-") as folder, sync_playwright() as playwright:
        book = Path(sys.argv[1]) if sys.argv[1:] else build_book(Path(folder, "annual"))
        many = Path(folder, "many")
        many.mkdir()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print("\n".join(search(browser, repeat_index(book, many))))
        pages = sorted(path.name for path in book.glob("*.html"))
        with served(book) as address:
            weights = {name: weight(browser, f"{address}/{name}", book) for name in pages}
            heaviest = max(weights, key=lambda name: weights[name])
            named = ("index.html", heaviest)
            print("\n".join(first_paint(browser, [f"{base}/{n}" for base in (book.as_uri(), address) for n in named])))
        for name, size in weights.items():
            print(f"{name:32} {size / 1000:6.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
