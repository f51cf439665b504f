"""Readers of every kind and a crawl at once, on both databases: nobody waits for a lock in vain."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from storage import Archive
from tests.crawler.site import serving
from tests.torture.large_site import begun, serve_series
from wangqi import exit_codes

LENGTH: Final = 3_000  # stories; more than a crawl reads in that time
SECONDS: Final = 60
READERS: Final = 4
QUESTIONS: Final[tuple[Callable[[Archive], object], ...]] = (
    lambda archive: list(archive.stories(limit=50)),
    lambda archive: archive.search("钟声 OR 渡口", limit=20),
    lambda archive: archive.search_texts("哑钟", limit=5),
    lambda archive: archive.facets("渡口"),
    lambda archive: archive.series(),
    lambda archive: [archive.story(story.id) for story in archive.stories(limit=3)],
    lambda archive: archive.runs(limit=5),
)


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_readers_and_a_crawl_at_once(url: str, tmp_path: Path) -> None:
    Archive(url).close()
    until = time.monotonic() + SECONDS
    asked, troubles = Counter[str](), list[str]()

    def read(number: int) -> None:
        """One in two opens the archive for each question, as commands do; the others keep it open, as the web does."""
        archive = Archive(url, read_only=True)
        try:
            while time.monotonic() < until:
                for place, question in enumerate(QUESTIONS):
                    question(archive)
                    asked[str(place)] += 1
                if number % 2:
                    archive.close()
                    archive = Archive(url, read_only=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            troubles.append(f"{type(error).__name__}: {error}")
        finally:
            archive.close()

    with serving() as site:
        start = serve_series(site, LENGTH)
        readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
        for reader in readers:
            reader.start()
        crawl = begun(url, tmp_path, start)
        while time.monotonic() < until and crawl.poll() is None:
            time.sleep(0.5)
        lasted = crawl.poll() is None
        if lasted:
            crawl.send_signal(signal.SIGTERM)
        code = crawl.wait()
        for reader in readers:
            reader.join()
    with Archive(url, read_only=True) as archive:
        stored = archive.count_stories()
    told = (tmp_path / "told").read_text("utf-8")
    print(f"{asked.total()} questions, {stored} stories stored, the crawl ended with {code}")
    assert troubles == []
    assert "locked" not in told
    assert "Traceback" not in told
    assert min(asked.values()) > READERS
    assert lasted, "the crawl was over before the readers"
    assert code == exit_codes.SIGNAL
    assert stored > 0
