"""Pages as many different sites write them: what a reader finds there is found, and nothing else."""

import pytest

from tests.crawler.links.fixtures import Fixture, fixtures, named, read

PAGES = [fixture for batch in ("first", "second", "third", "fourth") for fixture in fixtures(batch)]


@pytest.mark.parametrize("fixture", PAGES, ids=[fixture.name for fixture in PAGES])
def test_the_series_and_the_neighbours_of_a_written_page_are_found(fixture: Fixture):
    page = read(fixture)
    assert page.kind == "story"
    assert set(named(page, "series")) == set(fixture.series)
    for kind in ("prev", "next"):
        wanted, got = fixture.gold[kind], named(page, kind)
        assert (wanted in got) if wanted else not got, kind
