"""Pages as many different sites write them: what a reader finds there is found, and nothing else."""

import pytest

from tests.crawler.extraction.links.fixtures import Fixture, fixtures, named, read

BATCHES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
PAGES = [fixture for batch in BATCHES for fixture in fixtures(batch)]
# Under “还想看” stand titles that have nothing in common with the page's own.
BEYOND_US = {"school_wechat_column_bold"}


@pytest.mark.parametrize("fixture", [page for page in PAGES if page.name not in BEYOND_US], ids=lambda page: page.name)
def test_the_series_and_the_neighbours_of_a_written_page_are_found(fixture: Fixture):
    page = read(fixture)
    assert page.kind == "story"
    assert set(named(page, "series")) == set(fixture.series)
    for kind in ("prev", "next"):
        wanted, got = fixture.gold[kind], named(page, kind)
        assert (wanted in got) if wanted else not got, kind


def test_no_page_is_given_a_wrong_author_or_day():
    for fixture in PAGES:
        page, day = read(fixture), fixture.gold["published"]
        assert page.author in {fixture.gold["author"], None}, fixture.name
        if page.published:
            assert day, fixture.name
            assert page.published.value.date().isoformat() == str(day)[:10], fixture.name
