"""An export that is killed at any moment leaves nothing torn, and the same command gives the same bytes."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import Archive
from storage.exports.formats import FORMATS
from tests.crawling import ROOT, environment
from tests.storage.stories import begun, record

pytestmark = pytest.mark.torture

_KILLS = 50
_STORIES = 300
_EXPORT = """
import sys
from pathlib import Path
from storage import Archive
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, export
with Archive(sys.argv[1], read_only=True) as archive:
    print(flush=True)
    chosen = Chosen(archive=archive, selection=Selection())
    export(FORMATS[sys.argv[2]], chosen, Path(sys.argv[3]), in_bag=sys.argv[4:] == ["bag"])
"""


def start(archive: Path, form: str, to: Path, *more: str) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", _EXPORT, f"sqlite:///{archive}", form, str(to), *more]
    return subprocess.Popen(arguments, env=environment(archive), cwd=ROOT, stdout=subprocess.PIPE)


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
            filled.record(record(series, run, number + 1)).result()
    chance = random.Random(16)
    whole: dict[str, tuple[dict[str, bytes], float]] = {}
    kinds = [(form, ()) for form in sorted(FORMATS)] + [("jsonl", ("bag",))]
    killed = 0
    for turn in range(10 * _KILLS):
        form, more = kinds[turn % len(kinds)]
        name = " ".join([form, *more])
        to = tmp_path / "out" / f"{form}{len(more)}"
        if name not in whole:
            to.parent.mkdir(exist_ok=True)
            with start(archive, form, to, *more) as process:
                assert process.stdout
                process.stdout.readline()
                begun_at = time.monotonic()
                assert process.wait(60) == 0
            whole[name] = content(to), time.monotonic() - begun_at
            to.rename(tmp_path / f"whole {name}")
        with start(archive, form, to, *more) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * whole[name][1])
            process.send_signal(signal.SIGKILL)
            was_killed = process.wait(60) == -signal.SIGKILL
        killed += was_killed and not to.exists()
        if not to.exists():
            with start(archive, form, to, *more) as process:
                assert process.wait(60) == 0
        assert content(to) == whole[name][0], f"{name} is other than undisturbed"
        assert [one.name for one in to.parent.iterdir()] == [to.name], "something was left beside it"
        to.rename(tmp_path / f"{turn}")
        if killed >= _KILLS:
            break
    print(f"{killed} exports killed before they were whole, of {turn + 1}; none torn, each the same again")
    assert killed >= _KILLS
