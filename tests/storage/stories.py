"""Records as a crawl would hand them over, made of invented stories."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from storage import Archive, schema
from wangqi.visit import Capture, Discovery, NamedStory, PageRecord, StoryText

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_clock = itertools.count()


def address(number: int) -> str:
    return f"https://river.example/{number}"


def words(number: int) -> str:
    """A text that shares nothing with another number's but its first line."""
    guests = [(number * line + 7, chr(0x4E00 + number * 31 + line)) for line in range(9)]
    lines = [f"编号{number}的渡口今天来了{guest}位客人，船工老{name}收了桨" for guest, name in guests]
    return "\n".join(["河上旧事", *lines])


def story_text(number: int, text: str | None = None, **given: Any) -> StoryText:
    text = words(number) if text is None else text
    marks = [hash((text, mark)) for mark in range(42)]
    whole: dict[str, Any] = {
        "title": f"河上旧事之{number}",
        "title_key": f"河上旧事之{number}",
        "text": text,
        "match_key": text,
        "ordinal": number,
        "published_at": FIRST_DAY + timedelta(days=7 * number),
        "published_precision": "day",
        "sketch": b"sketch",
        "bands": marks,
        "sentences": marks[:18],
        "sketch_version": 1,
    }
    return StoryText(**whole | given)


def capture(url: str, body: str | bytes | None, **given: Any) -> Capture:
    raw = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    whole = {"url": url, "fetched_at": FIRST_DAY + timedelta(seconds=next(_clock)), "status": 200, "body": raw}
    return Capture(**whole | given)


def named(*numbers: int) -> list[NamedStory]:
    return [
        NamedStory(position=place, title=f"河上旧事之{n}", title_key=f"河上旧事之{n}", url=address(n))
        for place, n in enumerate(numbers)
    ]


def record(series_id: int, run_id: int | None, number: int, *, url: str | None = None, **given: Any) -> PageRecord:
    """A page that carries the story of this number and names the four before it."""
    story = given.pop("story", None) or story_text(number, given.pop("text", None))
    lines = given.pop("named", named(*range(number - 1, max(0, number - 5), -1)))
    whole: dict[str, Any] = {
        "series_id": series_id,
        "run_id": run_id,
        "url": url or address(number),
        "outcome": "stored",
        "capture": capture(url or address(number), story.text),
        "story": story,
        "named": lines,
        "discoveries": [Discovery(url=line.url, via="series", title=line.title) for line in lines if line.url],
    }
    return PageRecord(**whole | given)


def rows(archive: Archive, table: str) -> int:
    """How many rows a table has."""
    query = select(func.count()).select_from(schema.metadata.tables[table])
    return archive._read(lambda connection: connection.scalar(query) or 0)


def begun(archive: Archive, name: str = "河上旧事") -> tuple[int, int]:
    """A series and its open run."""
    series_id = archive.series_named(name)
    return series_id, archive.begin_run(series_id)
