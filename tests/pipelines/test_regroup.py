"""The archive judged once more: shown first, then changed; what people said stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.regroup import Change, regroup
from storage import Archive
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import NOTICE, OTHER, SPUN, STORY

NEWS, MIRROR = "https://news.example/1", "https://mirror.example/1"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}") as opened:
        yield opened


def kinds(changes: Iterator[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.url) for change in changes]


def judged_by_nobody(archive: Archive) -> None:
    """Two copies as an older version without a judge has left them: two stories."""
    keep(archive, NEWS, STORY)
    keep(archive, "https://news.example/2", OTHER, title="陈秀兰：把课堂搬到田间地头")
    done = keep(archive, MIRROR, STORY.replace("薄弱", "单薄").replace("非常着急", "十分着急"))
    archive.decide(MIRROR, NEWS, "not_same", by="林")
    assert len(list(archive.stories())) == 3
    archive._write(lambda c: c.exec_driver_sql("DELETE FROM relation"))
    assert done.outcome == "copy"


def test_nothing_changes_under_the_same_version(archive: Archive) -> None:
    for number, text in enumerate((STORY, SPUN, OTHER, NOTICE)):
        keep(archive, f"https://site{number}.example/", text, title=f"第{number}篇")
    assert kinds(regroup(archive, apply=True)) == []


def test_a_dry_run_shows_the_merge_and_changes_nothing(archive: Archive) -> None:
    judged_by_nobody(archive)
    assert [kind for kind, _ in kinds(regroup(archive, apply=False))] == ["merge"]
    assert len(list(archive.stories())) == 3
    assert [kind for kind, _ in kinds(regroup(archive, apply=True))] == ["merge"]
    assert sorted(story.copies for story in archive.stories()) == [1, 2]
    assert kinds(regroup(archive, apply=True)) == []


def test_what_a_person_called_not_same_stays_apart(archive: Archive) -> None:
    keep(archive, NEWS, STORY)
    keep(archive, MIRROR, STORY.replace("薄弱", "单薄"))
    archive.decide(MIRROR, NEWS, "not_same", by="林")
    assert kinds(regroup(archive, apply=True)) == []
    assert len(list(archive.stories())) == 2


def test_a_copy_that_is_none_is_taken_out_unless_a_person_put_it_there(archive: Archive) -> None:
    keep(archive, NEWS, STORY)
    keep(archive, MIRROR, OTHER, title="陈秀兰：把课堂搬到田间地头")
    archive.decide(NEWS, MIRROR, "same", by="林")
    assert kinds(regroup(archive, apply=True)) == []
    archive._write(lambda c: c.exec_driver_sql("UPDATE relation SET decided_by = 'auto'"))
    assert kinds(regroup(archive, apply=False)) == [("split", MIRROR)]
    assert kinds(regroup(archive, apply=True)) == [("split", MIRROR)]
    assert len(list(archive.stories())) == 2


def test_a_site_that_is_judged_later_gives_up_its_stories(archive: Archive) -> None:
    first = keep(archive, NEWS, STORY, details={"at_home": True})
    keep(archive, MIRROR, STORY.replace("薄弱", "单薄"))
    archive.edit_host("news.example", registrable="news.example", trust="hijacked", by="林", note="看到博彩链接")
    assert kinds(regroup(archive, apply=True)) == [("standing", NEWS)]
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    assert [copy.url for copy in copies.copies] == [MIRROR, NEWS]
    assert (copies.story.status, copies.story.url) == ("ok", MIRROR)
    (decision,) = copies.decisions
    assert (decision.kind, decision.decided_by) == ("canonical", "regroup")
    archive.edit_host("mirror.example", registrable="mirror.example", trust="suspect", by="林")
    assert kinds(regroup(archive, apply=True)) == [("standing", MIRROR)]
    after = archive.story(first.story_id or 0)
    assert after is not None
    assert after.story.status == "only_tampered_copies"


def test_a_genuine_copy_that_comes_later_shows_what_was_done_to_the_first(archive: Archive) -> None:
    first = keep(archive, MIRROR, SPUN)
    keep(archive, NEWS, STORY)
    copies = archive.copies(first.story_id or 0)
    assert copies is not None
    (spun,) = [copy for copy in copies.copies if copy.url == MIRROR]
    (swapped,) = [sign for sign in spun.findings if sign.label == "words_swapped"]
    assert swapped.evidence[0]["expected"] == "开展"
    assert kinds(regroup(archive, apply=True)) == []
    assert not next(copy for copy in copies.copies if copy.url == NEWS).findings


def test_fingerprints_of_another_version_are_made_anew(archive: Archive) -> None:
    keep(archive, NEWS, STORY)
    keep(archive, "https://news.example/2", OTHER, title="陈秀兰：把课堂搬到田间地头")
    before = archive._read(lambda c: c.exec_driver_sql("SELECT * FROM lsh_band ORDER BY 1, 2").all())
    archive._write(lambda c: c.exec_driver_sql("UPDATE sketch SET version = 0"))
    archive._write(lambda c: c.exec_driver_sql("UPDATE lsh_band SET band = band + 1 WHERE text_id = 1"))
    assert kinds(regroup(archive, apply=True)) == []
    after = archive._read(lambda c: c.exec_driver_sql("SELECT * FROM lsh_band ORDER BY 1, 2").all())
    assert after == before
    assert keep(archive, MIRROR, STORY.replace("薄弱", "单薄")).outcome == "copy"
