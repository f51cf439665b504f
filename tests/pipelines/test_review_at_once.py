"""A person decides, the archive is regrouped, and a crawl writes, all at the same time."""

from storage import Archive
from tests.pipelines.recorded import keep
from tests.scripts import at_once
from tests.wangqi.copies.stories import STORY

NEWS, MIRROR = "https://news.example/1", "https://mirror.example/1"
ROUNDS = 4
CRAWL = f"""
import sys
from storage import Archive
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import STORY

with Archive(sys.argv[1]) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({ROUNDS}):
        text = STORY.replace("薄弱", "单薄").replace("非常着急", f"着急了{{number + 2}}天")
        keep(archive, {MIRROR!r}, text)
        keep(archive, f"https://third.example/{{number}}", STORY.replace("很高", f"很高，有{{number + 3}}成"))
"""
REVIEW = f"""
import sys
from pipelines.regroup import regroup
from storage import Archive

with Archive(sys.argv[1]) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    archive.decide({NEWS!r}, {MIRROR!r}, "not_same", by="林")
    for _ in range(2):
        list(regroup(archive, apply=True))
"""


def test_not_same_outranks_whatever_is_written_at_the_same_time(url: str) -> None:
    with Archive(url) as archive:
        keep(archive, NEWS, STORY)
        keep(archive, MIRROR, STORY.replace("薄弱", "单薄"))
    assert at_once((CRAWL, url), (REVIEW, url)) == [0, 0]
    with Archive(url, read_only=True) as archive:
        stories = list(archive.stories())
        assert len(stories) == 2
        carriers = {page.url: story.id for story in stories for page in archive.story(story.id).pages}  # type: ignore[union-attr]  # just listed
        assert carriers[NEWS] != carriers[MIRROR]
        assert len(carriers) == 2 + ROUNDS
