"""Which copy stands for a story when several are equally trusted."""

import pytest

from storage import Archive
from storage.fittest import Rival, supported
from tests.pipelines.recorded import keep
from tests.pipelines.stories import STORY

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


def test_mirrors_on_one_site_count_once() -> None:
    def rival(number: int, host: str, text: str) -> Rival:
        return Rival(revision_id=number, host=host, vouches=False, text=text)

    shared, alone = "渡口今天来了很多客人。", "船工收了桨就回家去了。"
    rivals = [
        rival(1, "a.example", shared),
        rival(2, "m.b.example", shared + alone),
        rival(3, "www.b.example", shared + alone),
    ]
    assert supported(rivals) == {1: 1, 2: 1, 3: 1}
