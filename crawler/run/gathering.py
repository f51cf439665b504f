"""The further documents of a page's story, asked for through the downloader and all its guards."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response

from crawler.catalogue.file import SeriesSpec
from crawler.downloader.compression import TRUNCATED
from crawler.extraction.model import Source
from crawler.extraction.parts.documents import Assembly, Document, Part
from crawler.run.answers import capture_of
from crawler.run.fetch_outcomes import outcome_of_answer, outcome_of_error
from storage import Archive
from wangqi.outcomes import Outcome
from wangqi.url_traps import looks_like_trap
from wangqi.urls import site
from wangqi.visit import Capture, PartRecord

_MOST_BYTES: Final = 40 * 2**20  # of one story: a reading holds all of them
_REFUSED: Final[frozenset[Outcome]] = frozenset({"too_large", "robots", "out_of_scope"})
_READ: Final[Outcome] = "part"  # the outcome word of a document that is in its story's text


@dataclass(slots=True)
class _Answer:
    """What came of one document, and what that means."""

    capture: Capture
    outcome: Outcome
    reason: str


@dataclass(slots=True)
class Gathering:
    """Fetches what the readings of one page want, one after the other, each once.

    A document that does not come is taken as it came the last time, if the archive has it: a story that was whole stays
    whole.

    Args:
        download: Of the engine: nothing but the downloader's middlewares see the request.
        archive: Where earlier answers are kept.
        series: Whose limits hold for parts, too.
        page: Canonical URL of the page; its story does not go on at another site.
        meta: Of each request.
    """

    download: Callable[[Request], Awaitable[Response]]
    archive: Archive
    series: SeriesSpec
    page: str
    meta: dict[str, Any]
    documents: dict[str, Document] = field(default_factory=dict)
    _answers: dict[str, _Answer] = field(default_factory=dict)

    async def fetch(self, url: str) -> None:
        answer = await self._ask(url)
        self._answers[url] = answer
        capture = answer.capture
        if answer.outcome == _READ:
            self.documents[url] = Document(Source(capture.body or b"", capture.url, capture.headers))
            return
        kept = await asyncio.to_thread(self.archive.kept_part, url)
        if kept is None:
            self.documents[url] = Document(None, answer.reason, answer.outcome in _REFUSED)
            return
        self.documents[url] = Document(Source(kept.body, kept.url, kept.headers))
        answer.reason += f"; what it held on {kept.fetched_at:%Y-%m-%d} is used in its place"

    async def _ask(self, url: str) -> _Answer:
        none = capture_of(url, None, now=datetime.now(UTC))
        if sum(len(answer.capture.body or b"") for answer in self._answers.values()) > _MOST_BYTES:
            return _Answer(none, "too_large", f"the parts before it have more than {_MOST_BYTES:,} bytes")
        if site(url) != site(self.page) or looks_like_trap(url) or not self.series.in_scope(url):
            return _Answer(none, "out_of_scope", "the limits of its series leave it out")
        # The archive knows what was seen.
        request = Request(url, meta=dict(self.meta), dont_filter=True)
        try:
            response = await self.download(request)
        except Exception as error:  # noqa: BLE001 - whatever the downloader raises is an outcome of this document
            capture = capture_of(url, getattr(error, "response", None), now=datetime.now(UTC))
            return _Answer(capture, *outcome_of_error(error))
        capture = capture_of(url, response, now=datetime.now(UTC))
        if TRUNCATED in response.flags:
            return _Answer(capture, "truncated", "the body was cut off on its way, at every try")
        return _Answer(capture, *(outcome_of_answer(response) or (_READ, "")))

    def records(self, assembly: Assembly) -> list[PartRecord]:
        """The documents that belong to the story, as its visit has them, each with its own outcome."""
        return [self._record(part, part.url) for part in assembly.parts if part.url]

    def _record(self, part: Part, url: str) -> PartRecord:
        answer = self._answers[url]
        what = {
            "part": f"part {part.number}",
            "whole": "the whole text",
            "frame": "the body",
            "file": "the file with the text",
        }[part.role]
        why = part.lacks or answer.reason
        failed = answer.outcome if answer.outcome != _READ else "not_story"
        return PartRecord(
            url=url,
            outcome=failed if part.lacks else _READ,
            reason=f"{what} of the story at {self.page}" + (f": {why}" if why else ""),
            capture=answer.capture,
        )
