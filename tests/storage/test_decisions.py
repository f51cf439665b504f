"""The word of people on copies: it is carried out, kept, and outranks every later verdict."""

from collections.abc import Sequence
from typing import Any

import pytest

from storage import Archive
from storage.db.errors import UndecidableError, UnknownTextError
from storage.rows import RelationRow
from storage.works.merging import parted
from tests.storage.stories import FIRST_DAY, address, begun, changed, named, record, rows, story_text, words
from wangqi.copies.records import Candidate, Verdict
from wangqi.visit import MarkedReading, NamedStory, Recorded


def joins(candidates: Sequence[Candidate]) -> list[Verdict]:
    """A judge to whom everything is a changed copy."""
    return [verdict(one.text_id, "altered", joins=True) for one in candidates]


def links(candidates: Sequence[Candidate]) -> list[Verdict]:
    return [verdict(one.text_id, "sibling", joins=False, open=True) for one in candidates]


def verdict(text_id: int, relation: Any, **given: Any) -> Verdict:
    return Verdict(text_id=text_id, relation=relation, score=0.9, evidence={"verdict": "review"}, **given)


def like_nine(line: str) -> MarkedReading:
    """Another text with the fingerprints of story 9."""
    text = f"{words(9)}\n{line}"
    return changed(story_text(9), text=text, match_key=text)


def two_copies(archive: Archive, judge: Any) -> tuple[Recorded, Recorded]:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9)).result()
    mirror = record(series, run, 9, url="https://mirror.example/9", story=like_nine("渡口改成了码头"))
    return first, archive.record(mirror, judge).result()


def test_same_makes_two_stories_one_and_old_ids_lead_there(archive: Archive) -> None:
    first, second = two_copies(archive, links)
    series = archive.series("河上旧事")[0].id
    ten = archive.record(record(series, None, 10, named=named(9))).result()
    assert first.story_id != second.story_id
    (case,) = archive.open_cases()
    assert (case.verdict, {case.story_id, case.other_story_id}) == ("review", {first.story_id, second.story_id})
    done = archive.decide(str(first.story_id), "https://mirror.example/9", "same", by="林")
    assert (done.story_id, done.other_story_id) == (first.story_id, first.story_id)
    found = archive.story(second.story_id or 0)
    assert found is not None
    assert (found.story.id, [page.url for page in found.pages]) == (
        first.story_id,
        [address(9), "https://mirror.example/9"],
    )
    assert archive.open_cases() == []
    assert [hit.story.id for hit in archive.search("船工")] == [ten.story_id, first.story_id]
    copies = archive.copies(second.story_id or 0)
    assert copies is not None
    assert [(one.kind, one.decided_by, one.other_story_id) for one in copies.decisions] == [
        ("merge", "林", first.story_id)
    ]
    again = archive.record(record(series, None, 9, url="https://third.example/9", story=like_nine("渡口改成了码头")))
    assert again.result().story_id == first.story_id


def test_not_same_takes_a_copy_out_and_no_later_verdict_brings_it_back(archive: Archive) -> None:
    first, second = two_copies(archive, joins)
    assert first.story_id == second.story_id
    done = archive.decide("https://mirror.example/9", address(9), "not_same", by="林")
    assert done.other_story_id == first.story_id
    assert done.story_id != first.story_id
    found = archive.story(done.story_id)
    assert found is not None
    assert [(page.url, page.relation) for page in found.pages] == [("https://mirror.example/9", None)]
    assert found.story.text.endswith("渡口改成了码头")
    assert [hit.story.id for hit in archive.search("码头")] == [done.story_id]
    series = archive.series("河上旧事")[0].id
    edited = record(series, None, 9, url="https://mirror.example/9", story=like_nine("渡口改成了大码头"))
    after = archive.record(edited, joins).result()
    assert (after.outcome, after.story_id) == ("revised", done.story_id)
    same_key = changed(like_nine("渡口改成了码头。"), match_key=words(9))
    after = archive.record(record(series, None, 9, url="https://mirror.example/9", story=same_key)).result()
    assert after.story_id == done.story_id, "an equal match key does not outrank it either"
    back = archive.record(record(series, None, 9, url="https://mirror.example/9")).result()
    assert (back.story_id, rows(archive, "story")) == (done.story_id, 2), "nor does the very same text"


def test_an_id_that_was_merged_leads_to_where_its_text_went(archive: Archive) -> None:
    first, second = two_copies(archive, links)
    archive.decide(str(first.story_id), str(second.story_id), "same", by="林")
    done = archive.decide("https://mirror.example/9", address(9), "not_same", by="赵")
    found = archive.story(second.story_id or 0)
    assert found is not None
    assert (found.story.id, found.story.url) == (done.story_id, "https://mirror.example/9")
    assert done.story_id != first.story_id


