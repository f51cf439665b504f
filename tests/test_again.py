"""Crawling again, and crawling on after a kill: the same archive, and nothing twice."""

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from examples.serve import ExampleSite
from tests.crawling import ROOT, crawl_command, environment, scrapy

PARTIAL = 20
# What must not depend on when, in which order or how often a page was read.
CONTENT = {
    "stories": """SELECT s.title, s.author, s.source, s.published_at, s.ordinal, s.status, p.url, t.body
        FROM story s JOIN revision r ON r.id = s.canonical_revision_id
        JOIN page p ON p.id = r.page_id JOIN text t ON t.id = r.text_id""",
    "pages": """SELECT p.url, p.outcome, p.relation, p.state, s.title FROM page p
        LEFT JOIN story s ON s.id = p.story_id""",
    "texts": "SELECT body FROM text",
    "revisions": """SELECT p.url, r.title, t.body FROM revision r JOIN page p ON p.id = r.page_id
        JOIN text t ON t.id = r.text_id""",
    "edges": """SELECT p.url, m.position, m.title, m.url, s.title FROM mention m JOIN page p ON p.id = m.page_id
        LEFT JOIN story s ON s.id = m.story_id""",
    "relations": """SELECT a.body, b.body, relation FROM relation JOIN text a ON a.id = text_id
        JOIN text b ON b.id = other_text_id""",
}


@pytest.fixture
def site() -> Iterator[ExampleSite]:
    with ExampleSite() as served:
        yield served


def rows(archive: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(archive)) as connection:
        return sorted(connection.execute(query), key=repr)


def content(archive: Path) -> dict[str, list[tuple]]:
    found = {name: rows(archive, query) for name, query in CONTENT.items()}
    return found | {"relations": sorted(map(undirected, found["relations"]))}


def undirected(relation: tuple[str, str, str]) -> tuple[str, str, str]:
    """Which of two texts was judged against the other is a matter of which was read first."""
    one, other, word = relation
    return relation if one < other else (other, one, {"excerpt": "superset", "superset": "excerpt"}.get(word, word))


def counts(archive: Path) -> dict[str, int]:
    tables = ("text", "story", "revision", "payload", "mention", "page", "relation", "finding")
    return {name: rows(archive, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


def requests(site: ExampleSite) -> list[str]:
    return [f"{host}:{path}" for host, paths in site.hits.items() for path in paths if path != "/robots.txt"]


def test_a_second_run_asks_only_for_what_is_due_and_stores_nothing_twice(site: ExampleSite, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    assert scrapy(archive, crawl_command(site.start_url)).returncode == PARTIAL
    before = counts(archive)
    for paths in site.hits.values():
        paths.clear()
    second = scrapy(archive, crawl_command(site.start_url))
    assert second.returncode == PARTIAL, second.stderr
    assert counts(archive) == before
    start = site.start_url.removeprefix(site.publisher_url)
    # The column's further pages wait for a week, or for a new story on its first one.
    assert sorted(requests(site)) == ["publisher:/column/index.html", f"publisher:{start}"]
    assert "1 unchanged" in second.stdout


def test_an_edited_story_becomes_a_revision_and_the_old_text_stays(site: ExampleSite, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    scrapy(archive, crawl_command(site.start_url))
    texts = set(rows(archive, "SELECT body FROM text"))
    site.edition = 2
    again = scrapy(archive, crawl_command(site.start_url, "-a", "refresh=all"))
    assert again.returncode == PARTIAL, again.stderr
    assert "1 revised" in again.stdout
    assert texts < set(rows(archive, "SELECT body FROM text"))
    edited = rows(archive, "SELECT page_id, count(*) FROM revision GROUP BY page_id HAVING count(*) > 1")
    assert len(edited) == 1


def killed_and_resumed(site: ExampleSite, archive: Path, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(kills):
        process = subprocess.Popen(
            crawl_command(site.start_url, "-s", "DOWNLOAD_DELAY=0.02"),
            env=environment(archive),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        before = len(requests(site))
        while len(requests(site)) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 1))  # from here on it reads and writes
        process.send_signal(signal.SIGKILL)
        process.wait()
    for _ in range(2):  # the second run reads the start page once more, as it does for the undisturbed archive
        assert scrapy(archive, crawl_command(site.start_url)).returncode == PARTIAL


@pytest.mark.parametrize(
    ("archives", "kills"),
    [(1, 2), pytest.param(6, 5, marks=[pytest.mark.torture, pytest.mark.timeout(900)])],
    ids=["few", "storm"],
)
def test_killed_at_any_moment_a_crawl_completes_the_same_archive(
    site: ExampleSite, tmp_path: Path, archives: int, kills: int
) -> None:
    undisturbed = tmp_path / "undisturbed.db"
    killed_and_resumed(site, undisturbed, 0, seed=0)
    for seed in range(archives):  # a few kills each: a crawl that has read everything has little left to lose
        disturbed = tmp_path / f"disturbed-{seed}.db"
        killed_and_resumed(site, disturbed, kills, seed=seed)
        assert content(disturbed) == content(undisturbed), f"seed {seed}"
        assert rows(disturbed, "PRAGMA integrity_check") == [("ok",)]
        assert rows(disturbed, "PRAGMA foreign_key_check") == []


def test_any_story_of_a_series_is_a_start_of_it(site: ExampleSite, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    scrapy(archive, crawl_command(site.start_url))
    before = rows(archive, "SELECT name, title FROM series")
    other = site.url("publisher:/jishi/202304/t20230418_1012.html")
    again = scrapy(archive, crawl_command(other))
    assert "巡河手记: 15 stories" in again.stdout
    assert rows(archive, "SELECT name, title FROM series") == before
