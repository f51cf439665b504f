"""Twenty mirrors are one story, also when several processes read them at the same moment."""

from storage import Archive
from storage.rows import StoryRow
from tests.pipelines.recorded import keep
from tests.scripts import at_once
from tests.storage.stories import rows
from tests.wangqi.copies.stories import STORY

MIRRORS = 20
WRITER = """
import sys
from storage import Archive
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import STORY

url, name, rounds = sys.argv[1:]
with Archive(url) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(rounds)):
        # A story of its own each round; the other process reads it, a little changed, at the same time.
        text = STORY if name == "one" else STORY.replace("薄弱", "单薄")
        text = "".join(chr(0x4E00 + (ord(char) + 331 * number) % 0x5000) if char > "一" else char for char in text)
        keep(archive, f"https://{name}.example/{number}", text, title=f"第{number}篇")
"""


def only(archive: Archive) -> StoryRow:
    (story,) = archive.stories()
    return story


def test_twenty_verbatim_mirrors_are_one_story_twenty_pages_and_one_text(archive: Archive) -> None:
    for number in range(MIRRORS):
        done = keep(archive, f"https://mirror{number}.example/1", STORY)
        assert done.outcome == ("copy" if number else "stored")
    assert {name: rows(archive, name) for name in ("story", "page", "text")} == {"story": 1, "page": 20, "text": 1}
    assert (only(archive).copies, rows(archive, "payload"), rows(archive, "sketch")) == (MIRRORS, 1, 1)
    copies = archive.copies(only(archive).id)
    assert copies is not None
    assert [copy.relation for copy in copies.copies] == [None, *["same"] * (MIRRORS - 1)]


def test_two_processes_that_read_two_mirrors_at_once_make_one_story(url: str) -> None:
    rounds = 8
    with Archive(url):
        pass
    assert at_once(*((WRITER, url, name, str(rounds)) for name in ("one", "other"))) == [0, 0]
    with Archive(url, read_only=True) as archive:
        found = list(archive.stories())
        assert [story.copies for story in found] == [2] * rounds
        assert (rows(archive, "page"), rows(archive, "text")) == (2 * rounds, 2 * rounds)
