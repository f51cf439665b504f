"""A command begins at once: it loads its own module, and of what others need nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.asked import asked, commands_module
from storage import Archive
from tests.crawling import ROOT, environment

PROGRAM = """
import atexit, sys
from scrapy.cmdline import execute
sys.argv = ["scrapy", "stories", "--limit", "10"]
atexit.register(lambda: print(*sorted(sys.modules)))
execute()
"""
STRANGE = "http://127.0.0.1:9/1.html"  # no crawl may dial it


@pytest.mark.parametrize(
    ("argv", "module"),
    [
        (["scrapy", "stories", "--limit", "10"], "crawler.commands.stories"),
        (["scrapy", "-h", "shell"], "crawler.commands.shell"),
        (["scrapy", "version"], ""),
        (["scrapy", "storeys"], "crawler.commands"),
        (["scrapy"], "crawler.commands"),
        (["pytest", "tests/crawler"], "crawler.commands"),
    ],
)
def test_scrapy_is_shown_the_module_of_the_asked_command_alone(argv: list[str], module: str) -> None:
    assert commands_module(argv) == module


def test_the_command_is_the_first_word_that_is_no_option() -> None:
    assert asked(["scrapy", "--nolog", "crawl", "series"]) == "crawl"
    assert asked(["scrapy", "-h"]) is None


def test_stories_are_listed_without_what_a_crawl_needs(tmp_path: Path) -> None:
    Archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    asked = [sys.executable, "-c", PROGRAM]
    env = environment(tmp_path / "archive.db")
    done = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "storage.queries.stories" in loaded
    others = {"numpy", "rapidfuzz", "trafilatura", "tldextract", "alembic", "rich", "filelock"}
    ours = {"crawler.commands.crawl", "crawler.extensions.session", "wangqi.copies.judge", "crawler.catalogue.file"}
    unasked = {"wangqi.search.parsing", "storage.recording.match", "storage.rows.copies", "wangqi.visit"}
    assert not loaded & {*others, *ours, *unasked, "sqlalchemy.dialects.postgresql"}


def test_a_crawl_leaves_what_reads_pages_to_its_workers(tmp_path: Path) -> None:
    """It costs each of them .7 s of CPU, a quarter of a visit that finds nothing new."""
    Archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    told = PROGRAM.replace('"stories", "--limit", "10"', f'"crawl", "series", "-a", "url={STRANGE}"')
    env = environment(tmp_path / "archive.db")
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "crawler.extensions.session" in loaded
    assert not loaded & {"crawler.readers.read_page", "crawler.extraction.page", "trafilatura", "htmldate", "alembic"}


@pytest.mark.parametrize("command", ["stories", "crawl"])
def test_cycles_are_looked_for_as_ever_once_a_command_is_loaded(tmp_path: Path, command: str) -> None:
    """Else a crawl of days would keep what it made in vain."""
    Archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    told = f"{PROGRAM.partition('atexit.register')[0]}import gc; atexit.register(lambda: print(gc.get_threshold()))"
    arguments = {"stories": ["stories"], "crawl": ["crawl", "series", "-a", f"url={STRANGE}"]}[command]
    asked = [sys.executable, "-c", f"{told}; sys.argv = ['scrapy', *{arguments!r}]; execute()"]
    env = environment(tmp_path / "archive.db")
    done = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    fresh = [sys.executable, "-c", "import gc; print(gc.get_threshold())"]  # commands in this process have set its own
    usual = subprocess.run(fresh, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == usual.stdout.strip()
