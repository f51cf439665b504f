"""A room over a small archive of an invented series, and over none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from storage import Archive
from tests.storage.stories import address, begun, capture, changed, record, story_text, words
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Candidate, Finding, Verdict
from wangqi.visit import Visit
from web.app import reading_room
from web.config import Config

HOME = "http://127.0.0.1:8000"
TITLE = "河上旧事"
# What a page of a stranger may hold in any field: markup, templates, addresses that run, marks of direction.
HOSTILE = "\"'><svg/onload=alert(1)><script>alert(2)</script>{{7*7}}</title><img src=x onerror=alert(3)>\u202e倒\u2066"

# Every page of the room, over the archive `small`.
PATHS = (
    *("/", "/series/1", "/series/1?show=open", "/story/1", "/story/1/cite", "/search", "/search?q=渡口&facets=1"),
    *(
        "/changes",
        "/changes?what=tampered",
        "/runs",
        "/runs/1",
        "/runs/1?outcome=stored",
        "/why",
        "/compare",
        "/review",
    ),
    *("/why?of=https://river.example/1", "/compare?first=1&second=r6"),
)

Enter = Callable[..., TestClient]


def _altered(found: Sequence[Candidate]) -> list[Verdict]:
    sign = Finding(
        detector="points",
        version=1,
        label="words_swapped",
        score=0.95,
        summary="9 words stand where another copy has other ones",
    )
    return [
        Verdict(text_id=one.text_id, relation="altered", joins=True, score=0.9, evidence={}, findings=[sign])
        for one in found[:1]
    ]


@pytest.fixture
def enter() -> Iterator[Enter]:
    """Opens a room over an archive; its pages are asked for as a browser on this machine does."""
    with ExitStack() as rooms:

        def opened(url: str, *, language: str = "en", **config: object) -> TestClient:
            app = reading_room(Config(archive_url=url, **{"shared_for": 0.0, **config}))  # type: ignore[arg-type]  # as the test gives them
            client = TestClient(
                app, base_url=HOME, headers={"accept-language": language}, raise_server_exceptions=False,
                follow_redirects=False,
            )  # fmt: skip
            return rooms.enter_context(client)

        yield opened


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Stories 6 to 9, a copy of 9 that was tampered with, 5 gone, 4 to 2 named; a revision of 8."""
    url = f"sqlite:///{tmp_path_factory.mktemp('room') / 'archive.db'}"
    with Archive(url) as archive:
        series, run = begun(archive, TITLE)
        archive.seed(series, [address(9)], watch=True)
        archive.claim(series, run)
        now = datetime.now(UTC) - timedelta(days=1)
        for number in (9, 8, 7, 6):
            fetched = capture(address(number), words(number), fetched_at=now)
            archive.record(record(series, run, number, capture=fetched), lambda _: []).result()
        archive.record(record(series, run, 8, text=words(8) + "\n又过了一年，渡口还在")).result()

        spun = changed(
            story_text(9), text=words(9).replace("客人", "玩家"), match_key="spun",
            standing=TAMPERED, standing_reason="a site that nobody vouches for, strong signs",
        )  # fmt: skip
        copy = record(series, run, 9, url="https://mirror.example/9", story=spun, named=[])
        archive.record(copy, _altered).result()
        archive.record(Visit(series_id=series, run_id=run, url=address(5), outcome="gone", reason="404")).result()
        archive.end_run(run, reason="finished", counts={"stored": 4, "gone": 1}, exit_code=20, requests=7)
    return url


def hostile(file: Path) -> str:
    """An archive all of whose fields hold what a page of a stranger may hold."""
    url = f"sqlite:///{file}"
    kinds = ("paragraph", "heading", "image", "caption", "quote", "note", "list", "table", "document", HOSTILE)
    with Archive(url) as archive:
        series = archive.series_named("x", title=HOSTILE, publisher=HOSTILE)
        run = archive.begin_run(series)
        for number in range(1, 6):
            blocks = [{"kind": kind, "text": HOSTILE, "url": "javascript:alert(9)", "level": 2} for kind in kinds]
            origins = [
                {"field": field, "place": HOSTILE, "raw": HOSTILE, "certainty": "doubtful", "doubt": HOSTILE}
                for field in ("title", "author", HOSTILE)
            ]
            facts = dict.fromkeys(("title", "subtitle", "author", "source", "subject", "published_source"), HOSTILE)
            credited = [{"role": HOSTILE, "name": HOSTILE, "raw": HOSTILE, "place": HOSTILE}]
            details = {"blocks": blocks, "credits": credited, "origins": origins}
            story = story_text(number, f"{HOSTILE}\n{number}\n" * 9, **facts, language=HOSTILE, details=details)
            at = f"https://river.example/{number}?'\"><script>alert(5)</script>"
            archive.record(record(series, run, number, url=at, story=story, reason=HOSTILE)).result()
        refused = Visit(
            series_id=series,
            run_id=run,
            url=f"https://river.example/{quote(HOSTILE)}",
            outcome="out_of_scope",
            reason=HOSTILE,
        )
        archive.record(refused).result()
        archive.end_run(run, reason=HOSTILE, counts={"stored": 5}, exit_code=99)
    return url
