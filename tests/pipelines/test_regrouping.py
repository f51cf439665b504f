"""A newer judge goes through the archive, on each database."""

from pipelines.regroup import regroup
from storage import Archive
from tests.pipelines.recorded import keep
from tests.storage.stories import rows
from tests.wangqi.copies.stories import OTHER, STORY


def test_every_kind_of_change(archive: Archive) -> None:
    first = keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://mirror.example/1", STORY.replace("薄弱", "单薄"))
    keep(archive, "https://news.example/2", OTHER, title="陈秀兰：把课堂搬到田间地头")
    archive.decide("https://mirror.example/1", "https://news.example/1", "not_same", by="林")
    archive.decide("https://news.example/2", "https://news.example/1", "same", by="林")
    archive._write(lambda c: c.exec_driver_sql("DELETE FROM relation"))
    archive._write(lambda c: c.exec_driver_sql("UPDATE sketch SET version = 0"))
    archive.edit_host("news.example", registrable="news.example", trust="hijacked", by="林")
    kinds = [change.kind for change in regroup(archive, apply=True)]
    assert sorted(kinds) == ["merge", "split", "standing", "standing"]
    found = archive.story(first.story_id or 0)
    assert found is not None
    assert (found.story.url, found.story.copies) == ("https://mirror.example/1", 2)
    assert list(regroup(archive, apply=True)) == []
    assert rows(archive, "sketch") == rows(archive, "text")
