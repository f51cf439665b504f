"""The documents that a story stands in beside its own page."""

from dataclasses import replace

from storage import Archive
from tests.storage.stories import address, begun, capture, named, record, story_text, words
from wangqi.visit import Discovery, PartRecord, Visit

SECOND = "https://river.example/7_2"
LACKS = f"part 2 ({SECOND}) is missing: the server answered 404"


def whole(archive: Archive) -> tuple[Visit, str]:
    """A story in two parts, and what its own page alone has of it."""
    series_id, run_id = begun(archive)
    first, text = words(7), f"{words(7)}\n第二天，船工们把渡船漆了一遍。"
    came = PartRecord(url=SECOND, outcome="part", reason="part 2 of the story", capture=capture(SECOND, "第二天"))
    return record(series_id, run_id, 7, text=text, parts=[came]), first


def test_a_part_is_a_page_of_its_own_and_its_bytes_are_kept(archive: Archive) -> None:
    story, _ = whole(archive)
    stored = archive.record(story).result()
    (told,) = archive.why(SECOND)
    assert (told.page.outcome, told.page.relation, told.page.story_id) == ("part", "part", stored.story_id)
    assert (told.page.state, told.page.discovered_from) == ("done", address(7))
    (kept,) = told.captures
    assert archive.payload(kept.payload_sha256 or "") == "第二天".encode()
    part = archive.kept_part(SECOND)
    assert part is not None
    assert part.body == "第二天".encode()
    (one,) = archive.stories()
    assert one.copies == 1, "a part is no copy"
    assert archive.series_of_page(SECOND) == "河上旧事", "who starts with a part means its series"
    assert archive.kept_part(address(7)) is None


def test_a_link_to_a_part_names_the_story_before_and_after(archive: Archive) -> None:
    story, _ = whole(archive)
    line = replace(named(7)[0], title="渡口漆船记", title_key="渡口漆船记", url=SECOND)
    found = Discovery(url=SECOND, via="series", title=line.title)
    earlier = record(story.series_id, story.run_id, 8, named=[line], discoveries=[found])
    archive.record(earlier).result()
    archive.record(story).result()
    archive.record(record(story.series_id, story.run_id, 9, named=[line], discoveries=[found])).result()
    assert line.title not in {one.title for one in archive.missing(story.series_id)}
    assert SECOND not in {page.url for page in archive.claim(story.series_id, story.run_id or 0, 50)}
    archive.make_due(story.series_id, "all")
    later = archive.begin_run(story.series_id)
    assert SECOND not in {page.url for page in archive.claim(story.series_id, later, 50)}, "its story asks for it"


def test_a_story_with_a_missing_part_is_incomplete_until_the_part_has_come(archive: Archive) -> None:
    story, first = whole(archive)
    lost = PartRecord(url=SECOND, outcome="gone", reason="the server answered 404", capture=capture(SECOND, None))
    answer = replace(story.capture, headers={"etag": '"1"'}) if story.capture else None
    due = answer.fetched_at if answer else None
    partial = replace(
        story, **story_text(7, first)._asdict(), parts=[lost], lacks=LACKS, capture=answer, revisit_at=due
    )
    assert archive.record(partial).result().outcome == "incomplete"
    (told,) = archive.why(address(7))
    assert LACKS in told.page.reason
    later = archive.begin_run(story.series_id)
    (due_page,) = [page for page in archive.claim(story.series_id, later, 50) if page.url == address(7)]
    assert due_page.etag is None, "that this page has not changed says nothing of the part"
    assert archive.kept_part(SECOND) is None
    assert archive.ledger(story.series_id).entries[-1].reason.startswith(LACKS)
    assert archive.record(replace(story, run_id=later)).result().outcome == "revised"
    (one,) = archive.stories()
    assert one.text.endswith("漆了一遍。")


def test_a_page_that_forgets_its_parts_does_not_replace_the_whole(archive: Archive) -> None:
    story, first = whole(archive)
    archive.record(story).result()
    shorter = replace(story, **story_text(7, first)._asdict(), parts=[], capture=capture(address(7), "只有第一页"))
    recorded = archive.record(shorter).result()
    assert recorded.outcome == "truncated"
    assert "the whole text is kept" in recorded.reason
    (one,) = archive.stories()
    assert one.text.endswith("漆了一遍。")
    other = replace(story, **story_text(7, "一篇新的短文，讲的是别的事。")._asdict(), parts=[])
    assert archive.record(other).result().outcome == "revised", "an edit is an edit"


def test_a_story_that_was_read_from_its_second_part_on_becomes_whole(archive: Archive) -> None:
    story, _ = whole(archive)
    lost = PartRecord(url=address(7), outcome="failed", reason="part 1 of the story", capture=capture(address(7), None))
    rest = story_text(
        7, "第二天，船工们把渡船漆了一遍。", bands=[], sentences=[], sketch=None, flaws="part 1 is missing"
    )
    second = replace(story, url=SECOND, parts=[lost], lacks="part 1 is missing", discoveries=[], named=[])
    second = replace(second, **rest._asdict())
    first = archive.record(replace(second, capture=capture(SECOND, "第二天"))).result()
    assert first.outcome == "incomplete"
    later = archive.begin_run(story.series_id)
    assert address(7) not in {page.url for page in archive.claim(story.series_id, later, 50)}
    found = [Discovery(url=address(7), via="series")]
    told = replace(
        second, run_id=later, reading=None, marks=None, outcome="part", lacks="", parts=[], discoveries=found
    )
    assert archive.record(told).result().outcome == "part"
    assert [page.url for page in archive.claim(story.series_id, later, 50)] == [address(7)], "it has come now"
    came = archive.record(story).result()
    assert came.story_id == first.story_id
    (one,) = archive.stories()
    assert (one.url, one.text.endswith("漆了一遍。"), "编号7" in one.text) == (address(7), True, True)
    assert archive.why(SECOND)[0].page.outcome == "part"
