"""A series of any length on a loopback site, and what must be true of an archive of it however its crawls ended."""

import json
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from tests.crawler.site import Site, response
from tests.crawling import crawl_command, environment
from tests.story_pages import story
from tests.warm_start import Begun, Program, warm_start

LONGEST: Final = 1800  # seconds that a crawl may take
SHARING: Final = 3  # of so many stories one has a passage that the others of these have, so that a judge is asked
SHARED: Final = (
    "渡口的钟每天敲两遍，头一遍叫人起船，第二遍叫人收网。钟是光绪年间铸的，裂过一道口子，用铜汁补过，声音就有些哑。"
    "老人们说，哑钟传得远，顺风的时候，下游的三个村子都听得见。"
)
BRANCHES: Final = 5  # stories that each story names; so all are reached from the first
# A pipeline behind the one that persists: it writes down the stories whose commit was confirmed, past any buffer.
ACKNOWLEDGING: Final = """
import os

class Acknowledging:
    def __init__(self):
        self.file = os.open(os.environ["ACKNOWLEDGED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def process_item(self, item):
        if item.reading is not None:
            os.write(self.file, f"{item.url}\\n".encode())
        return item
"""
_STORED: Final = """SELECT p.url, count(r.id) FROM page p JOIN story s ON s.id = p.story_id
    JOIN revision r ON r.page_id = p.id GROUP BY p.url"""


@lru_cache(maxsize=4096)
def page(number: int, length: int) -> bytes:
    following = range(BRANCHES * number + 1, min(BRANCHES * (number + 1) + 1, length))
    past = [(f"渡口旧事：第{each + 1}回", f"/{each}.html") for each in following]
    made = story(f"渡口旧事：第{number + 1}回", past, seed=f"story {number}")
    if number % SHARING:
        return made
    _, _, document = made.partition(b"\r\n\r\n")
    return response(document.replace(b'<div class="content">', f'<div class="content"><p>{SHARED}</p>'.encode()))


def serve_series(site: Site, length: int) -> str:
    """Puts the series on the site; answers with the address of its first story."""
    site.pages |= {f"/{number}.html": page(number, length) for number in range(length)}
    return site.url("/0.html")


def command(start: str, folder: Path, *more: str, behind: Sequence[str] = ()) -> list[str]:
    """Of a crawl that writes down what is acknowledged; `behind` are further pipelines."""
    (folder / "acknowledging.py").write_text(ACKNOWLEDGING, "utf-8")
    ours = ("normalise.Normalise", "deduplicate.Deduplicate", "persist.Persist")
    names = [*(f"pipelines.{name}" for name in ours), "acknowledging.Acknowledging", *behind]
    pipelines = json.dumps({name: 100 * place for place, name in enumerate(names, 1)})
    # The budget is no part of this.
    unbounded = ("-s", "RUN_MAX_PAGES=0", "-s", "RUN_MAX_MINUTES=0")
    return crawl_command(start, "-s", f"ITEM_PIPELINES={pipelines}", *unbounded, *more)


def begun(archive_url: str, folder: Path, start: str, *more: str, seconds: float = LONGEST) -> Begun:
    """A crawl that goes on; what it writes is added to the file `told`."""
    env = environment(folder) | environment_for(folder) | {"ARCHIVE_URL": archive_url}
    python, option, module, *arguments = command(start, folder, *more)
    assert (python, option) == (sys.executable, "-m")
    with (folder / "told").open("a") as told, Path(os.devnull).open() as nothing:
        return warm_start().begin(Program(module, arguments, env), (nothing, told, told), seconds=seconds)


def environment_for(folder: Path) -> dict[str, str]:
    return {"ACKNOWLEDGED": str(folder / "acknowledged"), "PYTHONPATH": f"{Path(__file__).parents[2]}:{folder}"}


def acknowledged(folder: Path) -> set[str]:
    """The stories whose commit a crawl was told of; a line that a kill has cut in two is none."""
    file = folder / "acknowledged"
    whole = file.read_text("utf-8").rpartition("\n")[0] if file.exists() else ""
    return set(whole.splitlines())


def refetched(hits: Sequence[tuple[str, str, float]], before: int) -> int:
    """How many stories were asked for that had been asked for before, in the requests from this place on.

    The start is left out: it is watched, and read by every run.
    """
    stories = [path for _, path, _ in hits if path.endswith(".html") and path != "/0.html"]
    skipped = sum(path.endswith(".html") and path != "/0.html" for _, path, _ in hits[:before])
    return len(stories) - skipped - len(set(stories[skipped:]) - set(stories[:skipped]))


def check_archive(archive_url: str, folder: Path, site: Site, length: int, *, is_complete: bool = True) -> None:
    """Nothing that was acknowledged is lost, nothing is there twice, nothing is torn; all is there if it should be."""
    engine = create_engine(archive_url)
    with engine.connect() as connection:
        stored = dict(connection.execute(text(_STORED)).all())
        stories = connection.scalar(text("SELECT count(*) FROM story"))
        texts = connection.scalar(text("SELECT count(*) FROM text"))
        broken = connection.scalar(
            text("SELECT count(*) FROM page WHERE outcome = 'stored' AND (revision_id IS NULL OR story_id IS NULL)")
        )
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
    assert acknowledged(folder) - stored.keys() == set(), "acknowledged and lost"
    assert {url: count for url, count in stored.items() if count != 1} == {}, "stored twice"
    assert not broken
    assert stories == len(stored)
    assert texts == len(stored)
    if is_complete:
        assert set(stored) == {site.url(f"/{number}.html") for number in range(length)}
