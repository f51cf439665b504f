"""An export that is killed at any moment leaves nothing torn, and the same command gives the same bytes."""

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from storage import Archive
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, export
from tests.storage.stories import address, begun, capture, record, story_text
from wangqi.readings.files import StoryFile

pytestmark = pytest.mark.torture

_KILLS = 50
_STORIES = 300


def started(archive: Path, form: str, to: Path, *, in_bag: bool) -> int:
    """A process that exports, forked from this one, which has made its imports."""
    process = os.fork()
    if process:
        return process
    try:
        with Archive(f"sqlite:///{archive}", read_only=True) as opened:
            export(FORMATS[form], Chosen(archive=opened, selection=Selection()), to, in_bag=in_bag)
        os._exit(0)
    finally:
        os._exit(1)


def ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def content(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


@pytest.mark.timeout(1200)
def test_killed_at_fifty_moments(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Archive(f"sqlite:///{archive}") as filled:
        series, run = begun(filled)
        for number in range(_STORIES):
            urls = [f"{address(number)}/{at}.png" for at in range(number % 3)]
            story = story_text(number + 1, files=tuple(StoryFile("image", url, "渡口。高宁摄", "高宁") for url in urls))
            filled.record(record(series, run, number + 1, story=story, named=())).result()
        for wanted in filled.wanted_files(series, ["image"], limit=_STORIES):
            came = capture(wanted.url, b"\x89PNG\r\n\x1a\n" + random.Random(wanted.id).randbytes(20_000))
            if wanted.id % 5:
                filled.keep_file(wanted.id, run, came)
            else:
                filled.refuse_file(wanted.id, run, "gone", "the server answered 404", came)
    chance = random.Random(16)
    whole: dict[tuple[str, bool], tuple[dict[str, bytes], float]] = {}
    kinds = [*((form, False) for form in sorted(FORMATS)), ("jsonl", True)]
    killed: Counter[str] = Counter()
    for turn in range(20 * _KILLS):
        form, in_bag = kind = kinds[turn % len(kinds)]
        to = tmp_path / "out" / f"{form}{in_bag}"
        if kind not in whole:
            to.parent.mkdir(exist_ok=True)
            begun_at = time.monotonic()
            assert ended(started(archive, form, to, in_bag=in_bag)) == 0
            whole[kind] = content(to), time.monotonic() - begun_at
            to.rename(tmp_path / f"whole {form} {in_bag}")
        process = started(archive, form, to, in_bag=in_bag)
        time.sleep(chance.random() * whole[kind][1])
        os.kill(process, signal.SIGKILL)
        killed[form] += ended(process) == -signal.SIGKILL and not to.exists()
        if not to.exists():
            assert ended(started(archive, form, to, in_bag=in_bag)) == 0
        assert content(to) == whole[kind][0], f"{form} is other than undisturbed"
        assert [one.name for one in to.parent.iterdir()] == [to.name], "something was left beside it"
        to.rename(tmp_path / f"{turn}")
        if killed.total() >= _KILLS:
            break
    told = f"{killed.total()} exports killed before they were whole, of {turn + 1}"
    print(f"{told}; none torn, each the same again: {dict(killed)}")
    assert killed.total() >= _KILLS
