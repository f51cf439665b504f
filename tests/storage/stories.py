"""Records as a crawl would hand them over, made of invented stories."""

import itertools
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from storage import Archive, schema
from wangqi.copies.ranks import Standing
from wangqi.copies.records import Fingerprint
from wangqi.visit import Capture, Discovery, MarkedReading, Marks, NamedStory, Reading, Visit

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_clock = itertools.count()
_STANDING = {"rank": "standing", "reason": "standing_reason"}


def address(number: int) -> str:
    return f"https://river.example/{number}"


def words(number: int) -> str:
    """A text that shares nothing with another number's but its first line."""
    guests = [(number * line + 7, chr(0x4E00 + number * 31 + line)) for line in range(9)]
    lines = [f"编号{number}的渡口今天来了{guest}位客人，船工老{name}收了桨" for guest, name in guests]
    return "\n".join(["河上旧事", *lines])


def story_text(number: int, text: str | None = None, **given: Any) -> MarkedReading:
    """The story of this number with its marks; `given` are fields of either, of the fingerprint, or of the standing."""
    text = words(number) if text is None else text
    hashes = tuple(hash((text, mark)) for mark in range(42))
    reading = Reading(
        title=f"河上旧事之{number}",
        text=text,
        ordinal=number,
        published_at=FIRST_DAY + timedelta(days=7 * number),
        published_precision="day",
    )
    found_by = Fingerprint(sketch=b"sketch", bands=hashes, sentences=hashes[:18], version=1)
    marks = Marks(match_key=text, title_key=reading.title, fingerprint=found_by, standing=Standing(1, ""))
    return changed(MarkedReading(reading, marks), **given)


def changed(story: MarkedReading, **given: Any) -> MarkedReading:
    """The same with other values, as in `story_text`."""
    reading, marks = story

    def own(one: type) -> dict[str, Any]:
        return {each.name: given.pop(each.name) for each in fields(one) if each.name in given}

    standing = replace(marks.standing, **{at: given.pop(name) for at, name in _STANDING.items() if name in given})
    marks = replace(marks, fingerprint=replace(marks.fingerprint, **own(Fingerprint)), standing=standing)
    story = MarkedReading(replace(reading, **own(Reading)), replace(marks, **own(Marks)))
    assert not given, f"a story has no {', '.join(given)}"
    return story


def capture(url: str, body: str | bytes | None, **given: Any) -> Capture:
    raw = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    whole = {"url": url, "fetched_at": FIRST_DAY + timedelta(seconds=next(_clock)), "status": 200, "body": raw}
    return Capture(**whole | given)


def named(*numbers: int) -> list[NamedStory]:
    return [
        NamedStory(position=place, title=f"河上旧事之{n}", title_key=f"河上旧事之{n}", url=address(n))
        for place, n in enumerate(numbers)
    ]


def record(series_id: int, run_id: int | None, number: int, *, url: str | None = None, **given: Any) -> Visit:
    """A page that carries the story of this number and names the four before it."""
    story = given.pop("story", None) or story_text(number, given.pop("text", None))
    lines = given.pop("named", named(*range(number - 1, max(0, number - 5), -1)))
    whole: dict[str, Any] = {
        "series_id": series_id,
        "run_id": run_id,
        "url": url or address(number),
        "outcome": "stored",
        "capture": capture(url or address(number), story.reading.text),
        **story._asdict(),
        "named": lines,
        "discoveries": [Discovery(url=line.url, via="series", title=line.title) for line in lines if line.url],
    }
    return Visit(**whole | given)


def rows(archive: Archive, table: str) -> int:
    """How many rows a table has."""
    query = select(func.count()).select_from(schema.metadata.tables[table])
    return archive._read(lambda connection: connection.scalar(query) or 0)


def begun(archive: Archive, name: str = "河上旧事") -> tuple[int, int]:
    """A series and its open run."""
    series_id = archive.series_named(name)
    return series_id, archive.begin_run(series_id)