def test_a_case_that_a_word_on_other_texts_has_answered_is_not_asked_again(archive: Archive) -> None:
    first, second = two_copies(archive, links)
    series = archive.series("河上旧事")[0].id
    edited = record(series, None, 9, url="https://mirror.example/9", story=like_nine("渡口改成了大码头"))
    archive.record(edited, links).result()
    assert len(archive.open_cases()) == 2
    archive.decide(address(9), f"r{second.revision_id}", "not_same", by="林")
    assert archive.open_cases() == []
    archive.decide(address(9), f"r{second.revision_id}", "same", by="林")
    assert archive.open_cases() == [], "they are one story now"
    assert archive.decide(str(second.story_id), address(9), "same", by="林").story_id == first.story_id


def test_people_may_change_their_mind(archive: Archive) -> None:
    first, _ = two_copies(archive, joins)
    done = archive.decide("https://mirror.example/9", address(9), "not_same", by="林")
    back = archive.decide("https://mirror.example/9", address(9), "same", by="赵")
    assert (back.story_id, back.other_story_id) == (first.story_id, first.story_id)
    found = archive.story(done.story_id)
    assert found is not None
    assert found.story.id == first.story_id
    ((said, by, before),) = [(one.relation, one.decided_by, one.evidence["before"]) for one in found.relations]
    assert (said, by, before) == ("same", "赵", {"relation": "not_same", "decided_by": "林"})


def test_a_not_same_between_other_copies_forbids_the_merge(archive: Archive) -> None:
    two_copies(archive, joins)
    archive.decide("https://mirror.example/9", address(9), "not_same", by="林")
    series = archive.series("河上旧事")[0].id
    third = record(series, None, 9, url="https://third.example/9", story=like_nine("船票涨到了五角"))
    archive.record(third, lambda found: [one for one in joins(found) if one.text_id == 1]).result()
    with pytest.raises(UndecidableError, match="not_same"):
        archive.decide("https://third.example/9", "https://mirror.example/9", "same", by="赵")
    assert rows(archive, "story") == 2


def test_a_fitter_copy_stands_for_the_story_after_a_merge(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9, story=changed(story_text(9), standing=20))).result()
    mirror = record(series, run, 9, url="https://mirror.example/9", story=like_nine("渡口改成了码头"))
    archive.record(mirror, links).result()
    kept = archive.decide(address(9), "https://mirror.example/9", "same", by="林").story_id
    copies = archive.copies(kept)
    assert copies is not None
    assert (copies.story.url, copies.story.status) == ("https://mirror.example/9", "ok")
    assert [copy.relation for copy in copies.copies] == [None, "same"]
    assert [one.kind for one in copies.decisions] == ["merge", "canonical"]


def test_what_cannot_be_decided_says_why(archive: Archive) -> None:
    series, run = begun(archive)
    for url in (address(9), "https://mirror.example/9"):
        archive.record(record(series, run, 9, url=url)).result()
    with pytest.raises(UndecidableError, match="the very same text"):
        archive.decide(address(9), "https://mirror.example/9", "not_same", by="林")
    with pytest.raises(UnknownTextError, match="'r77'"):
        archive.decide(address(9), "r77", "same", by="林")


def test_who_parts_takes_those_along_that_are_likest() -> None:
    def link(one: int, other: int, score: float) -> RelationRow:
        return RelationRow(
            text_id=one,
            other_text_id=other,
            relation="altered",
            score=score,
            evidence={},
            decided_by="auto",
            decided_at=FIRST_DAY,
        )

    links = [link(3, 2, 0.9), link(3, 1, 0.6), link(4, 3, 0.95), link(5, 1, 0.8), link(5, 2, 0.7)]
    assert parted([1, 2, 3, 4, 5, 6], links, leaving=2, staying=1) == [2, 3, 4]


def test_a_line_without_a_link_names_what_the_story_became(archive: Archive) -> None:
    first, second = two_copies(archive, links)
    archive.decide(str(first.story_id), str(second.story_id), "same", by="林")
    series = archive.series("河上旧事")[0].id
    line = NamedStory(position=0, title="河上旧事之9", title_key="河上旧事之9")
    ten = archive.record(record(series, None, 10, named=[line])).result()
    found = archive.story(ten.story_id or 0)
    assert found is not None
    assert [mention.story_id for mention in found.mentions] == [first.story_id]
