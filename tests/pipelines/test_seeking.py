"""Stories of which only tampered copies are known are looked for, and a genuine one takes their place."""

from datetime import UTC, datetime, timedelta

from storage import Archive
from storage.frontier.recheck import PAUSE, seek
from tests.pipelines.recorded import keep
from tests.storage.stories import address, begun, changed, named, record, story_text, words
from tests.wangqi.copies.stories import SPUN as SPUN_STORY
from tests.wangqi.copies.stories import STORY
from wangqi.copies.ranks import TAMPERED
from wangqi.visit import Discovery, Visit

SPUN = changed(story_text(9), text="孝顺了" + words(9), match_key="孝顺了" + words(9), standing=TAMPERED + 6)


def due(archive: Archive, series: int) -> set[str]:
    run = archive.begin_run(series)
    return {page.url for page in archive.claim(series, run)}


def test_all_that_may_bring_a_fit_copy_is_read_again_on_a_rhythm(archive: Archive) -> None:
    series, run = begun(archive)
    columns = ["https://river.example/column", "https://river.example/column/2"]
    for url, via in zip(columns, ("listing", "page"), strict=True):
        found = [Discovery(url=columns[1], via="page")] if url != columns[1] else []
        archive.record(Visit(series_id=series, run_id=run, url=url, outcome="listing", discoveries=found)).result()
        assert via
    archive.record(record(series, run, 9, url="https://spun.example/9", story=SPUN)).result()
    archive.record(record(series, run, 10, named=named(9))).result()  # names story 9 at its own address
    archive.record(Visit(series_id=series, run_id=run, url=address(9), outcome="gone")).result()
    archive.record(record(series, run, 7)).result()
    archive.end_run(run, reason="finished", counts={})
    woken = due(archive, series)
    assert {"https://spun.example/9", address(9), *columns} <= woken
    assert address(7) not in woken, "what is genuine keeps its own rhythm"
    (story,) = [one for one in archive.stories() if one.status != "ok"]
    copies = archive.copies(story.id)
    assert copies is not None
    assert copies.sought_at is not None
    for url in ("https://spun.example/9", address(9)):
        again = record(series, None, 9, url=url, story=SPUN) if "spun" in url else None
        archive.record(again or Visit(series_id=series, run_id=None, url=url, outcome="gone")).result()
    assert not {"https://spun.example/9", address(9)} & due(archive, series), "not in every run"
    later = datetime.now(UTC) + PAUSE + timedelta(hours=1)
    assert archive._write(lambda c: seek(c, series, later)) == 1
    assert [entry.state for entry in archive.ledger(series).entries if entry.story_id == story.id] == ["tampered only"]


def test_a_genuine_copy_that_comes_takes_the_place_and_the_decision_says_so(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9, url="https://spun.example/9", story=SPUN)).result()
    genuine = changed(story_text(9), match_key=SPUN.marks.match_key, standing_reason="a site where the series lives")
    archive.record(record(series, run, 9, story=genuine)).result()
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert (copies.story.url, copies.story.status) == (address(9), "ok")
    (decision,) = copies.decisions
    assert decision.kind == "canonical"
    assert "it is on a site where the series lives, and the copy on spun.example is on" in decision.reason
    assert archive._write(lambda c: seek(c, series, datetime.now(UTC) + PAUSE)) == 0


def test_a_tampered_page_that_was_cleaned_stands_again_and_the_decision_says_so(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9, story=SPUN)).result()
    archive.record(record(series, run, 9)).result()
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert copies.story.status == "ok"
    (decision,) = copies.decisions
    assert "shows no strong sign of tampering any more" in decision.reason


def test_what_was_done_to_a_page_is_kept_on_its_tampered_text(archive: Archive) -> None:
    clean, spun = (keep(archive, "https://news.example/1", text) for text in (STORY, SPUN_STORY))
    healed = keep(archive, "https://news.example/1", STORY.replace("薄弱", "单薄"))
    assert clean.story_id == spun.story_id == healed.story_id
    found = archive.story(clean.story_id or 0)
    assert found is not None
    told = {(sign.revision_id, sign.label) for sign in found.findings if sign.detector == "other_copy"}
    assert {(spun.revision_id, "words_swapped"), (spun.revision_id, "words_injected")} <= told
    assert {revision for revision, _ in told} == {spun.revision_id}
    assert [one.change for one in found.revisions] == [None, "tampered", "cleaned"]
    assert (found.story.revision_id, archive.open_cases()) == (healed.revision_id, [])
    first = keep(archive, "https://spun.example/2", SPUN_STORY.replace("林海生", "林海声"), title="林海声")
    assert first.story_id == clean.story_id


def test_another_page_of_the_story_that_was_cleaned_takes_the_place(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(record(series, run, 9, url="https://spun.example/9", story=SPUN)).result()
    archive.record(record(series, run, 9, url="https://other.example/9", story=SPUN)).result()
    archive.record(record(series, run, 9, url="https://other.example/9")).result()
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert (copies.story.url, copies.story.status) == ("https://other.example/9", "ok")
    assert copies.story.text == words(9)
