"""On which sites a series lives, whatever site a person began at."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction import extract_page
from crawler.extraction.model import Extraction
from crawler.scope.arrivals import Link
from crawler.scope.home import ORIGINAL, Home
from crawler.scope.links import Scope
from storage.rows import KnownAddress
from tests.story_pages import story

MIRROR, OWN = "https://copies.example/boats/9.html", "https://harbour.example/logs/9.html"
TITLE = "船坞日志｜第9条船的油漆"
CLAIM = f'<link rel="canonical" href="{OWN}">'


def read(page: bytes, url: str) -> Extraction:
    return extract_page(page.partition(b"\r\n\r\n")[2], url, {"content-type": "text/html; charset=utf-8"})


def begun_at_mirror(claim: str = CLAIM, places: tuple[KnownAddress, ...] = ()) -> tuple[Scope, dict[str, str]]:
    scope = Scope(SeriesSpec.of_url(MIRROR), places=places)
    found = scope.discover(read(story(TITLE, head=claim), MIRROR), MIRROR, 0)
    return scope, {row.url: row.reason for row in found}


def test_where_a_mirror_says_that_its_original_is_the_series_is_at_home_once_it_was_read_there() -> None:
    scope, found = begun_at_mirror()
    assert found[OWN] == ORIGINAL
    assert scope.home.is_named(MIRROR)  # themes name addresses at which nothing is
    original = read(story(TITLE, [("船坞日志｜第8条船的油漆", "8.html")], head=CLAIM), OWN)
    assert scope.why_foreign(original, OWN, Link(TITLE, ORIGINAL, "entry")) is None
    led_to = {row.url for row in scope.discover(original, OWN, 1, Link(TITLE, ORIGINAL, "entry"))}
    assert "https://harbour.example/logs/8.html" in led_to
    assert scope.home.is_named(OWN)
    assert not scope.home.is_named(MIRROR)


def test_another_story_at_that_address_is_no_home() -> None:
    scope, _ = begun_at_mirror()
    other = read(story("春运期间公交线路的调整"), OWN)
    assert scope.why_foreign(other, OWN, Link(TITLE, ORIGINAL, "entry"))
    assert scope.home.is_named(MIRROR)


@pytest.mark.parametrize("claim", ["", f'<link rel="canonical" href="{MIRROR}?from=list">'])
def test_a_page_that_names_no_other_site_leads_to_none(claim: str) -> None:
    assert ORIGINAL not in begun_at_mirror(claim)[1].values()


def test_later_runs_know_the_home() -> None:
    scope, _ = begun_at_mirror(places=(KnownAddress(url=OWN, found_reason=ORIGINAL, has_story=True),))
    assert scope.home.is_named(OWN)
    assert not scope.home.is_named(MIRROR)


@pytest.mark.parametrize(
    ("members", "is_home"),
    [
        ({"8": True, "7": True}, True),
        ({"8": True}, False),
        ({"8": False, "7": False}, False),
        ({"8": True, "7": True, MIRROR: True}, False),  # it has members of its own
    ],
)
def test_a_site_on_which_all_members_lie_that_the_start_names_is_a_home(
    members: dict[str, bool], *, is_home: bool
) -> None:
    home = Home([MIRROR])
    named = {url if url == MIRROR else f"https://harbour.example/{url}": in_block for url, in_block in members.items()}
    home.hear(MIRROR, named)
    assert home.is_named(OWN) is is_home
    assert home.is_named(MIRROR)
