"""An archive with some stories in it, and ways to damage it."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import Archive
from storage.upkeep.damage import Damage, Part
from storage.upkeep.verify import verify
from tests.storage.stories import address, begun, changed, record, story_text
from wangqi.copies.fingerprint import fingerprint
from wangqi.text.forms import match_key


def fill(url: str, stories: int = 12, name: str = "河上旧事", *, revised: bool = True) -> int:
    """So many stories, the first of them revised once, in a run that has ended; answers its id."""
    file = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or file.exists():
        return _fill(url, stories, name, revised=revised)
    run, body = _filled(stories, name, revised=revised)
    file.write_bytes(body)
    return run


@cache
def _filled(stories: int, name: str, *, revised: bool) -> tuple[int, bytes]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "archive.db"
        run = _fill(f"sqlite:///{file}", stories, name, revised=revised)
        return run, file.read_bytes()


def _fill(url: str, stories: int, name: str, *, revised: bool) -> int:
    with Archive(url) as archive:
        series, run = begun(archive, name)
        for number in range(1, stories + 1):
            archive.record(visit(series, run, number)).result()
        if revised:
            archive.record(visit(series, run, 1, more="\n船工老周后来说，那天的水比往年都高。")).result()
        archive.end_run(run, reason="finished", counts={"stored": stories}, exit_code=0)
    return run


def visit(series: int, run: int, number: int, more: str = ""):
    """A page whose keys and fingerprint are those of its text."""
    story = story_text(number)
    text = story.reading.text + more
    key = match_key(text)
    mark = fingerprint(key, text)
    kept = {name: getattr(mark, name) for name in ("sketch", "bands", "sentences", "paragraphs", "version")}
    return record(series, run, number, story=changed(story, text=text, match_key=key, **kept), url=address(number))


def damages(url: str, part: Part = Part()) -> list[Damage]:  # noqa: B008 - frozen
    return list(verify(url, part))


@contextmanager
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The file by hand: no foreign keys, no checks."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def flipped(body: bytes, chance: random.Random) -> bytes:
    """With one byte that is another one."""
    place = chance.randrange(len(body))
    return body[:place] + bytes([body[place] ^ chance.randrange(1, 256)]) + body[place + 1 :]
