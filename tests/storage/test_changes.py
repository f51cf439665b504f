"""What a changed page means, and that the last good text is never lost over it."""

from dataclasses import replace

import pytest

from storage import Archive
from tests.storage.stories import address, begun, capture, changed, named, record, story_text, words
from wangqi.copies.ranks import TAMPERED
from wangqi.visit import Visit


def changes(archive: Archive) -> list[str | None]:
    """Of every visit of the page of story 9."""
    (history,) = archive.why(address(9))
    return [visit.change for visit in history.captures]


def test_a_page_by_what_each_visit_changed(archive: Archive) -> None:
    series, run = begun(archive)
    pointed = changed(story_text(9), text=words(9).replace("，", "， "), match_key=words(9))
    longer = changed(story_text(9), text=words(9) + "\n渡口改成了码头", match_key=words(9) + "渡口改成了码头")
    gone = Visit(series_id=series, run_id=run, url=address(9), outcome="gone", capture=capture(address(9), b""))
    visits = [
        record(series, run, 9),
        record(series, run, 9),
        record(series, run, 9, named=named(8, 7)),
        record(series, run, 9, story=pointed, named=named(8, 7)),
        record(series, run, 9, story=longer, named=named(8, 7)),
        replace(gone, outcome="blocked"),
        replace(gone, outcome="blocked"),
        gone,
        record(series, run, 9, story=longer, named=named(8, 7)),
    ]
    for visit in visits:
        archive.record(visit).result()
    assert changes(archive) == [
        None,
        None,
        "list_only",
        "cosmetic",
        "substantive",
        "became_block",
        None,
        "deleted",
        None,
    ]
    (history,) = archive.why(address(9))
    assert [one.change for one in history.revisions] == [None, "cosmetic", "substantive"]


def test_a_tampered_text_never_takes_the_place_of_the_last_good_one(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    spun = changed(story_text(9), text="孝顺了" + words(9), match_key="孝顺了" + words(9), standing=TAMPERED + 6)
    done = archive.record(record(series, run, 9, story=spun)).result()
    assert (done.outcome, done.story_id) == ("tampered", first.story_id)
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert (found.story.text, found.story.status, found.story.revision_id) == (words(9), "ok", first.revision_id)
    assert (changes(archive), archive.search("孝顺")) == ([None, "tampered"], [])
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    shown = [(copy.revision_id, copy.is_canonical, copy.change) for copy in copies.copies]
    assert shown == [(first.revision_id, True, None), (done.revision_id, False, "tampered")]
    healed = words(9) + "\n网站恢复了"
    archive.record(record(series, run, 9, story=changed(story_text(9), text=healed, match_key=healed))).result()
    after = archive.story(first.story_id or 0)
    assert after is not None
    assert after.story.text == healed


def test_a_page_that_was_tampered_with_from_the_first_heals(archive: Archive) -> None:
    series, run = begun(archive)
    spun = changed(story_text(9), text="孝顺了" + words(9), match_key="孝顺了" + words(9), standing=TAMPERED + 6)
    first = archive.record(record(series, run, 9, story=spun)).result()
    archive.record(record(series, run, 9)).result()
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert (found.story.text, found.story.status) == (words(9), "ok")


@pytest.mark.parametrize("title", ["河上旧事之9", "金彩娱乐"])
def test_a_text_that_was_replaced_as_a_whole_is_flagged(archive: Archive, title: str) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    other = changed(story_text(20), title=title, title_key=title)
    done = archive.record(record(series, run, 9, story=other)).result()
    assert (done.story_id == first.story_id) is (title == "河上旧事之9")
    found = archive.story(done.story_id or 0)
    assert found is not None
    assert [(sign.label, sign.revision_id) for sign in found.findings] == [("text_replaced", done.revision_id)]
    kept = archive.text(f"r{first.revision_id}")
    assert (kept.text, kept.story_id) == (words(9), first.story_id)


def test_a_page_that_turns_into_a_known_story_is_kept_apart_and_flagged(archive: Archive) -> None:
    series, run = begun(archive)
    nine = archive.record(record(series, run, 9)).result()
    eight = archive.record(record(series, run, 8)).result()
    archive.record(record(series, run, 9, story=story_text(8))).result()
    assert changes(archive) == [None, "other_story"]
    copies = [archive.copies(one.story_id or 0) for one in (nine, eight)]
    told = [[(copy.url, copy.page_story_id, copy.now_story_id) for copy in one.copies] for one in copies if one]
    assert told == [
        [(address(9), nine.story_id, eight.story_id)],
        [(address(8), eight.story_id, eight.story_id), (address(9), nine.story_id, eight.story_id)],
    ]
    stories = [archive.story(one.story_id or 0) for one in (nine, eight)]
    assert [one.story.text for one in stories if one] == [words(9), words(8)]
    assert [[sign.label for sign in one.findings] for one in stories if one] == [[], ["text_replaced"]]
