"""What one visit leaves in the archive."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from storage import Archive, schema
from tests.storage.stories import address, begun, capture, changed, named, record, rows, story_text, words
from wangqi.copies.records import Candidate, Finding, Verdict
from wangqi.visit import NamedStory, Visit


def test_a_new_story_is_stored_with_all_that_belongs_to_it(archive: Archive) -> None:
    series, run = begun(archive)
    done = archive.record(record(series, run, 9)).result()
    assert (done.outcome, done.new_pages) == ("stored", 4)
    found = archive.story(done.story_id or 0)
    assert found is not None
    assert (found.story.title, found.story.text, found.story.url) == ("河上旧事之9", words(9), address(9))
    assert [line.title for line in found.mentions] == [f"河上旧事之{n}" for n in (8, 7, 6, 5)]
    (fetch,) = archive.captures(done.page_id)
    assert (fetch.kind, archive.payload(fetch.payload_sha256 or "")) == ("response", words(9).encode())
    assert [page.url for page in archive.claim(series, run)] == [address(n) for n in (8, 7, 6, 5)]


def test_the_same_page_again_adds_a_capture_and_nothing_else(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()
    tables = ("text", "story", "revision", "payload", "page", "mention", "lsh_band", "sentence", "sketch")
    before = {table: rows(archive, table) for table in tables}
    done = archive.record(record(series, run, 9)).result()
    assert (done.outcome, done.new_pages) == ("unchanged", 0)
    assert {table: rows(archive, table) for table in tables} == before
    assert [fetch.kind for fetch in archive.captures(done.page_id)] == ["response", "revisit"]


def test_the_same_text_elsewhere_is_a_copy(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    mirror = archive.record(record(series, run, 9, url="https://mirror.example/nine")).result()
    assert (mirror.outcome, mirror.story_id, mirror.known) == ("copy", first.story_id, address(9))
    assert (rows(archive, "text"), rows(archive, "story"), rows(archive, "revision")) == (1, 1, 2)
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert [page.relation for page in found.pages] == [None, "same"]


def test_an_equal_match_key_joins_without_a_judge(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    spaced = story_text(9, words(9).replace("，", ", "), match_key=words(9))
    assert archive.record(record(series, run, 9, url="https://mirror.example/9", story=spaced)).result().story_id == (
        first.story_id
    )


def test_short_equal_texts_under_different_titles_are_two_stories(archive: Archive) -> None:
    series, run = begun(archive)
    one = archive.record(record(series, run, 1, text="点击看图")).result()
    two = archive.record(record(series, run, 2, text="点击看图")).result()
    assert (one.outcome, two.outcome) == ("stored", "stored")
    assert one.story_id != two.story_id


def test_a_changed_text_is_a_revision_and_becomes_canonical(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    longer = words(9) + "\n后来渡口改成了码头"
    story = changed(story_text(9), text=longer, match_key=longer)
    second = archive.record(record(series, run, 9, story=story)).result()
    assert (second.outcome, second.story_id, second.reason) == ("revised", first.story_id, "the text changed")
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert (found.story.text, [row.parent_id for row in found.revisions]) == (longer, [None, first.revision_id])
    assert [hit.story.id for hit in archive.search("码头")] == [first.story_id]
    back = archive.record(record(series, run, 9)).result()
    assert (back.outcome, rows(archive, "text"), archive.search("码头")) == ("revised", 2, [])


def test_a_new_title_alone_is_a_revision(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()
    done = archive.record(record(series, run, 9, story=changed(story_text(9), title="渡口"))).result()
    assert (done.outcome, done.reason, rows(archive, "text")) == ("revised", "the title changed", 1)


@pytest.mark.parametrize("outcome", ["blocked", "gone", "soft_404", "not_story", "failed"])
def test_a_page_that_stops_being_good_keeps_its_story(archive: Archive, outcome: str) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    broken = Visit(
        series_id=series,
        run_id=run,
        url=address(9),
        outcome=outcome,
        reason="环境异常",
        capture=capture(address(9), b"x"),
    )
    done = archive.record(broken).result()
    assert (done.outcome, done.story_id, done.revision_id) == (outcome, first.story_id, first.revision_id)
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert (found.story.text, found.pages[0].outcome, found.pages[0].reason) == (words(9), outcome, "环境异常")


def test_the_judge_sees_the_likeliest_first_and_joins(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    archive.record(
        record(series, run, 8, story=changed(story_text(8), bands=story_text(9).marks.fingerprint.bands[:1]))
    ).result()
    seen: list[Candidate] = []

    def judge(candidates: Sequence[Candidate]) -> Sequence[Verdict]:
        seen.extend(candidates)
        spun = Finding(detector="swap", version=1, label="words_swapped", score=0.9, summary="孝顺 for 贡献")
        return [
            Verdict(
                text_id=candidates[0].text_id,
                relation="altered",
                joins=True,
                score=0.9,
                evidence={"changed": 3},
                findings=[spun],
            )
        ]

    altered = changed(story_text(9), text="改过的" + words(9), match_key="改过的" + words(9))
    done = archive.record(record(series, run, 9, url="https://spun.example/9", story=altered), judge).result()
    assert [(one.shared_bands, one.shared_sentences) for one in seen] == [(42, 18), (1, 0)]
    assert (seen[0].text, seen[0].hosts) == (words(9), ("river.example",))
    assert (done.outcome, done.story_id) == ("copy", first.story_id)
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert [(one.relation, one.evidence) for one in found.relations] == [("altered", {"changed": 3})]
    assert [(one.label, one.revision_id) for one in found.findings] == [("words_swapped", done.revision_id)]
    assert found.story.text == words(9), "the first copy stays canonical"


def test_a_revision_is_never_judged_against_its_own_page(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()

    def judge(candidates: Sequence[Candidate]) -> Sequence[Verdict]:
        raise AssertionError(f"nothing to judge, but got {candidates}")

    edited = changed(story_text(9), text=words(9) + "。", match_key=words(9) + "。")
    assert archive.record(record(series, run, 9, story=edited), judge).result().outcome == "revised"


def test_a_page_that_takes_another_storys_text_keeps_its_own_story(archive: Archive) -> None:
    series, run = begun(archive)
    nine = archive.record(record(series, run, 9)).result()
    eight = archive.record(record(series, run, 8)).result()
    done = archive.record(record(series, run, 9, story=story_text(8))).result()
    assert (done.outcome, done.story_id) == ("revised", eight.story_id)
    assert f"keeps story {nine.story_id}" in done.reason
    found = archive.story(nine.story_id or 0)
    assert found is not None
    assert (found.story.text, [page.url for page in found.pages]) == (words(9), [address(9)])


def test_an_address_given_to_another_story_makes_a_new_story(archive: Archive) -> None:
    series, run = begun(archive)
    nine = archive.record(record(series, run, 9)).result()
    done = archive.record(record(series, run, 20, url=address(9))).result()
    assert (done.outcome, "another story" in done.reason) == ("revised", True)
    assert done.story_id != nine.story_id
    assert {story.title for story in archive.stories()} == {"河上旧事之9", "河上旧事之20"}


def test_a_formula_that_many_texts_share_makes_no_candidates(archive: Archive) -> None:
    series, run = begun(archive)
    for number in range(1, 9):
        story = changed(story_text(number), sentences=[77], bands=[])
        archive.record(record(series, run, number, story=story)).result()
    assert rows(archive, "sentence") == 6
    seen: list[Candidate] = []
    story = changed(story_text(9), sentences=[77], bands=[])
    archive.record(record(series, run, 9, story=story), lambda found: seen.extend(found) or []).result()
    assert not seen


def test_a_mention_resolves_whichever_comes_first(archive: Archive) -> None:
    series, run = begun(archive)
    unlinked = NamedStory(position=0, title="河上旧事之3", title_key="河上旧事之3")
    archive.record(record(series, run, 9, named=[unlinked])).result()
    assert [gap.reason for gap in archive.missing(series)] == ["no link"]
    three = archive.record(record(series, run, 3, named=[])).result()
    archive.record(record(series, run, 10, named=[unlinked])).result()
    found = archive.story(three.story_id or 0)
    assert found is not None
    assert [line.by_url for line in found.named_by] == [address(9), address(10)]


def test_an_edited_list_is_no_revision(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()
    one = NamedStory(position=0, title="渡口的灯", title_key="渡口的灯", url="https://river.example/lamp")
    done = archive.record(record(series, run, 9, named=[one])).result()
    assert (done.outcome, rows(archive, "revision"), rows(archive, "mention")) == ("unchanged", 1, 5)
    assert [gap.title for gap in archive.missing(series)] == ["渡口的灯"]


def test_a_record_that_fails_leaves_its_neighbours_alone(archive: Archive) -> None:
    series, run = begun(archive)
    bad = record(series, run, 500, capture=capture(address(500), "x", fetched_at="never"))
    futures = [archive.record(bad if n == 20 else record(series, run, n)) for n in range(1, 41)]
    failed = [n for n, future in enumerate(futures, 1) if future.exception()]
    assert failed == [20]
    assert rows(archive, "story") == 39


def test_bytes_that_were_damaged_are_not_given_out(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 1)).result()
    (page,) = archive.visited(run, ["stored"])
    sha256 = archive.captures(page.id)[0].payload_sha256
    assert sha256
    assert archive.payload(sha256) == words(1).encode()
    whole = archive._read(lambda c: c.scalar(select(schema.payload.c.body)))
    for damaged in (b"", b"no frame", whole[:-9], whole[:20] + b"x" + whole[21:]):
        archive._write(lambda c, damaged=damaged: c.execute(update(schema.payload).values(body=damaged)))
        with pytest.raises(ValueError, match=f"The payload {sha256} is damaged"):
            archive.payload(sha256)


def test_a_number_that_no_column_holds_is_none_and_the_visit_is_kept(archive: Archive) -> None:
    """Row 5 of issue 12."""
    series, run = begun(archive)
    huge = 10**30
    lines = [replace(line, position=huge + line.position) for line in named(8, 7)]
    seen = capture(address(9), words(9), status=huge)
    story = story_text(9, ordinal=huge)
    done = archive.record(record(series, run, 9, story=story, named=lines, capture=seen, rows=huge)).result()
    assert done.outcome == "stored"
    (history,) = archive.why(address(9))
    assert [visit.status for visit in history.captures] == [None]
    found = archive.story(done.story_id or 0)
    assert found is not None
    assert (found.story.ordinal, len(found.mentions)) == (None, 2)
    listing = Visit(series_id=series, run_id=run, url=address(3), outcome="listing", rows=huge)
    assert archive.record(listing).result().outcome == "listing"
