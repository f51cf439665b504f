"""Two series that use one page: each reads it by its own account."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest

from storage import Archive
from tests.storage.stories import address, capture, record
from wangqi.visit import Discovery, Visit

COLUMN, FURTHER = "https://river.example/column/", "https://river.example/column/2"
LATER = timedelta(days=8)


class Reader:
    """One series, and its runs."""

    def __init__(self, archive: Archive, name: str, start: int) -> None:
        self.archive, self.start = archive, start
        self.series = archive.series_named(name)
        self.begin()

    def begin(self) -> None:
        self.run = self.archive.begin_run(self.series)
        self.archive.seed(self.series, [address(self.start)], watch=True)

    def claim(self, now: datetime | None = None) -> dict[str, str | None]:
        """What is due, and under which condition."""
        return {page.url: page.etag for page in self.archive.claim(self.series, self.run, now=now)}

    def tell(self, *urls: str, via: str = "listing") -> None:
        """Reads the start, which is a story that names these pages."""
        found = [Discovery(url=url, via=via) for url in urls]
        self.archive.record(record(self.series, self.run, self.start, named=[], discoveries=found)).result()

    def read(self, url: str, outcome: str = "listing", *further: str, etag: str = "x") -> None:
        found = [Discovery(url=target, via="page") for target in further]
        taken = capture(url, outcome, headers={"etag": etag})
        given = {"rows": 4, "capture": taken, "discoveries": found, "reason": "read"}
        page = Visit(series_id=self.series, run_id=self.run, url=url, outcome=outcome, **given)  # type: ignore[arg-type]
        self.archive.record(page).result()

    def crawl(self, *urls: str) -> dict[str, str | None]:
        """A whole run that finds everything as it was; answers what it asked for besides its start."""
        self.begin()
        asked = self.claim()
        asked.pop(address(self.start))
        self.tell(*urls)
        asked |= self.claim()
        for url in asked:
            self.read(url)
        self.archive.end_run(self.run, reason="finished", counts={})
        return asked


@pytest.fixture
def pair(archive: Archive) -> tuple[Reader, Reader]:
    return Reader(archive, "河上旧事", 1), Reader(archive, "山中日记", 2)


def test_a_column_is_read_by_every_run_of_both_as_if_it_were_alone(pair: tuple[Reader, Reader]) -> None:
    anglers, weavers = pair
    assert anglers.crawl(COLUMN) == {COLUMN: None}
    assert weavers.crawl(COLUMN) == {COLUMN: None}, "it has not been told yet what is unchanged"
    for _ in range(2):
        assert anglers.crawl() == {COLUMN: "x"}, "though its start no longer leads there"
        assert weavers.crawl(COLUMN) == {COLUMN: "x"}


def test_later_pages_wait_for_their_week_in_each(pair: tuple[Reader, Reader]) -> None:
    for one in pair:
        one.tell(COLUMN)
        one.claim()
        one.read(COLUMN, "listing", FURTHER)
        assert set(one.claim()) == {FURTHER}
        one.read(FURTHER)
        one.archive.end_run(one.run, reason="finished", counts={})
    for one in (*pair, *pair):
        assert set(one.crawl(COLUMN)) == {COLUMN}
    for one in pair:
        one.begin()
        assert set(one.claim(datetime.now(UTC) + LATER)) >= {COLUMN, FURTHER}
        one.archive.end_run(one.run, reason="finished", counts={})


def test_what_is_trouble_for_one_is_none_for_the_other(pair: tuple[Reader, Reader]) -> None:
    anglers, weavers = pair
    anglers.crawl(COLUMN)
    weavers.begin()
    weavers.tell(COLUMN)
    weavers.claim()
    weavers.read(COLUMN, "gone")
    assert [page.url for page in weavers.archive.unconfirmed(weavers.series)] == [COLUMN]
    assert anglers.archive.unconfirmed(anglers.series) == []
    assert anglers.crawl() == {COLUMN: "x"}
    assert weavers.crawl() == {COLUMN: None}


def test_a_page_that_the_other_is_reading_is_read_afterwards(pair: tuple[Reader, Reader]) -> None:
    anglers, weavers = pair
    anglers.tell(COLUMN)
    assert COLUMN in anglers.claim()
    weavers.tell(COLUMN)
    assert COLUMN not in weavers.claim()
    anglers.read(COLUMN)
    assert weavers.claim() == {COLUMN: None}


def test_what_became_a_story_of_the_other_is_not_read_again_for_one_that_only_found_it(
    pair: tuple[Reader, Reader],
) -> None:
    anglers, weavers = pair
    anglers.tell(address(9), via="entry")
    weavers.tell(address(9), via="series")
    assert address(9) in weavers.claim()
    weavers.archive.record(record(weavers.series, weavers.run, 9, named=[], discoveries=[])).result()
    assert address(9) not in anglers.claim()


def test_what_one_refused_is_read_by_it_again_when_a_block_names_it(pair: tuple[Reader, Reader]) -> None:
    anglers, weavers = pair
    anglers.tell(address(9), via="entry")
    anglers.claim()
    anglers.read(address(9), "out_of_scope")
    weavers.tell(address(9), via="entry")
    assert address(9) in weavers.claim()
    weavers.read(address(9), "out_of_scope")
    anglers.begin()
    anglers.tell(address(9), via="entry")
    assert address(9) not in anglers.claim()
    anglers.tell(address(9), via="series")
    assert address(9) in anglers.claim()


def test_both_may_watch_a_page(pair: tuple[Reader, Reader]) -> None:
    for one in chain(*[pair] * 3):
        one.begin()
        one.archive.seed(one.series, [COLUMN], watch=True)
        assert COLUMN in one.claim()
        one.read(COLUMN)


def test_everything_is_also_what_the_other_holds(pair: tuple[Reader, Reader]) -> None:
    anglers, weavers = pair
    for one in pair:
        one.crawl(COLUMN)
    anglers.begin()
    weavers.begin()
    anglers.archive.make_due(anglers.series, "all")
    assert anglers.claim()[COLUMN] is None
