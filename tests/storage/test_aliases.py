"""Several addresses of one page: known once one of them was read."""

from dataclasses import replace

import pytest

from storage import Archive
from tests.storage.stories import address, begun, record, story_text
from wangqi.visit import Discovery

SHORT = "https://river.example/s/Ab1"


def test_an_address_that_the_page_gives_itself_is_never_fetched(archive: Archive) -> None:
    series_id, run_id = begun(archive)
    found = Discovery(url=SHORT, via="series", title="河上旧事之1")
    named = record(series_id, run_id, 2)
    archive.record(replace(named, discoveries=[found])).result()
    archive.record(replace(record(series_id, run_id, 1), aliases=[SHORT])).result()
    archive.record(replace(record(series_id, run_id, 3), discoveries=[found])).result()
    assert SHORT not in {page.url for page in archive.claim(series_id, run_id, 50)}
    (told,) = archive.why(SHORT)
    assert (told.page.state, told.page.outcome, told.captures) == ("done", "copy", [])
    assert address(1) in told.page.reason
    (one,) = [story for story in archive.stories() if story.title == "河上旧事之1"]
    assert (told.page.story_id, one.copies) == (one.id, 1)


def test_a_mention_of_the_other_address_names_the_story(archive: Archive) -> None:
    series_id, run_id = begun(archive)
    line = replace(record(series_id, run_id, 2).named[0], url=SHORT, title="另一个叫法", title_key="另一个叫法")
    archive.record(replace(record(series_id, run_id, 2), named=[line])).result()
    archive.record(replace(record(series_id, run_id, 1), aliases=[SHORT])).result()
    assert archive.missing(series_id) == []


def test_a_text_that_was_edited_between_two_addresses_is_one_story(archive: Archive) -> None:
    series_id, run_id = begun(archive)
    archive.record(record(series_id, run_id, 1)).result()
    edited = story_text(1, "换了一篇短文", bands=[], sentences=[], sketch=None)
    read = record(series_id, run_id, 1, url=SHORT, story=edited, aliases=[address(1)])
    assert archive.record(read).result().outcome == "copy"
    assert len(list(archive.stories())) == 1


@pytest.mark.parametrize("aliases", [[SHORT], []])
def test_an_alias_that_is_read_after_all_stays_a_copy(archive: Archive, aliases: list[str]) -> None:
    series_id, run_id = begun(archive)
    archive.record(replace(record(series_id, run_id, 1), aliases=aliases)).result()
    assert archive.record(record(series_id, run_id, 1, url=SHORT)).result().outcome == "copy"
