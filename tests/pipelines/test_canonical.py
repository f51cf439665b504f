"""Which copy stands for a story when several are equally trusted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from storage import Archive, schema
from storage.rows import Trust
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import STORY
from wangqi.copies.corroboration import CopyText, support
from wangqi.visit import Discovery, Visit

SHORTENED = "\n".join(line for line in STORY.split("\n") if not line.startswith("今年5月"))
MISCOUNTED = STORY.replace("46家", "64家")


@pytest.mark.parametrize("worse", [SHORTENED, MISCOUNTED], ids=["cut short", "a number of its own"])
def test_what_two_other_sites_say_outweighs_who_was_first(archive: Archive, worse: str) -> None:
    first = keep(archive, "https://first.example/1", worse)
    second = keep(archive, "https://second.example/1", STORY)
    third = keep(archive, "https://www.third.example/1", STORY.replace("薄弱", "单薄"))
    assert {one.story_id for one in (second, third)} == {first.story_id}
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert copies.story.url == "https://second.example/1"
    assert copies.copies[0].relation is None
    (decision,) = copies.decisions
    assert (decision.kind, "sentences that other sites carry as well" in decision.reason) == ("canonical", True)
    assert [hit.story.id for hit in archive.search("消防验收")] == [first.story_id]


def test_a_verified_site_needs_no_second_one(archive: Archive) -> None:
    archive.edit_host("verified.example", registrable="verified.example", trust="verified", by="林")
    first = keep(archive, "https://first.example/1", SHORTENED)
    keep(archive, "https://verified.example/1", STORY)
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert found.story.url == "https://verified.example/1"


def test_a_reason_is_kept_for_the_copy_that_stands(archive: Archive) -> None:
    first = keep(archive, "https://first.example/1", STORY)
    assert reason(archive, first.story_id) is None, "there is no other copy"
    keep(archive, "https://second.example/1", STORY)
    assert reason(archive, first.story_id) == "it was read first, and the copy on second.example is as good"
    archive.edit_host("third.example", registrable="third.example", trust="known", by="林")
    keep(archive, "https://third.example/1", STORY)
    said = reason(archive, first.story_id) or ""
    assert said.startswith("it is on a known site, no sign found, and the copy on")


def test_the_copy_that_other_sites_call_the_original_stands_for_the_story(archive: Archive) -> None:
    first = keep(archive, "https://first.example/1", STORY, details={"canonical_url": "https://second.example/1"})
    keep(archive, "https://second.example/1", STORY, details={"canonical_url": "https://second.example/1"})
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert copies.story.url == "https://second.example/1"
    (decision,) = copies.decisions
    assert "1 other site names it as the original" in decision.reason
    third = keep(archive, "https://third.example/1", STORY, details={"canonical_url": "https://nowhere.example/1"})
    assert third.story_id == first.story_id
    after = archive.story(first.story_id or 0)
    assert after is not None
    assert after.story.url == "https://second.example/1", "what nobody has fetched is no original"


LOST = {"role": "part", "number": 2, "url": "https://first.example/1_2", "lacks": "the server answered 404"}


def test_what_was_read_badly_gives_way(archive: Archive) -> None:
    first = keep(archive, "https://first.example/1", STORY, details={"parts": [LOST]})
    keep(archive, "https://second.example/1", STORY)
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert copies.story.url == "https://second.example/1"
    assert "part 2 (https://first.example/1_2) is missing" in copies.decisions[0].reason


@pytest.mark.parametrize("trust", ["unknown", "hijacked"])
def test_a_page_that_a_column_showed_goes_before_one_that_was_only_read(archive: Archive, trust: Trust) -> None:
    archive.edit_host("portal.example", registrable="portal.example", trust=trust, by="林")
    column = Visit(
        series_id=archive.series_named("一线故事"),
        run_id=None,
        url="https://www.portal.example/column",
        outcome="listing",
        discoveries=[Discovery(url="https://home.example/1", via="entry", title="林海生：三年跑遍十八个村")],
    )
    archive.record(column).result()
    days_ago(archive, 3)
    mirror = keep(archive, "https://mirror.example/1", STORY)
    keep(archive, "https://home.example/1", STORY)
    copies = archive.copies(mirror.story_id or 0)
    assert copies is not None
    if trust == "hijacked":  # its column proves nothing
        assert (copies.story.url, copies.decisions) == ("https://mirror.example/1", [])
    else:
        assert copies.story.url == "https://home.example/1"
        assert "its column showed it on" in copies.decisions[0].reason


def reason(archive: Archive, story_id: int | None) -> str | None:
    copies = archive.copies(story_id or 0)
    assert copies is not None
    return copies.reason


def days_ago(archive: Archive, days: int) -> None:
    """Moves what a column has shown into the past."""
    seen = update(schema.page).values(listed_at=datetime.now(UTC) - timedelta(days=days))
    archive._write(lambda c: c.execute(seen.where(schema.page.c.listed_at.is_not(None))))


def test_mirrors_on_one_site_count_once() -> None:
    def text(number: int, host: str, text: str) -> CopyText:
        return CopyText(revision_id=number, host=host, is_verified=False, text=text)

    shared, alone = "渡口今天来了很多客人。", "船工收了桨就回家去了。"
    texts = [
        text(1, "a.example", shared),
        text(2, "m.b.example", shared + alone),
        text(3, "www.b.example", shared + alone),
    ]
    assert [one.carried for one in support(texts).values()] == [1, 1, 1]


def test_a_number_that_most_sites_have_otherwise_is_counted_and_a_table_is_none() -> None:
    def text(number: int, text: str) -> CopyText:
        return CopyText(revision_id=number, host=f"site{number}.example", is_verified=False, text=text)

    table = "第1号船今天渡了9人。第2号船今天渡了7人。"
    texts = [text(n, f"渡口今天来了{46 if n < 3 else 64}位客人。{table}") for n in range(5)]
    assert [one.contradicted for one in support([*texts, text(5, table)]).values()] == [0, 0, 0, 1, 1, 0]
